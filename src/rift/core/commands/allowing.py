"""Who may use which command where: what it asks for itself, and what a guild says of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from msgspec import UNSET

from rift.core.commands import queries
from rift.core.unit import Unit
from rift.permissions import ADMINISTRATOR, Permission
from rift.snowflake import Snowflake
from rift.wire.commands import Command, CommandPermission, IndexPermissions
from rift.wire.members import Member
from rift.world import Picture

ROLE: Final = 1
USER: Final = 2
CHANNEL: Final = 3
_USE: Final = int(Permission.USE_APPLICATION_COMMANDS)

Rules = Mapping[Snowflake, Sequence[CommandPermission]]
"""What a guild says of an application and of its commands, by their ids."""


async def rules(unit: Unit, guild_id: Snowflake, application_ids: Iterable[Snowflake]) -> Rules:
    """All that a guild says of these applications."""
    rows = await unit.all(queries.PERMISSIONS, guild_id, list(application_ids))
    return {row["id"]: [CommandPermission(**one) for one in row["permissions"]] for row in rows}


def every_channel(guild_id: Snowflake) -> Snowflake:
    """The id that stands for all channels of a guild."""
    return Snowflake(str(int(guild_id) - 1))


def may_use(
    command: Command,
    rules: Rules,
    picture: Picture,
    member: Member,
    channel_id: Snowflake | None,
    now: datetime,
) -> bool:
    """Whether a member may use a command in a channel, or at all where none is named."""
    held = picture.permissions(member, channel_id, now)
    if held & ADMINISTRATOR:
        return True
    if not held & _USE:
        return False
    own, shared = rules.get(command.id, ()), rules.get(command.application_id, ())
    if channel_id is not None:
        there = _there(own, picture.id, channel_id)
        if there is None:
            there = _there(shared, picture.id, channel_id)
        if there is False:
            return False
    named = _named(own, picture.id, member)
    if named is not None:
        return named
    if _named(shared, picture.id, member) is False:
        return False
    wanted = command.default_member_permissions
    return wanted is None or (wanted != "0" and held & int(wanted) == int(wanted))


def shown(
    rules: Sequence[CommandPermission], guild_id: Snowflake, member: Member
) -> IndexPermissions:
    """What of the rules concerns somebody, for their client."""
    roles = {guild_id, *member.roles}
    of_user = [it.permission for it in rules if it.type == USER and it.id == member.user.id]
    of_roles = {it.id: it.permission for it in rules if it.type == ROLE and it.id in roles}
    of_channels = {it.id: it.permission for it in rules if it.type == CHANNEL}
    return IndexPermissions(
        user=of_user[0] if of_user else UNSET,
        roles=of_roles or UNSET,
        channels=of_channels or UNSET,
    )


def _there(
    rules: Sequence[CommandPermission], guild_id: Snowflake, channel_id: Snowflake
) -> bool | None:
    said = {it.id: it.permission for it in rules if it.type == CHANNEL}
    return said.get(channel_id, said.get(every_channel(guild_id)))


def _named(rules: Sequence[CommandPermission], guild_id: Snowflake, member: Member) -> bool | None:
    """What is said of somebody, or else of their roles, or else of everybody."""
    of_roles = {it.id: it.permission for it in rules if it.type == ROLE}
    for rule in rules:
        if rule.type == USER and rule.id == member.user.id:
            return rule.permission
    said = [of_roles[id_] for id_ in member.roles if id_ in of_roles]
    if said:
        return any(said)
    return of_roles.get(guild_id)
