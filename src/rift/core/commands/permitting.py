"""What a guild says of who may use an application's commands: read and set by who manages it."""

from collections.abc import Sequence
from typing import Final

import msgspec

from rift import errors, events
from rift.core import access
from rift.core.access import Hall
from rift.core.actor import Actor
from rift.core.applications import queries as application_queries
from rift.core.auditlog.recording import Deed, record
from rift.core.commands import allowing, queries
from rift.core.guilds import holding
from rift.core.unit import Row, Unit
from rift.errors import FieldError, InvalidForm
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.auditlog import Action, Change
from rift.wire.commands import (
    CommandPermission,
    CommandPermissions,
    ModifyCommandPermissions,
)

_MANAGE: Final = Permission.MANAGE_GUILD | Permission.MANAGE_ROLES
_TWICE: Final = FieldError(
    "APPLICATION_COMMAND_PERMISSIONS_DUPLICATE_ID", "Each id can be named once"
)


async def list_permissions(
    unit: Unit, actor: Actor, application_id: Snowflake, guild_id: Snowflake
) -> list[CommandPermissions]:
    """What a guild says of an application's commands, where it says something."""
    await _look(unit, actor, application_id, guild_id)
    rows = await unit.all(queries.PERMISSIONS, guild_id, [application_id])
    return [_shown(row) for row in rows]


async def fetch_permissions(
    unit: Unit,
    actor: Actor,
    application_id: Snowflake,
    guild_id: Snowflake,
    command_id: Snowflake,
) -> CommandPermissions:
    """What a guild says of one command, or by the application's own id of all of them."""
    await _look(unit, actor, application_id, guild_id)
    rows = await unit.all(queries.PERMISSIONS, guild_id, [application_id])
    for row in rows:
        if row["id"] == command_id:
            return _shown(row)
    raise errors.UnknownCommandPermissions


async def set_permissions(
    unit: Unit,
    actor: Actor,
    application_id: Snowflake,
    guild_id: Snowflake,
    command_id: Snowflake,
    body: ModifyCommandPermissions,
) -> CommandPermissions:
    """Say anew who may use a command; nothing said is as it was registered."""
    actor.must_be_person()
    await access.guild(unit, actor, guild_id, _MANAGE)
    hall = await holding.hall(unit, actor, guild_id, _MANAGE)
    application = await unit.maybe(application_queries.FETCH, application_id)
    if application is None:
        raise errors.UnknownApplication
    if not (await unit.one(queries.IS_IN, guild_id, application_id))["there"]:
        raise errors.UnknownApplication
    if command_id != application_id:
        await _check_command(unit, application_id, guild_id, command_id)
    _check(hall, body.permissions)
    known = await allowing.rules(unit, guild_id, [application_id])
    before = known.get(command_id, ())
    await _store(unit, guild_id, application_id, command_id, body.permissions)
    after = CommandPermissions(
        id=command_id,
        application_id=application_id,
        guild_id=guild_id,
        permissions=body.permissions,
    )
    told = (application["bot_id"],) if application["bot_id"] else ()
    unit.emit(events.CommandPermissionsUpdate(data=after, to=told))
    deed = Deed(
        Action.APPLICATION_COMMAND_PERMISSION_UPDATE,
        command_id,
        _changes(before, body.permissions),
        {"application_id": application_id},
    )
    await record(unit, actor, guild_id, deed)
    return after


async def _look(unit: Unit, actor: Actor, application_id: Snowflake, guild_id: Snowflake) -> None:
    """For the application where it is in the guild, and for who is a member there."""
    granted = actor.grant.application_id if actor.grant else actor.application_id
    if granted == application_id:
        if not (await unit.one(queries.IS_IN, guild_id, application_id))["there"]:
            raise errors.MissingAccess
        return
    if granted is not None:
        raise errors.NotYourApplication
    await access.guild(unit, actor, guild_id)


async def _check_command(
    unit: Unit, application_id: Snowflake, guild_id: Snowflake, command_id: Snowflake
) -> None:
    row = await unit.maybe(queries.BY_ID, command_id)
    if row is None or row["application_id"] != application_id:
        raise errors.UnknownCommand
    if row["guild_id"] not in (None, guild_id):
        raise errors.UnknownCommand


def _check(hall: Hall, rules: Sequence[CommandPermission]) -> None:
    """Each is named once, and channels and roles are the guild's."""
    seen = set[Snowflake]()
    picture = hall.guild
    channels = {*picture.channels, allowing.every_channel(picture.id)}
    for number, rule in enumerate(rules):
        if rule.id in seen:
            raise InvalidForm({f"permissions.{number}.id": [_TWICE]})
        seen.add(rule.id)
        if rule.type == allowing.ROLE and rule.id not in picture.roles:
            raise errors.UnknownRole
        if rule.type == allowing.CHANNEL and rule.id not in channels:
            raise errors.UnknownChannel


async def _store(
    unit: Unit,
    guild_id: Snowflake,
    application_id: Snowflake,
    command_id: Snowflake,
    rules: Sequence[CommandPermission],
) -> None:
    if not rules:
        await unit.run(queries.UNSET_PERMISSIONS, guild_id, application_id, command_id)
        return
    kept = msgspec.to_builtins(list(rules))
    await unit.run(queries.SET_PERMISSIONS, guild_id, application_id, command_id, kept)


def _changes(
    before: Sequence[CommandPermission], after: Sequence[CommandPermission]
) -> list[Change]:
    """One for each that is named, under its id."""
    was = {rule.id: msgspec.to_builtins(rule) for rule in before}
    now = {rule.id: msgspec.to_builtins(rule) for rule in after}
    return [
        Change(
            key=id_,
            old_value=was.get(id_, msgspec.UNSET),
            new_value=now.get(id_, msgspec.UNSET),
        )
        for id_ in dict.fromkeys((*was, *now))
        if was.get(id_) != now.get(id_)
    ]


def _shown(row: Row) -> CommandPermissions:
    return msgspec.convert(row, CommandPermissions, dec_hook=_plain)


def _plain(_type: type, value: object) -> object:
    """Ids that are kept are plain already."""
    return value
