"""What can be done with role connections: say what there is to know, and say it of somebody."""

from collections.abc import Mapping

from msgspec import convert

from rift import errors
from rift.core.actor import Actor
from rift.core.applications import verbs as applications
from rift.core.role_connections import checking, queries
from rift.core.role_links import verbs as role_links
from rift.core.unit import Row, Unit
from rift.snowflake import Snowflake
from rift.wire.commands import Locale
from rift.wire.role_connections import (
    RoleConnection,
    RoleConnectionMetadata,
    RoleConnectionMetadataList,
    UpdateRoleConnection,
)


async def list_metadata(
    unit: Unit, actor: Actor, application_id: Snowflake
) -> list[RoleConnectionMetadata]:
    """The facts that an application of one's own knows of its users."""
    await applications.own(unit, actor, application_id)
    return await _metadata(unit, application_id)


async def overwrite_metadata(
    unit: Unit, actor: Actor, application_id: Snowflake, body: RoleConnectionMetadataList | None
) -> list[RoleConnectionMetadata]:
    """Let these be all of them; what was said of users under a key that is gone goes with it."""
    await applications.own(unit, actor, application_id)
    items = body or []
    checking.check_unique(items)
    await unit.run(queries.HOLD, application_id)
    before = await _metadata(unit, application_id)
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
    return await _metadata(unit, application_id)


async def fetch(unit: Unit, actor: Actor, application_id: Snowflake) -> RoleConnection:
    """What the application that asks has said of the user."""
    _must_be_theirs(actor, application_id)
    row = await unit.maybe(queries.FETCH, actor.id, application_id)
    return RoleConnection() if row is None else convert(_present(row), RoleConnection)


async def update(
    unit: Unit, actor: Actor, application_id: Snowflake, body: UpdateRoleConnection
) -> RoleConnection:
    """Say something of the user, in the place of all that was said before."""
    _must_be_theirs(actor, application_id)
    await unit.run(queries.SHARE, application_id)
    types = {item.key: item.type for item in await _metadata(unit, application_id)}
    said = checking.values(body.metadata or {}, types)
    who = (body.platform_name, body.platform_username)
    await unit.run(queries.WRITE, actor.id, application_id, *who, said)
    role_links.look_again(unit, actor.id, application_id)
    return await fetch(unit, actor, application_id)


async def delete(unit: Unit, actor: Actor, application_id: Snowflake) -> None:
    """Take back all that was said of the user."""
    _must_be_theirs(actor, application_id)
    await forget(unit, actor, application_id)


async def forget(unit: Unit, actor: Actor, application_id: Snowflake) -> None:
    """The same for the user, who consents no more."""
    await unit.run(queries.DELETE, actor.id, application_id)
    role_links.look_again(unit, actor.id, application_id)


def _must_be_theirs(actor: Actor, application_id: Snowflake) -> None:
    """An application speaks for itself, and only with the user's consent."""
    if actor.grant is None:
        raise errors.Unauthorized
    if actor.grant.application_id != application_id:
        raise errors.NotYourApplication


async def _metadata(unit: Unit, application_id: Snowflake) -> list[RoleConnectionMetadata]:
    rows = await unit.all(queries.METADATA, application_id)
    return convert([_present(row) for row in rows], list[RoleConnectionMetadata])


def _words(localizations: Mapping[Locale, str | None] | None) -> dict[str, str] | None:
    return {key: word for key, word in (localizations or {}).items() if word is not None} or None


def _present(row: Row) -> Row:
    """A row without what it does not have."""
    return {key: value for key, value in row.items() if value is not None}
