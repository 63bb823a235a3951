"""What can be done with role connections: say what there is to know, and say it of somebody."""

from collections.abc import Mapping

from msgspec import convert
from msgspec.structs import asdict

from rift import errors
from rift.core.actor import Actor
from rift.core.applications import queries as application_queries
from rift.core.applications import verbs as applications
from rift.core.integrations import keeping as integrations
from rift.core.role_connections import checking, queries, showing
from rift.core.role_links import doubting
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire.commands import Locale
from rift.wire.role_connections import (
    RoleConnection,
    RoleConnectionMetadata,
    RoleConnectionMetadataList,
    UpdateRoleConnection,
)
from rift.wire.role_links import KnownRoleConnection


async def list_metadata(
    unit: Unit, actor: Actor, application_id: Snowflake
) -> list[RoleConnectionMetadata]:
    """The facts that an application of one's own knows of its users."""
    await applications.own(unit, actor, application_id)
    return await showing.metadata_of(unit, application_id)


async def overwrite_metadata(
    unit: Unit, actor: Actor, application_id: Snowflake, body: RoleConnectionMetadataList | None
) -> list[RoleConnectionMetadata]:
    """Let these be all of them; what was said of users under a key that is gone goes with it."""
    await applications.own(unit, actor, application_id)
    items = body or []
    checking.check_unique(items)
    await unit.run(queries.HOLD, application_id)
    before = await showing.metadata_of(unit, application_id)
    await unit.run(queries.CLEAR, application_id)
    columns = [
        list(range(len(items))),
        [item.type for item in items],
        [item.key for item in items],
        [item.name for item in items],
        [item.description for item in items],
        [_words(item.name_localizations) for item in items],
        [_words(item.description_localizations) for item in items],
    ]
    await unit.run(queries.INSERT, application_id, *columns)
    kinds = {item.key: checking.kind(item.type) for item in items}
    gone = [item.key for item in before if kinds.get(item.key) != checking.kind(item.type)]
    if gone:
        await unit.run(queries.UNSAY, application_id, gone)
    after = await showing.metadata_of(unit, application_id)
    if after != before:
        await doubting.of_application(unit, application_id)
    return after


async def list_own(unit: Unit, actor: Actor) -> list[KnownRoleConnection]:
    """What applications say of oneself, and what it means."""
    actor.must_be_person()
    rows = await unit.all(queries.OF_USER, actor.id)
    ids = [row["application_id"] for row in rows]
    rows_of = await unit.all(application_queries.SOME, ids)
    known = {row["id"]: integrations.application(row["id"], row) for row in rows_of}
    facts = await showing.metadata(unit, ids)
    return [
        KnownRoleConnection(
            **asdict(convert(showing.present(row), RoleConnection)),
            application=known[row["application_id"]],
            application_metadata=list(facts[row["application_id"]]),
        )
        for row in rows
    ]


async def fetch(unit: Unit, actor: Actor, application_id: Snowflake) -> RoleConnection:
    """What the application that asks has said of the user."""
    _must_be_theirs(actor, application_id)
    row = await unit.maybe(queries.FETCH, actor.id, application_id)
    return RoleConnection() if row is None else convert(showing.present(row), RoleConnection)


async def update(
    unit: Unit, actor: Actor, application_id: Snowflake, body: UpdateRoleConnection
) -> RoleConnection:
    """Say something of the user, in the place of all that was said before."""
    _must_be_theirs(actor, application_id)
    await unit.run(queries.SHARE, application_id)
    types = {item.key: item.type for item in await showing.metadata_of(unit, application_id)}
    said = checking.values(body.metadata or {}, types)
    who = (body.platform_name, body.platform_username)
    await unit.run(queries.WRITE, actor.id, application_id, *who, said)
    await doubting.of_user(unit, application_id, actor.id)
    return await fetch(unit, actor, application_id)


async def delete(unit: Unit, actor: Actor, application_id: Snowflake) -> None:
    """Take back all that was said of the user."""
    _must_be_theirs(actor, application_id)
    await forget(unit, actor, application_id)


async def forget(unit: Unit, actor: Actor, application_id: Snowflake) -> None:
    """The same for the user, who consents no more."""
    await unit.run(queries.DELETE, actor.id, application_id)
    await doubting.of_user(unit, application_id, actor.id)


def _must_be_theirs(actor: Actor, application_id: Snowflake) -> None:
    """An application speaks for itself, and only with the user's consent."""
    if actor.grant is None:
        raise errors.Unauthorized
    if actor.grant.application_id != application_id:
        raise errors.NotYourApplication


def _words(localizations: Mapping[Locale, str | None] | None) -> dict[str, str] | None:
    return {key: word for key, word in (localizations or {}).items() if word is not None} or None
