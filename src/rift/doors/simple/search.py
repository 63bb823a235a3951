"""Searching over the simple door: one question, over all one sees or a part of it."""

from rift.core.actor import Actor
from rift.core.search import verbs as search
from rift.core.unit import Unit
from rift.doors.simple import ids, shapes, translation
from rift.snowflake import Snowflake
from rift.wire import search as wire


async def find(unit: Unit, actor: Actor, query: shapes.SearchQuery) -> shapes.Found:
    """Search messages by their words, the newest first."""
    asked = wire.SearchQuery(
        content=query.q,
        author_id=_given("author_id", query.author_id),
        channel_id=_given("channel_id", query.channel_id),
        max_id=next(iter(_given("before", query.before)), None),
        min_id=next(iter(_given("after", query.after)), None),
        limit=query.limit,
        offset=query.offset,
    )
    if query.server_id is not None:
        server_id = ids.given("server_id", query.server_id)
        found = await search.of_guild(unit, actor, server_id, asked)
    else:
        found = await search.everywhere(unit, actor, asked)
    messages = [translation.message(it) for group in found.messages for it in group]
    return shapes.Found(total=found.total_results, messages=messages)


def _given(name: str, text: str | None) -> list[Snowflake]:
    return [] if text is None else [ids.given(name, text)]
