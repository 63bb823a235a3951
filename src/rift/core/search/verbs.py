"""What can be done with a search."""

import time
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from rift.core.actor import Actor
from rift.core.messages import reading
from rift.core.private_channels import seeing
from rift.core.search import moments, queries, scopes, walking
from rift.core.search.criteria import Criteria
from rift.core.search.expressions import AllOf
from rift.core.search.highlights import Sought
from rift.core.search.refusals import IndexNotReady
from rift.core.search.scopes import Place
from rift.core.search.typos import Resembling, distance, keys, slips
from rift.core.search.walking import Hits, Span
from rift.core.unit import Unit
from rift.errors import InvalidForm
from rift.snowflake import Snowflake
from rift.wire.channels import Channel
from rift.wire.messages import Message
from rift.wire.search import (
    CursorScore,
    Found,
    FoundMessage,
    FoundTab,
    FoundTabs,
    Paging,
    SearchCursor,
    SearchQuery,
    SearchTab,
    SearchTabs,
    Tab,
)

_TRIED: Final = 2000
_MOST_RESEMBLING: Final = 40
_ANYTHING: Final = Span(limit=1, most=1)
_ROUGHLY: Final = 1001
"""Up to here the totals of tabs are exact that did not ask for more."""


async def of_guild(unit: Unit, actor: Actor, guild_id: Snowflake, query: SearchQuery) -> Found:
    """Search the channels of a guild that one may read."""
    place = await scopes.guild(unit, actor, guild_id, restricted=bool(query.include_nsfw))
    return await _found(unit, actor, place.only(query.channel_id), query)


async def of_channel(unit: Unit, actor: Actor, channel_id: Snowflake, query: SearchQuery) -> Found:
    """Search one channel, of a guild or private."""
    place = await scopes.channel(unit, actor, channel_id)
    return await _found(unit, actor, place, query)


async def everywhere(unit: Unit, actor: Actor, query: SearchQuery) -> Found:
    """Search all one sees: guilds, direct messages and groups."""
    place = await scopes.everywhere(unit, actor, restricted=bool(query.include_nsfw))
    return await _found(unit, actor, place.only(query.channel_id), query)


async def tabs_of_guild(
    unit: Unit, actor: Actor, guild_id: Snowflake, body: SearchTabs
) -> FoundTabs:
    """Several searches of one guild at once."""
    place = await scopes.guild(unit, actor, guild_id, restricted=bool(body.include_nsfw))
    return await _tabs(unit, actor, place.only(body.channel_ids), body)


async def tabs_of_channel(
    unit: Unit, actor: Actor, channel_id: Snowflake, body: SearchTabs
) -> FoundTabs:
    """Several searches of one channel at once."""
    return await _tabs(unit, actor, await scopes.channel(unit, actor, channel_id), body)


async def tabs_of_private(unit: Unit, actor: Actor, body: SearchTabs) -> FoundTabs:
    """Several searches of all one's private channels at once."""
    return await _tabs(unit, actor, await scopes.private(unit, actor), body)


async def _found(unit: Unit, actor: Actor, place: Place, query: SearchQuery) -> Found:
    await _check_index(unit, place)
    if query.around is not None:
        hits, meant = await _around(unit, place, query, moments.middle("around", query.around))
    else:
        hits, meant = await _search(unit, place, query, _span(query), None)
    messages = await _messages(unit, place, hits, meant)
    return Found(
        messages=[[it] for it in messages],
        total_results=hits.total,
        channels=await _channels(unit, actor, messages) or UNSET,
    )


async def _tabs(unit: Unit, actor: Actor, place: Place, body: SearchTabs) -> FoundTabs:
    await _check_index(unit, place)
    most = walking.MOST if body.track_exact_total_hits else _ROUGHLY
    tabs: Mapping[Tab, SearchTab] = body.tabs
    return FoundTabs(
        tabs={name: await _tab(unit, actor, place, tab, most) for name, tab in tabs.items()}
    )


async def _tab(unit: Unit, actor: Actor, place: Place, tab: SearchTab, most: int) -> FoundTab:
    began = time.monotonic()
    span = replace(_span(tab), most=most)
    after: tuple[float, Snowflake] | None = None
    if tab.cursor is not None and tab.cursor.type is not None:
        span, after = _continued(tab, tab.cursor, span)
    hits, meant = await _search(unit, place, tab, span, after)
    messages = await _messages(unit, place, hits, meant)
    return FoundTab(
        messages=[[it] for it in messages],
        channels=await _channels(unit, actor, messages),
        total_results=hits.total,
        cursor=_cursor(tab, hits),
        time_spent_ms=int((time.monotonic() - began) * 1000),
    )


def _span(query: Paging) -> Span:
    before = after = None
    if isinstance(query, SearchQuery):
        if query.before is not None:
            before = moments.last_before("before", query.before)
        if query.after is not None:
            after = moments.first_after("after", query.after)
    return Span(
        limit=query.limit,
        offset=query.offset,
        below=moments.lower(query.max_id, before),
        above=moments.higher(query.min_id, after),
        newest_first=query.sort_order != "asc",
    )


def _continued(
    tab: SearchTab, cursor: SearchCursor, span: Span
) -> tuple[Span, tuple[float, Snowflake] | None]:
    """The page after a cursor, which has to be one of the order that is asked for."""
    score = cursor.score
    if tab.sort_by == "relevance":
        if cursor.type != "score" or score is None or score.score is None:
            words = "The cursor is not one of a search by relevance."
            raise InvalidForm.at("cursor", "BASE_TYPE_CONVERT", words)
        return span, (score.score, score.timestamp)
    if cursor.type != "timestamp" or cursor.timestamp is None:
        words = "The cursor is not one of a search by time."
        raise InvalidForm.at("cursor", "BASE_TYPE_CONVERT", words)
    if span.newest_first:
        return replace(span, below=moments.lower(span.below, cursor.timestamp)), None
    return replace(span, above=moments.higher(span.above, cursor.timestamp)), None


def _cursor(tab: SearchTab, hits: Hits) -> SearchCursor:
    if not hits.more or not hits.places:
        return SearchCursor()
    last = hits.places[-1][1]
    if tab.sort_by == "relevance":
        return SearchCursor(type="score", score=CursorScore(timestamp=last, score=hits.score))
    return SearchCursor(type="timestamp", timestamp=last)


async def _search(
    unit: Unit,
    place: Place,
    query: Paging,
    span: Span,
    after: tuple[float, Snowflake] | None,
) -> tuple[Hits, AllOf]:
    """What is found as it was typed; where that is nothing, what may have been meant.

    Which of the two, only what the asker may read decides: nobody learns from a slip that is not
    forgiven that a word is known elsewhere.
    """
    criteria = Criteria(query, place.languages, _chosen(place))
    strict = criteria.strictly()
    by_relevance = query.sort_by == "relevance" and criteria.asks_words
    hits = await _walk(unit, place, strict, span, after, by_relevance=by_relevance)
    if hits.total or not criteria.asks_words:
        return hits, strict
    if span.is_bounded and (await walking.by_time(unit, place, strict, _ANYTHING)).total:
        return hits, strict  # the end of what there is
    loose = criteria.loosely(await _resembling(unit, place, criteria.words))
    if loose == strict:
        return hits, strict
    return await _walk(unit, place, loose, span, after, by_relevance=by_relevance), loose


def _chosen(place: Place) -> Sequence[Snowflake]:
    """The channels, where they are fewer than the places they are in would have."""
    return list(place.channel_ids) if len(place.scopes) == 1 else ()


async def _walk(
    unit: Unit,
    place: Place,
    expression: AllOf,
    span: Span,
    after: tuple[float, Snowflake] | None,
    *,
    by_relevance: bool,
) -> Hits:
    if by_relevance:
        return await walking.by_relevance(unit, place, expression, span, after)
    return await walking.by_time(unit, place, expression, span)


async def _around(
    unit: Unit, place: Place, query: SearchQuery, middle: Snowflake
) -> tuple[Hits, AllOf]:
    """What is found next to a moment, before and after it, the newest first."""
    span = replace(_span(query), offset=0, newest_first=True)
    newer = query.limit // 2
    above = replace(span, limit=newer, above=middle, newest_first=False)
    after = Hits(places=[], total=0)
    meant = Criteria(query, place.languages, _chosen(place)).strictly()
    if newer:
        after, meant = await _search(unit, place, query, above, None)
    below = replace(
        span,
        limit=query.limit - len(after.places),
        below=moments.lower(span.below, Snowflake(str(int(middle) + 1))),
    )
    before = await walking.by_time(unit, place, meant, below)
    places = [*reversed(after.places), *before.places]
    return Hits(places=places, total=min(after.total + before.total, walking.MOST)), meant


async def _resembling(unit: Unit, place: Place, asked: Sequence[str]) -> Resembling:
    """The words that the asker's places know and that are a slip or two away."""
    found: dict[str, Sequence[str]] = {}
    for word in dict.fromkeys(asked):
        most = slips(word)
        if not most:
            continue
        wanted = [key for scope in place.scopes for key in keys(scope, word)]
        rows = await unit.all(queries.RESEMBLING, list(place.scopes), wanted, _TRIED)
        near = [(distance(word, row["word"], most), row["word"]) for row in rows]
        found[word] = [it for by, it in sorted(near) if 0 < by <= most][:_MOST_RESEMBLING]
    return found


async def _messages(unit: Unit, place: Place, hits: Hits, meant: AllOf) -> list[FoundMessage]:
    """The messages, in the order they were found; who was deleted a moment ago is not there."""
    found = {message.id: message for message in await reading.anywhere(unit, hits.places)}
    sought = Sought.of(meant, place.languages)
    return [_shown(found[id_], sought) for _, id_ in hits.places if id_ in found]


def _shown(message: Message, sought: Sought) -> FoundMessage:
    fields = {name: getattr(message, name) for name in Message.__struct_fields__}
    return FoundMessage(**fields, highlights=sought.ranges(message.content))


async def _channels(unit: Unit, actor: Actor, messages: Sequence[FoundMessage]) -> list[Channel]:
    """Those of the channels which are private, as one sees them: the others a client knows."""
    channel_ids = list(dict.fromkeys(it.channel_id for it in messages))
    return [view.channel for view in await seeing.views(unit, channel_ids, [actor.id])]


async def _check_index(unit: Unit, place: Place) -> None:
    """Refuse for now, while messages from before there was an index are still being read."""
    if await unit.maybe(queries.BACKFILL) is not None:
        row = await unit.one(queries.INDEXED, list(place.scopes))
        raise IndexNotReady(row["count"])
