"""What somebody's client offers them: the commands they can use, and whose these are."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import UNSET
from msgspec.structs import replace

from rift import errors
from rift.core import access
from rift.core.actor import Actor, Visit
from rift.core.applications import queries as application_queries
from rift.core.commands import allowing, queries, shapes
from rift.core.unit import Row, Unit
from rift.snowflake import Snowflake
from rift.wire.commands import Command, CommandIndex, IndexApplication, IndexPermissions

_NONE = Snowflake("0")
_BOT_DM = 1
_PRIVATE = 2
_WITH_ONESELF = 1

Said = Callable[[Snowflake], IndexPermissions | None]


async def of_guild(unit: Unit, actor: Actor, guild_id: Snowflake, visit: Visit) -> CommandIndex:
    """The commands one can use in a guild."""
    actor.must_be_person()
    hall = await access.guild(unit, actor, guild_id)
    rows = await unit.all(queries.IN_GUILD, guild_id)
    commands = [one for one in map(shapes.command, rows) if _installed(one, 0) and _fits(one, 0)]
    rules = await allowing.rules(unit, guild_id, {one.application_id for one in commands})
    now = unit.now()
    usable = [
        one for one in commands if allowing.may_use(one, rules, hall.guild, hall.member, None, now)
    ]

    def said(id_: Snowflake) -> IndexPermissions | None:
        known = rules.get(id_)
        return allowing.shown(known, guild_id, hall.member) if known else None

    return await _index(unit, usable, _locale(actor, visit), said)


async def of_channel(unit: Unit, actor: Actor, channel_id: Snowflake, visit: Visit) -> CommandIndex:
    """The commands of the bot one writes with in private."""
    actor.must_be_person()
    room = await access.channel(unit, actor, channel_id)
    if room.guild is not None:
        return await of_guild(unit, actor, room.guild.id, visit)
    others = [id_ for id_ in room.people if id_ != actor.id]
    rows = await unit.all(application_queries.SOME, others)
    commands = await _everywhere(unit, rows)
    usable = [one for one in commands if _fits(one, _BOT_DM)]
    return await _index(unit, usable, _locale(actor, visit))


async def of_self(unit: Unit, actor: Actor, visit: Visit) -> CommandIndex:
    """The commands of the applications one takes along."""
    actor.must_be_person()
    rows = await unit.all(queries.OF_USER, actor.id)
    usable = [one for one in map(shapes.command, rows) if _installed(one, _WITH_ONESELF)]
    return await _index(unit, usable, _locale(actor, visit))


async def of_application(
    unit: Unit, actor: Actor, application_id: Snowflake, visit: Visit
) -> CommandIndex:
    """All commands of an application that one takes along, or that is one's own."""
    actor.must_be_person()
    row = await unit.maybe(application_queries.FETCH, application_id)
    if row is None:
        raise errors.UnknownApplication
    taken = await unit.one(queries.IS_TAKEN, actor.id, application_id)
    if row["owner_id"] != actor.id and not taken["taken"]:
        raise errors.NotYourApplication
    return await _index(unit, await _everywhere(unit, [row]), _locale(actor, visit))


async def _everywhere(unit: Unit, applications: Iterable[Row]) -> list[Command]:
    found: list[Command] = []
    for application in applications:
        rows = await unit.all(queries.OF_APPLICATION, application["id"], None)
        found += map(shapes.command, rows)
    return found


def _installed(command: Command, how: int) -> bool:
    """Commands of a guild are installed there and nowhere else."""
    types = command.integration_types
    return how == 0 if types is UNSET else how in types


def _fits(command: Command, context: int) -> bool:
    contexts = command.contexts
    return not contexts or context in contexts


def _locale(actor: Actor, visit: Visit) -> str:
    return visit.locale or actor.account.locale


def _nothing(_: Snowflake) -> None:
    return None


async def _index(
    unit: Unit, commands: Sequence[Command], locale: str, said: Said = _nothing
) -> CommandIndex:
    ids = list(dict.fromkeys(one.application_id for one in commands))
    rows = await unit.all(application_queries.SOME, ids) if ids else []
    shown = [shapes.indexed(one, locale) for one in commands]
    return CommandIndex(
        applications=[_application(row, said(row["id"])) for row in rows],
        application_commands=[replace(one, permissions=said(one.id) or UNSET) for one in shown],
        version=max((one.version for one in commands), key=int, default=_NONE),
    )


def _application(row: Mapping[str, object], said: IndexPermissions | None) -> IndexApplication:
    return IndexApplication(
        id=Snowflake(str(row["id"])),
        name=str(row["name"]),
        description=str(row["description"]),
        icon=None if row["icon"] is None else str(row["icon"]),
        flags=str(row["flags"]),
        bot_id=UNSET if row["bot_id"] is None else Snowflake(str(row["bot_id"])),
        permissions=said or UNSET,
    )
