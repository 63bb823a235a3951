"""Integrations as they come, grow and go, and what is told of it."""

from collections.abc import Iterable, Sequence

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from rift import events
from rift.core.actor import Actor
from rift.core.applications import queries as application_queries
from rift.core.auditlog.recording import changed, record
from rift.core.integrations import queries
from rift.core.role_connections import showing
from rift.core.unit import Row, Unit
from rift.snowflake import Snowflake
from rift.wire.auditlog import Action
from rift.wire.integrations import (
    Integration,
    IntegrationAccount,
    IntegrationApplication,
    IntegrationEvent,
    IntegrationGone,
    IntegrationsUpdate,
)
from rift.wire.users import User


async def shown(unit: Unit, rows: Sequence[Row]) -> list[Integration]:
    """The integrations that rows of COLUMNS stand for."""
    wanted = {row[key] for row in rows for key in ("user_id", "bot_id")} - {None}
    found = await unit.all(application_queries.USERS, list(wanted))
    users = {user.id: user for user in msgspec.convert(found, list[User])}
    return [_integration(row, users) for row in rows]


async def linkables(unit: Unit, rows: Sequence[Row]) -> list[Integration]:
    """The same with what linked roles can ask of them."""
    facts = await showing.metadata(unit, [row["application_id"] for row in rows])
    return [
        replace(
            one,
            application=linkable(one.application.id, row, one.application.bot),
            role_connections_metadata=list(facts[one.application.id]),
        )
        for row, one in zip(rows, await shown(unit, rows), strict=True)
    ]


async def come(
    unit: Unit,
    actor: Actor | None,
    guild_id: Snowflake,
    application_id: Snowflake,
    scopes: Iterable[str],
) -> None:
    """An application comes into a guild, or may do more there than before."""
    before = await _found(unit, guild_id, application_id)
    granted = sorted({*scopes, *(() if before is None else before.scopes)})
    if before is None:
        user_id = None if actor is None else actor.id
        key = (guild_id, application_id, user_id, unit.new_id())
        await unit.run(queries.INSERT, *key, granted)
    elif granted == before.scopes:
        return
    else:
        await unit.run(queries.WIDEN, guild_id, application_id, granted)
    after = await _found(unit, guild_id, application_id)
    if after is None:
        raise LookupError("an application that was just kept is gone")
    told = IntegrationEvent(guild_id=guild_id, **msgspec.structs.asdict(after))
    event = events.IntegrationCreate if before is None else events.IntegrationUpdate
    unit.emit(event(data=told))
    _tell(unit, guild_id)
    action = Action.INTEGRATION_CREATE if before is None else Action.INTEGRATION_UPDATE
    await record(unit, actor, guild_id, changed(action, after.id, before, after))


async def look_different(unit: Unit, application_id: Snowflake) -> None:
    """An application or its bot is called something else, or looks otherwise: every guild hears."""
    rows = await unit.all(queries.EVERYWHERE, application_id)
    for row, one in zip(rows, await shown(unit, rows), strict=True):
        told = IntegrationEvent(guild_id=row["guild_id"], **msgspec.structs.asdict(one))
        unit.emit(events.IntegrationUpdate(data=told))
        _tell(unit, row["guild_id"])


async def _found(unit: Unit, guild_id: Snowflake, application_id: Snowflake) -> Integration | None:
    rows = await unit.all(queries.OF_APPLICATION, guild_id, application_id)
    found = await shown(unit, rows)
    return found[0] if found else None


async def go(unit: Unit, guild_id: Snowflake, application_id: Snowflake) -> None:
    """An application leaves a guild, with its bot or before it."""
    row = await unit.maybe(queries.DELETE, guild_id, application_id)
    if row is not None:
        _gone(unit, guild_id, row["id"], application_id)


async def go_everywhere(unit: Unit, application_id: Snowflake) -> None:
    """An application is no more."""
    for row in await unit.all(queries.DELETE_EVERYWHERE, application_id):
        _gone(unit, row["guild_id"], row["id"], application_id)


def _gone(unit: Unit, guild_id: Snowflake, id_: Snowflake, application_id: Snowflake) -> None:
    gone = IntegrationGone(id=id_, guild_id=guild_id, application_id=application_id)
    unit.emit(events.IntegrationDelete(data=gone))
    _tell(unit, guild_id)


def _tell(unit: Unit, guild_id: Snowflake) -> None:
    unit.emit(events.IntegrationsUpdate(data=IntegrationsUpdate(guild_id=guild_id)))


def application(id_: Snowflake, row: Row, bot: User | UnsetType = UNSET) -> IntegrationApplication:
    """An application as those see it who are where it is."""
    return IntegrationApplication(
        id=id_,
        name=row["name"],
        icon=row["icon"],
        description=row["description"],
        flags=row["flags"],
        flags_new=str(row["flags"]),
        bot=bot,
    )


def linkable(id_: Snowflake, row: Row, bot: User | UnsetType = UNSET) -> IntegrationApplication:
    """The same with where it gets to know somebody."""
    address = row["role_connections_verification_url"]
    return replace(application(id_, row, bot), role_connections_verification_url=address)


def _integration(row: Row, users: dict[Snowflake, User]) -> Integration:
    bot = users.get(row["bot_id"], UNSET) if "bot" in row["scopes"] else UNSET
    return Integration(
        id=row["id"],
        name=row["name"],
        account=IntegrationAccount(id=row["application_id"], name=row["name"]),
        application=application(row["application_id"], row, bot),
        scopes=row["scopes"],
        user=users.get(row["user_id"], UNSET),
    )
