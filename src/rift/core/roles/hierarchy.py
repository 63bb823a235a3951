"""Who stands above whom, and who may give which permissions: the rules in one place."""

from collections.abc import Sequence

from rift import errors
from rift.core.access import Hall
from rift.permissions import ALL
from rift.wire.roles import Role
from rift.world.picture import Picture, rank


def find(picture: Picture, role_id: str) -> Role:
    """A role of the guild."""
    role = picture.roles.get(role_id)
    if role is None:
        raise errors.UnknownRole
    return role


def below(hall: Hall, role_id: str) -> Role:
    """A role of the guild that stands below the actor, who may therefore touch it."""
    role = find(hall.guild, role_id)
    if not outranks(hall, role):
        raise errors.MissingPermissions
    return role


def outranks(hall: Hall, role: Role) -> bool:
    return hall.guild.top(hall.member) > rank(role)


def check_order(hall: Hall, before: Sequence[Role], after: Sequence[Role]) -> None:
    """Only what stands below the actor may move, and it stays below: the top is as it was.

    Both orders begin with the lowest role.
    """
    untouchable = [role.id for role in before if not outranks(hall, role)]
    top = after[len(after) - len(untouchable) :]
    if [role.id for role in top] != untouchable:
        raise errors.MissingPermissions


def check_grant(permissions: int, wanted: int, before: int = 0) -> None:
    """Nobody gives what they do not have; what was given before may stay."""
    if wanted & ALL & ~before & ~permissions:
        raise errors.MissingPermissions
