"""What of a member may be changed, by whom, and how it is told."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from msgspec import UNSET

from rift import errors
from rift.core.access import Hall
from rift.core.actor import Actor
from rift.core.auditlog.recording import Deed, changed, record
from rift.core.automod import renaming
from rift.core.members import writing
from rift.core.members.arriving import BYPASSES_VERIFICATION
from rift.core.roles import hierarchy
from rift.core.unit import Unit
from rift.core.voices import telling as voices
from rift.errors import InvalidForm
from rift.permissions import ADMINISTRATOR, Permission
from rift.snowflake import Snowflake
from rift.wire.auditlog import Action, Change
from rift.wire.automod import QUARANTINED
from rift.wire.limits import Json
from rift.wire.members import Member, ModifyMember
from rift.world import Picture

Row = dict[str, Any]

SILENCES: Final = (("mute", Permission.MUTE_MEMBERS), ("deaf", Permission.DEAFEN_MEMBERS))
_LONGEST_TIMEOUT: Final = timedelta(days=28)
_CLOCKS_DIFFER: Final = timedelta(minutes=1)
_PUNISHES: Final = Permission.MODERATE_MEMBERS | Permission.KICK_MEMBERS | Permission.BAN_MEMBERS


def columns(hall: Hall, member: Member, body: ModifyMember, now: datetime) -> Row:
    """The columns a form names, once it is sure that the actor may change them."""
    row: Row = {}
    if body.nick is not UNSET:
        row["nick"] = _nick(hall, member, body.nick)
    if body.roles is not UNSET:
        row["roles"] = _roles(hall, member, body.roles or [])
    for field, needs in SILENCES:
        if getattr(body, field) is not UNSET:
            hall.require(needs)
            row[field] = bool(getattr(body, field))
            if row[field] != getattr(member, field):
                _check_connected(hall, member)
    if body.channel_id is not UNSET:
        hall.require(Permission.MOVE_MEMBERS)
        _check_connected(hall, member)
    if body.communication_disabled_until is not UNSET:
        until = body.communication_disabled_until
        row["communication_disabled_until"] = _timeout(hall, member, until, now)
    if body.flags is not UNSET:
        row["flags"] = _flags(hall, member, body.flags or 0)
    return row


def _check_connected(hall: Hall, member: Member) -> None:
    if member.user.id not in hall.guild.voices:
        raise errors.NotInVoice


def nickname(wished: str | None) -> str | None:
    """A nickname as it is kept: none at all rather than an empty one."""
    return (wished or "").strip() or None


def with_role(hall: Hall, member: Member, role_id: Snowflake) -> Row:
    return {"roles": _roles(hall, member, [*member.roles, role_id])}


def without_role(hall: Hall, member: Member, role_id: Snowflake) -> Row:
    _changeable(hall, role_id)
    return {"roles": _roles(hall, member, (id_ for id_ in member.roles if id_ != role_id))}


async def store(unit: Unit, actor: Actor, hall: Hall, member: Member, row: Row) -> Member:
    """Write and tell what is no longer as it was of a member of a held guild."""
    changed = {field: value for field, value in row.items() if value != getattr(member, field)}
    if not changed:
        return member
    if "nick" in changed:
        changed |= renaming.released(unit, hall.guild, member, changed["nick"])
    after = await writing.rewrite(unit, hall.guild.id, member, changed)
    voices.silence(unit, hall.guild, member, after)
    await record(unit, actor, hall.guild.id, *deeds(hall.guild, member, after))
    return after


def deeds(guild: Picture, before: Member, after: Member) -> list[Deed]:
    """The roles given and taken have an entry of their own."""
    user_id = after.user.id
    roles = [
        Change(key=key, new_value=[_named(guild, id_) for id_ in sorted(ids, key=int)])
        for key, ids in (
            ("$add", set(after.roles) - set(before.roles)),
            ("$remove", set(before.roles) - set(after.roles)),
        )
        if ids
    ]
    return [
        changed(Action.MEMBER_UPDATE, user_id, before, after),
        Deed(Action.MEMBER_ROLE_UPDATE, user_id, roles),
    ]


def _named(guild: Picture, role_id: str) -> Json:
    role = guild.roles.get(role_id)
    return {"id": role_id, "name": "" if role is None else role.name}


def _nick(hall: Hall, member: Member, wished: str | None) -> str | None:
    if member.user.id == hall.member.user.id:
        if not hall.may(Permission.MANAGE_NICKNAMES):
            hall.require(Permission.CHANGE_NICKNAME)
    else:
        hall.require(Permission.MANAGE_NICKNAMES)
        _check_rank(hall, member)
    return nickname(wished)


def _roles(hall: Hall, member: Member, wished: Iterable[Snowflake]) -> list[Snowflake]:
    """The roles in one order, whoever gave them when: permissions are remembered by it."""
    hall.require(Permission.MANAGE_ROLES)
    before, after = set(member.roles), set(wished)
    for role_id in before ^ after:
        _changeable(hall, role_id)
    return sorted(after, key=int)


def _changeable(hall: Hall, role_id: Snowflake) -> None:
    """A role that the actor may give and take; nobody but a bot's installer gives a bot's."""
    role = hierarchy.below(hall, role_id)
    if role.managed or role_id == hall.guild.id:
        raise errors.InvalidRole


def _timeout(hall: Hall, member: Member, until: datetime | None, now: datetime) -> datetime | None:
    hall.require(Permission.MODERATE_MEMBERS)
    _check_rank(hall, member)
    if until is None:
        return None
    if hall.guild.base(member) & ADMINISTRATOR:
        raise errors.MissingPermissions
    if until > now + _LONGEST_TIMEOUT + _CLOCKS_DIFFER:
        words = f"A timeout lasts {_LONGEST_TIMEOUT.days} days at most."
        raise InvalidForm.at("communication_disabled_until", "DATE_TIME_TYPE_MAX", words)
    return until


def _flags(hall: Hall, member: Member, wished: int) -> int:
    """Only one flag can be set by hand, and of the others only the quarantine be taken away."""
    if not (hall.may(Permission.MANAGE_GUILD) or hall.may(Permission.MANAGE_ROLES)):
        hall.require(_PUNISHES)
    lasting = member.flags & ~(BYPASSES_VERIFICATION | QUARANTINED)
    return lasting | wished & (BYPASSES_VERIFICATION | member.flags & QUARANTINED)


def _check_rank(hall: Hall, member: Member) -> None:
    if not hall.outranks(member):
        raise errors.MissingPermissions
