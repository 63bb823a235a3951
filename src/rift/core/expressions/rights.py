"""Who may make, change and delete what a guild says things with; and who sees whose it is."""

from typing import Final

from rift import errors
from rift.core.access import Hall
from rift.permissions import Permission

MAKE: Final = Permission.CREATE_GUILD_EXPRESSIONS
_MANAGE: Final = Permission.MANAGE_GUILD_EXPRESSIONS


def check_touch(hall: Hall, maker_id: str | None) -> None:
    """What one made oneself one may change by the right to make; the rest only who manages all."""
    own = maker_id == hall.member.user.id
    if not hall.may(_MANAGE) and not (own and hall.may(MAKE)):
        raise errors.MissingPermissions


def sees_makers(hall: Hall) -> bool:
    """Whether somebody is told who made what."""
    return hall.may(_MANAGE) or hall.may(MAKE)


def sees_maker(hall: Hall, maker_id: str | None) -> bool:
    """The same of a single one, for which Discord is stricter."""
    return hall.may(_MANAGE) or (maker_id == hall.member.user.id and hall.may(MAKE))
