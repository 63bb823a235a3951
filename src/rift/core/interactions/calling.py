"""A command is used, or typed: it must be there, and its person's to use here."""

from typing import Any, Final

from msgspec import UNSET, UnsetType

from rift import errors
from rift.core.access import Room
from rift.core.actor import Actor
from rift.core.commands import allowing, shapes
from rift.core.commands import queries as command_queries
from rift.core.interactions import options, places
from rift.core.interactions.resolving import Resolved
from rift.core.unit import Row, Unit
from rift.errors import FieldError, InvalidForm
from rift.snowflake import Snowflake
from rift.wire import commands as wire
from rift.wire.commands import Command, CommandOption
from rift.wire.interactions import CommandCall
from rift.wire.limits import Json

WITH_ONESELF: Final = 1
_OUTDATED: Final = FieldError(
    "INTERACTION_APPLICATION_COMMAND_INVALID_VERSION",
    "This command is outdated, please try again in a few minutes",
)
_GROWN_UP: Final = FieldError(
    "INTERACTION_APPLICATION_COMMAND_NSFW", "This command is for age-restricted channels"
)


class Said:
    """What an application is told of an interaction, and what of it is kept."""

    def __init__(self, data: Json, owners: dict[str, Snowflake], **origin: Any) -> None:
        self.data = data
        self.owners = owners
        self.origin = origin


async def owners(
    unit: Unit, actor: Actor, room: Room, application: Row, types: list[int] | UnsetType
) -> dict[str, Snowflake]:
    """By whom the application is here: a guild, its own conversation, or who takes it along."""
    found: dict[str, Snowflake] = {}
    installed = (0,) if types is UNSET else types
    if room.guild is not None:
        there = await unit.one(command_queries.IS_IN, room.guild.id, application["id"])
        if there["there"] and 0 in installed:
            found["0"] = room.guild.id
    elif application["bot_id"] in room.people:
        found["0"] = Snowflake("0")
    taken = await unit.one(command_queries.IS_TAKEN, actor.id, application["id"])
    if taken["taken"] and WITH_ONESELF in installed:
        found["1"] = actor.id
    if not found:
        raise errors.UnknownApplication
    return found


async def call(
    unit: Unit,
    actor: Actor,
    room: Room,
    application: Row,
    given: CommandCall,
    resolved: Resolved,
    *,
    partial: bool,
) -> Said:
    """The data of a command that somebody uses, or is typing."""
    command = await _command(unit, room, application["id"], given)
    by = await owners(unit, actor, room, application, command.integration_types)
    await _check_allowed(unit, room, command, application["bot_id"])
    data: Json = {"id": command.id, "name": command.name, "type": command.type}
    if command.guild_id is not UNSET:
        data["guild_id"] = command.guild_id
    target: dict[str, Any] = {}
    if command.type == wire.CHAT_INPUT:
        data["options"] = await _given(command, given, resolved, partial=partial)
    else:
        data["target_id"] = given.target_id
        target = await _targeted(actor, command, given, resolved)
    if resolved.found:
        data["resolved"] = resolved.found
    name = _whole_name(command, data)
    return Said(data, by, name=name, command_id=command.id, **target)


async def _command(
    unit: Unit, room: Room, application_id: Snowflake, given: CommandCall
) -> Command:
    row = await unit.maybe(command_queries.BY_ID, given.id)
    if row is None or row["application_id"] != application_id:
        raise errors.UnknownCommand
    if row["guild_id"] is not None and row["guild_id"] != room.guild_id:
        raise errors.UnknownCommand
    if given.version is not None and given.version != row["version"]:
        raise InvalidForm({"data.version": [_OUTDATED]})
    return shapes.command(row)


async def _check_allowed(unit: Unit, room: Room, command: Command, bot_id: Snowflake) -> None:
    contexts = command.contexts
    if contexts and places.context(room, bot_id) not in contexts:
        raise errors.UnknownCommand
    if room.guild is None or room.member is None:
        return
    rules = await allowing.rules(unit, room.guild.id, [command.application_id])
    where = (room.guild, room.member, room.channel.id)
    if not allowing.may_use(command, rules, *where, unit.now()):
        raise errors.MissingPermissions
    if command.nsfw and not room.channel.nsfw:
        raise InvalidForm({"channel_id": [_GROWN_UP]})


async def _given(
    command: Command, given: CommandCall, resolved: Resolved, *, partial: bool
) -> list[Json]:
    known = command.options or ()
    told = options.told(known, given.options or (), partial=partial)
    types = _channel_types(known, told)
    for number, one in enumerate(options.leaves(told)):
        path = f"data.options.{number}.value"
        if one.get("focused"):
            continue
        if one["type"] == wire.ATTACHMENT:
            bodies = given.attachments or ()
            ids = await resolved.attachments([one["value"]], bodies, path)
            one["value"] = ids[one["value"]]
        else:
            await resolved.option(one, path, types.get(one["name"], ()))
    return told


def _channel_types(known: Any, told: list[Json]) -> dict[str, list[int]]:
    """Which channels an option asks for, among those of the sub-command that is used."""
    by_name: dict[str, CommandOption] = {option.name: option for option in known}
    if len(told) == 1 and "options" in told[0]:
        return _channel_types(by_name[told[0]["name"]].options or (), told[0]["options"])
    return {name: one.channel_types or [] for name, one in by_name.items()}


async def _targeted(
    actor: Actor, command: Command, given: CommandCall, resolved: Resolved
) -> dict[str, Any]:
    if given.target_id is None:
        raise InvalidForm({"data.target_id": [errors.REQUIRED]})
    if command.type == wire.USER:
        await resolved.users([given.target_id], "data.target_id")
        return {"target_user_id": given.target_id}
    await resolved.message(actor, given.target_id)
    return {"target_message_id": given.target_id}


def _whole_name(command: Command, data: Json) -> str:
    """With the sub-command that was used."""
    names, inner = [command.name], data.get("options", [])
    while len(inner) == 1 and "options" in inner[0]:
        names.append(inner[0]["name"])
        inner = inner[0]["options"]
    return " ".join(names)
