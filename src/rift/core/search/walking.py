"""Walks through the segments of what is searched, from one end, as far as an answer needs."""

from collections.abc import Sequence
from typing import Final

import msgspec

from rift.core.search import queries
from rift.core.search.expressions import Expression, within
from rift.core.search.scopes import Place
from rift.core.unit import Row, Unit
from rift.snowflake import MAX, Snowflake

MOST: Final = 10_000
"""Up to here totals are exact."""
_NEWEST: Final = Snowflake(str(MAX))
_OLDEST: Final = Snowflake("0")
_FIRST: Final = 1
_GROWTH: Final = 4
_LARGEST: Final = 256
"""So many segments are asked at once, beginning with few: for a common word these are enough."""


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """Which of what is found is wanted. Neither bound is part of it."""

    limit: int = 25
    offset: int = 0
    below: Snowflake = _NEWEST
    above: Snowflake = _OLDEST
    newest_first: bool = True
    most: int = MOST

    @property
    def depth(self) -> int:
        return self.offset + self.limit

    @property
    def is_bounded(self) -> bool:
        """Whether there may be more outside of it."""
        return self.below != _NEWEST or self.above != _OLDEST


class Hits(msgspec.Struct, frozen=True, kw_only=True):
    """A page, by channels and ids, and of how many; the score of the last where it is by score."""

    places: Sequence[tuple[Snowflake, Snowflake]]
    total: int
    score: float | None = None
    more: bool = False


async def by_time(unit: Unit, place: Place, expression: Expression, span: Span) -> Hits:
    """A page in the order of time."""
    segments = await _segments(unit, place, span)
    if not span.newest_first:
        segments.sort(key=lambda row: int(row["first_id"]))
    total = 0
    found: list[tuple[int, Snowflake]] = []
    size, asked = _FIRST, 0
    while segments:
        portion, segments = segments[:size], segments[size:]
        asked += len(portion)
        rows = await unit.all(
            queries.FIND,
            [within(expression, str(row["number"])) for row in portion],
            list(place.channel_ids),
            span.above,
            span.below,
            list(place.hidden_authors),
            "1" if span.newest_first else "-1",
            span.depth,
        )
        total += rows[0]["total"] if rows else 0
        found += [(int(row["id"]), row["channel_id"]) for row in rows]
        found.sort(reverse=span.newest_first)
        del found[span.depth :]
        if total >= span.most and _is_settled(found, segments, span):
            break
        size = _next(size, asked, total, span.most)
    page = [(channel_id, Snowflake(str(it))) for it, channel_id in found[span.offset :]]
    return Hits(places=page, total=min(total, span.most), more=total > span.depth)


async def by_relevance(
    unit: Unit,
    place: Place,
    expression: Expression,
    span: Span,
    after: tuple[float, Snowflake] | None = None,
) -> Hits:
    """A page of the most relevant among the newest ten thousand or so."""
    segments = await _segments(unit, place, span)
    score, id_ = after or (None, "0")
    total = 0
    found: list[tuple[float, int, Snowflake]] = []
    size, asked = _FIRST, 0
    while segments:
        portion, segments = segments[:size], segments[size:]
        asked += len(portion)
        rows = await unit.all(
            queries.RANK,
            [within(expression, str(row["number"])) for row in portion],
            list(place.channel_ids),
            span.above,
            span.below,
            list(place.hidden_authors),
            score,
            id_,
            span.depth,
        )
        total += rows[0]["total"] if rows else 0
        found += [(row["score"], int(row["id"]), row["channel_id"]) for row in rows]
        if total >= span.most:
            break
        size = _next(size, asked, total, span.most)
    found.sort(reverse=True)
    page = found[span.offset : span.depth]
    return Hits(
        places=[(channel_id, Snowflake(str(it))) for _, it, channel_id in page],
        total=min(total, span.most),
        score=page[-1][0] if page else None,
        more=len(found) >= span.depth,
    )


async def _segments(unit: Unit, place: Place, span: Span) -> list[Row]:
    if not place.channel_ids or not place.scopes:
        return []
    return await unit.all(queries.SEGMENTS, list(place.scopes), span.above, span.below)


def _next(size: int, asked: int, total: int, most: int) -> int:
    """How many segments to ask next: more and more, but not many more than will be enough."""
    grown = min(size * _GROWTH, _LARGEST)
    if not total or total >= most:
        return grown
    return min(grown, -(-(most - total) * asked // total))


def _is_settled(found: Sequence[tuple[int, Snowflake]], rest: Sequence[Row], span: Span) -> bool:
    """Whether nothing in the segments that are left can belong to the page."""
    if len(found) < span.depth:
        return False
    last = found[-1][0]
    if span.newest_first:
        return all(int(row["last_id"]) < last for row in rest[:1])
    return all(int(row["first_id"]) > last for row in rest[:1])
