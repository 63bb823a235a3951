"""What can be done with the searches somebody keeps."""

from typing import Any, Final

import msgspec
from msgspec import UNSET

from rift import errors
from rift.core import access
from rift.core.actor import Actor
from rift.core.search import queries
from rift.core.search.scopes import READS
from rift.core.unit import Row, Unit
from rift.core.users.holding import hold
from rift.errors import InvalidForm
from rift.snowflake import Snowflake, created_at, decode_hook
from rift.wire.search import CreateSavedSearch, Filters, ModifySavedSearch, SavedSearch

MOST: Final = 50


async def list_all(unit: Unit, actor: Actor) -> list[SavedSearch]:
    """One's saved searches, the oldest first."""
    actor.must_be_person()
    return [_shown(row) for row in await unit.all(queries.SAVED, actor.id)]


async def create(unit: Unit, actor: Actor, body: CreateSavedSearch) -> SavedSearch:
    """Keep a search of a guild, of a channel, or of all one sees."""
    actor.must_be_person()
    _check(body.query)
    guild_id, channel_id = body.guild_id, body.channel_id
    if channel_id is not None:
        room = await access.channel(unit, actor, channel_id, READS)
        guild_id = room.guild_id or None
    elif guild_id is not None:
        await access.guild(unit, actor, guild_id)
    # Held, so that of two at once only one can be the last there is room for.
    await hold(unit, actor.id)
    if len(await unit.all(queries.SAVED, actor.id)) >= MOST:
        words = f"There is room for {MOST} saved searches."
        raise InvalidForm.at("", "BASE_TYPE_MAX_LENGTH", words)
    query = _kept(body.query)
    id_ = unit.new_id()
    place = (guild_id, channel_id)
    row = await unit.one(queries.SAVE, id_, actor.id, *place, body.name, query, body.notify)
    return _shown(row)


async def modify(
    unit: Unit, actor: Actor, saved_search_id: Snowflake, body: ModifySavedSearch
) -> SavedSearch:
    """Change a saved search; where it looks stays as it is."""
    actor.must_be_person()
    if body.query is not UNSET:
        _check(body.query)
    changes: dict[str, Any] = {
        name: getattr(body, name) for name in ("name", "notify") if getattr(body, name) is not UNSET
    }
    if body.query is not UNSET:
        changes["query"] = _kept(body.query)
    row = await unit.maybe(queries.CHANGE_SAVED, actor.id, saved_search_id, changes)
    if row is None:
        raise errors.NotFound
    return _shown(row)


async def delete(unit: Unit, actor: Actor, saved_search_id: Snowflake) -> None:
    """Keep a search no longer."""
    actor.must_be_person()
    if not await unit.run(queries.FORGET_SAVED, actor.id, saved_search_id):
        raise errors.NotFound


def _check(filters: Filters) -> None:
    if filters == Filters():
        raise InvalidForm.at("query", "BASE_TYPE_REQUIRED", "A search has to ask for something.")


def _kept(filters: Filters) -> dict[str, Any]:
    """The filters that were set."""
    empty = Filters()
    found = {name: getattr(filters, name) for name in filters.__struct_fields__}
    return {name: it for name, it in found.items() if it != getattr(empty, name)}


def _shown(row: Row) -> SavedSearch:
    return SavedSearch(
        id=row["id"],
        name=row["name"],
        guild_id=row["guild_id"],
        channel_id=row["channel_id"],
        query=msgspec.convert(row["query"], Filters, dec_hook=decode_hook),
        notify=row["notify"],
        created_at=created_at(row["id"]),
    )
