"""What can be done with commands: register, look, change, remove, and replace all at once."""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from rift import errors, events
from rift.core.actor import Actor, Visit
from rift.core.applications import queries as application_queries
from rift.core.commands import checking, queries, shapes
from rift.core.unit import Unit
from rift.db.conflicts import AlreadyThere, NotThere
from rift.errors import FieldError, InvalidForm
from rift.snowflake import Snowflake
from rift.wire.commands import (
    CHAT_INPUT,
    Command,
    CommandIndexUpdate,
    CommandsQuery,
    CreateCommand,
    ModifyCommand,
)

_MOST: Final = {1: 100, 2: 15, 3: 15}
"""So many of each type, for everywhere and again for each guild."""
_A_DAY: Final = 200
_EVERYWHERE: Final = Snowflake("0")
_TWICE: Final = FieldError(
    "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique"
)


async def list_global(
    unit: Unit, actor: Actor, application_id: Snowflake, query: CommandsQuery, visit: Visit
) -> list[Command]:
    """The commands an application has everywhere."""
    return await _list(unit, actor, application_id, None, query, visit)


async def create_global(
    unit: Unit, actor: Actor, application_id: Snowflake, body: CreateCommand
) -> Command:
    """Register a command for everywhere; one of the same name and type becomes this one."""
    return await _create(unit, actor, application_id, None, body)


async def fetch_global(
    unit: Unit, actor: Actor, application_id: Snowflake, command_id: Snowflake
) -> Command:
    """One of those an application has everywhere."""
    await own(unit, actor, application_id)
    return await _one(unit, application_id, None, command_id)


async def modify_global(
    unit: Unit,
    actor: Actor,
    application_id: Snowflake,
    command_id: Snowflake,
    body: ModifyCommand,
) -> Command:
    """Change a command that is everywhere."""
    return await _modify(unit, actor, application_id, None, command_id, body)


async def delete_global(
    unit: Unit, actor: Actor, application_id: Snowflake, command_id: Snowflake
) -> None:
    """Remove a command from everywhere."""
    await _delete(unit, actor, application_id, None, command_id)


async def overwrite_global(
    unit: Unit, actor: Actor, application_id: Snowflake, body: list[CreateCommand]
) -> list[Command]:
    """Let these be all commands an application has everywhere."""
    return await _overwrite(unit, actor, application_id, None, body)


async def list_of_guild(
    unit: Unit,
    actor: Actor,
    application_id: Snowflake,
    guild_id: Snowflake,
    query: CommandsQuery,
    visit: Visit,
) -> list[Command]:
    """The commands an application has in one guild only."""
    return await _list(unit, actor, application_id, guild_id, query, visit)


async def create_in_guild(
    unit: Unit, actor: Actor, application_id: Snowflake, guild_id: Snowflake, body: CreateCommand
) -> Command:
    """Register a command for one guild; one of the same name and type becomes this one."""
    return await _create(unit, actor, application_id, guild_id, body)


async def fetch_in_guild(
    unit: Unit,
    actor: Actor,
    application_id: Snowflake,
    guild_id: Snowflake,
    command_id: Snowflake,
) -> Command:
    """One of those an application has in a guild."""
    await _enter(unit, actor, application_id, guild_id)
    return await _one(unit, application_id, guild_id, command_id)


async def modify_in_guild(
    unit: Unit,
    actor: Actor,
    application_id: Snowflake,
    guild_id: Snowflake,
    command_id: Snowflake,
    body: ModifyCommand,
) -> Command:
    """Change a command of one guild."""
    return await _modify(unit, actor, application_id, guild_id, command_id, body)


async def delete_in_guild(
    unit: Unit,
    actor: Actor,
    application_id: Snowflake,
    guild_id: Snowflake,
    command_id: Snowflake,
) -> None:
    """Remove a command from one guild."""
    await _delete(unit, actor, application_id, guild_id, command_id)


async def overwrite_in_guild(
    unit: Unit,
    actor: Actor,
    application_id: Snowflake,
    guild_id: Snowflake,
    body: list[CreateCommand],
) -> list[Command]:
    """Let these be all commands an application has in one guild only."""
    return await _overwrite(unit, actor, application_id, guild_id, body)


async def own(unit: Unit, actor: Actor, application_id: Snowflake) -> None:
    """Let in the application itself, who owns it, and whom it let do this for it."""
    row = await unit.maybe(application_queries.FETCH, application_id)
    if row is None:
        raise errors.UnknownApplication
    if actor.grant is not None:
        if actor.grant.application_id != application_id:
            raise errors.NotYourApplication
    elif row["owner_id"] != actor.id and application_id != actor.application_id:
        raise errors.NotYourApplication


async def _enter(
    unit: Unit, actor: Actor, application_id: Snowflake, guild_id: Snowflake | None
) -> None:
    await own(unit, actor, application_id)
    if guild_id is None:
        return
    if not (await unit.one(queries.IS_IN, guild_id, application_id))["there"]:
        raise errors.MissingAccess


async def _list(
    unit: Unit,
    actor: Actor,
    application_id: Snowflake,
    guild_id: Snowflake | None,
    query: CommandsQuery,
    visit: Visit,
) -> list[Command]:
    await _enter(unit, actor, application_id, guild_id)
    found = await _all(unit, application_id, guild_id)
    if query.with_localizations:
        return found
    locale = visit.locale or actor.account.locale
    return [shapes.localized(one, locale) for one in found]


async def _create(
    unit: Unit,
    actor: Actor,
    application_id: Snowflake,
    guild_id: Snowflake | None,
    body: CreateCommand,
) -> Command:
    checking.check(body)
    before = await _held(unit, actor, application_id, guild_id)
    made = shapes.made(body, unit.new_id(), application_id, guild_id)
    checking.check_size(made)
    known = _named_alike(before, made)
    made = await _settled(unit, made, known)
    if known is None:
        _check_room([*before, made])
        await _count(unit, application_id, guild_id, 1)
    await _store(unit, guild_id, [made] if made != known else [])
    return made


async def _modify(
    unit: Unit,
    actor: Actor,
    application_id: Snowflake,
    guild_id: Snowflake | None,
    command_id: Snowflake,
    body: ModifyCommand,
) -> Command:
    await _held(unit, actor, application_id, guild_id)
    before = await _one(unit, application_id, guild_id, command_id)
    form = shapes.modified(before, body)
    checking.check(form)
    made = shapes.made(form, command_id, application_id, guild_id)
    checking.check_size(made)
    made = await _settled(unit, made, before)
    await _store(unit, guild_id, [made] if made != before else [])
    return made


async def _delete(
    unit: Unit,
    actor: Actor,
    application_id: Snowflake,
    guild_id: Snowflake | None,
    command_id: Snowflake,
) -> None:
    await _held(unit, actor, application_id, guild_id)
    await _one(unit, application_id, guild_id, command_id)
    await _remove(unit, application_id, guild_id, [command_id])
    _tell(unit, guild_id)


async def _overwrite(
    unit: Unit,
    actor: Actor,
    application_id: Snowflake,
    guild_id: Snowflake | None,
    bodies: Sequence[CreateCommand],
) -> list[Command]:
    for number, body in enumerate(bodies):
        checking.check(body, f"{number}.")
    _check_names(bodies)
    before = await _held(unit, actor, application_id, guild_id)
    made = [shapes.made(body, unit.new_id(), application_id, guild_id) for body in bodies]
    for number, one in enumerate(made):
        checking.check_size(one, f"{number}.")
    known = [_taken_over(before, body, one) for body, one in zip(bodies, made, strict=True)]
    after = [await _settled(unit, one, old) for one, old in zip(made, known, strict=True)]
    _check_room(after)
    fresh = sum(old is None for old in known)
    if fresh:
        await _count(unit, application_id, guild_id, fresh)
    staying = {one.id for one in after}
    gone = [one.id for one in before if one.id not in staying]
    changed = [one for one, old in zip(after, known, strict=True) if one != old]
    if gone:
        await _remove(unit, application_id, guild_id, gone)
    await _store(unit, guild_id, changed)
    if gone and not changed:
        _tell(unit, guild_id)
    return after


async def _held(
    unit: Unit, actor: Actor, application_id: Snowflake, guild_id: Snowflake | None
) -> list[Command]:
    """All there are, while nobody else changes them."""
    await _enter(unit, actor, application_id, guild_id)
    await unit.run(application_queries.HOLD, application_id)
    return await _all(unit, application_id, guild_id)


async def _all(unit: Unit, application_id: Snowflake, guild_id: Snowflake | None) -> list[Command]:
    rows = await unit.all(queries.OF_APPLICATION, application_id, guild_id)
    return [shapes.command(row) for row in rows]


async def _one(
    unit: Unit, application_id: Snowflake, guild_id: Snowflake | None, command_id: Snowflake
) -> Command:
    row = await unit.maybe(queries.ONE, application_id, guild_id, command_id)
    if row is None:
        raise errors.UnknownCommand
    return shapes.command(row)


def _named_alike(before: Sequence[Command], made: Command) -> Command | None:
    alike = (one for one in before if (one.type, one.name) == (made.type, made.name))
    return next(alike, None)


def _taken_over(before: Sequence[Command], body: CreateCommand, made: Command) -> Command | None:
    """The command that this one takes the place of, by its id or by its name."""
    if body.id is not None:
        named = (one for one in before if (one.id, one.type) == (body.id, made.type))
        found = next(named, None)
        if found is not None:
            return found
    return _named_alike(before, made)


async def _settled(unit: Unit, made: Command, known: Command | None) -> Command:
    """With the id it has had, and the version too where nothing changed."""
    if known is None:
        return made
    if shapes.same(known, made):
        return known
    return replace(made, id=known.id, version=unit.new_id())


def _check_names(bodies: Sequence[CreateCommand]) -> None:
    seen = set[tuple[int, str]]()
    ids = set[Snowflake]()
    for number, body in enumerate(bodies):
        key = (body.type or CHAT_INPUT, body.name)
        if key in seen:
            raise InvalidForm({f"{number}.name": [_TWICE]})
        if body.id is not None and body.id in ids:
            raise InvalidForm({f"{number}.id": [_TWICE]})
        seen.add(key)
        ids |= {body.id} if body.id is not None else set()


def _check_room(commands: Sequence[Command]) -> None:
    for kind, most in _MOST.items():
        if sum(one.type == kind for one in commands) > most:
            raise errors.TooManyCommands(f"Maximum number of application commands reached ({most})")


async def _count(
    unit: Unit, application_id: Snowflake, guild_id: Snowflake | None, more: int
) -> None:
    place, today = guild_id or _EVERYWHERE, unit.now().date()
    made = (await unit.one(queries.CREATED, application_id, place, today, more))["count"]
    if made > _A_DAY:
        raise errors.TooManyCommandsToday


async def _store(unit: Unit, guild_id: Snowflake | None, changed: Sequence[Command]) -> None:
    try:
        for one in changed:
            await unit.run(queries.UPSERT, *shapes.row(one))
    except AlreadyThere as error:
        raise errors.CommandExists from error
    except NotThere as error:  # the guild went in this moment
        raise errors.MissingAccess from error
    if changed:
        _tell(unit, guild_id)


async def _remove(
    unit: Unit, application_id: Snowflake, guild_id: Snowflake | None, ids: Sequence[Snowflake]
) -> None:
    await unit.run(queries.DELETE, application_id, guild_id, ids)
    await unit.run(queries.DELETE_PERMISSIONS, application_id, ids)


def _tell(unit: Unit, guild_id: Snowflake | None) -> None:
    """Clients that look at a guild ask again; what is for everywhere they learn when they do."""
    if guild_id is not None:
        unit.emit(events.CommandIndexUpdate(data=CommandIndexUpdate(guild_id=guild_id)))
