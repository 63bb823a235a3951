"""Keeps the index true: reads what was written, changed and deleted, and what was there before."""

import asyncio
import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from rift import events
from rift.core.bells import Bell
from rift.core.house import House
from rift.core.offices import Office, Officer
from rift.core.search import queries, segments
from rift.core.search.documents import Document, document
from rift.core.search.segments import in_turn
from rift.core.search.typos import is_kept, keys
from rift.core.search.watching import Watch
from rift.core.unit import Row, Unit
from rift.db.conflicts import NEVER

_log = logging.getLogger(__name__)
_AT_ONCE: Final = 64
"""Messages of one step: others have their turn after a few milliseconds."""
_FADED_AT_ONCE: Final = 20
_KNOWN: Final = 400_000
_BREATH_S: Final = 0.005
_UNFIT: Final = (*NEVER, ArithmeticError, LookupError, TypeError, ValueError)
"""What the next try would not make better."""

_FIRST_STRETCH: Final = 3_600_000 << 22
"""The ids of an hour. A stretch grows while little is found in it, and shrinks when it is much."""
_LONGEST_STRETCH: Final = _FIRST_STRETCH * 24 * 365


class Indexer(Officer):
    """One process of the instance has one at work."""

    office = bell = Bell.SEARCH
    rung_by = (
        events.MessageCreate,
        events.MessageUpdate,
        events.MessageDelete,
        events.MessageDeleteBulk,
        events.ChannelPinsUpdate,
    )
    pace_s = 0.1

    def __init__(self, house: House, holds: Office) -> None:
        super().__init__(house, holds)
        self._watch = Watch()
        self._known: set[tuple[str, str]] = set()
        """Words that are kept already, by where: most words of a message are no news."""
        self._stretch = _FIRST_STRETCH
        self._at_once = _AT_ONCE

    async def step(self) -> bool:
        """Do what is most urgent: what is new, then what is old, then what is gone."""
        busy = await self._follow() or await self._catch_up() or await self._fade()
        if self._watch.waits:
            async with Unit(self._house) as unit:
                await self._watch.tell(unit)
        if busy:
            await asyncio.sleep(0)
        return busy

    async def due_at(self) -> datetime | None:
        """Soon, where somebody is to be told of what was found."""
        return self._house.clock() if self._watch.waits else None

    async def _follow(self) -> bool:
        """Index messages of the queue; whether there were any."""
        try:
            found = await self._take(self._at_once)
        except _UNFIT:
            if self._at_once > 1:  # one of them is not like the others: it is to fail alone
                self._at_once = 1
            else:
                await self._pass_over()
            return True
        self._at_once = min(self._at_once * 2, _AT_ONCE)
        return found

    async def _take(self, most: int) -> bool:
        async with Unit(self._house) as unit:
            taken = await unit.all(queries.TAKE, most)
            if not taken:
                return False
            rows = await unit.all(
                queries.QUEUED, [row["channel_id"] for row in taken], [row["id"] for row in taken]
            )
            # One that was queued twice is there twice.
            documents = await _documents({row["id"]: row for row in rows}.values())
            there = {it.id for it in documents}
            gone = [row["id"] for row in taken if row["id"] not in there]
            if gone:
                await unit.run(queries.DROP, gone)
            await self._index(unit, documents)
            fresh = {row["id"] for row in taken if row["fresh"]}
            await self._watch.look(unit, [it for it in documents if it.id in fresh])
        return True

    async def _pass_over(self) -> None:
        """Leave out a message that cannot be indexed: it must not keep all others from it."""
        async with Unit(self._house) as unit:
            for row in await unit.all(queries.TAKE, 1):
                _log.exception("message %s cannot be indexed", row["id"])

    async def _index(self, unit: Unit, documents: Sequence[Document]) -> None:
        if documents:
            await segments.put(unit, documents)
            await self._learn(unit, documents)

    async def _learn(self, unit: Unit, documents: Iterable[Document]) -> None:
        """Keep the words that were not seen before."""
        said = {(it.scope, text) for it in documents for text in it.plain if is_kept(text)}
        unknown = sorted(said - self._known)
        if not unknown:
            return
        await unit.run(
            queries.LEARN,
            [scope for scope, _ in unknown],
            [text for _, text in unknown],
            ["{" + ",".join(keys(scope, text)) + "}" async for scope, text in in_turn(unknown)],
        )
        if len(self._known) > _KNOWN:
            self._known.clear()
        self._known.update(unknown)

    async def _catch_up(self) -> bool:
        """Index a stretch of what was written before there was an index; whether there is more."""
        async with Unit(self._house) as unit:
            row = await unit.maybe(queries.BACKFILL)
            if row is None:
                return False
            if int(row["reached"]) < int(row["oldest"]):
                await unit.run(queries.BACKFILL_ENDED)
                _log.info("the index is complete: %s messages from before", row["indexed"])
                return True
            await self._reach_back(unit, row)
        await asyncio.sleep(_BREATH_S)
        return True

    async def _reach_back(self, unit: Unit, row: Row) -> None:
        upper = int(row["reached"])
        lower = max(upper - self._stretch, int(row["oldest"]) - 1, 0)
        most = _AT_ONCE * 4
        found = await unit.one(queries.EARLIER_COUNT, str(lower), str(upper), most)
        while found["count"] >= most and upper - lower > 1:
            self._stretch = max(self._stretch // 2, 1)
            lower = max(upper - self._stretch, lower)
            found = await unit.one(queries.EARLIER_COUNT, str(lower), str(upper), most)
        rows = await unit.all(queries.EARLIER, str(lower), str(upper))
        documents = await _documents(rows)
        await self._index(unit, documents)
        await unit.run(queries.BACKFILLED, str(lower), len(documents))
        if len(documents) < most // 4:
            self._stretch = min(self._stretch * 2, _LONGEST_STRETCH)

    async def _fade(self) -> bool:
        """Forget the words that nobody says any more; whether there was anything to look at."""
        async with Unit(self._house) as unit:
            row = await unit.one(queries.FADE, _FADED_AT_ONCE)
        if row["count"]:
            self._known.clear()  # some may have to be learnt again
        return bool(row["count"])


async def _documents(rows: Iterable[Row]) -> list[Document]:
    return [document(row) async for row in in_turn(rows)]


async def prune(unit: Unit) -> None:
    """Drop what is left of guilds and private channels that are no more."""
    await unit.run(queries.PRUNE_SEGMENTS, _PRUNED_AT_ONCE)
    await unit.run(queries.PRUNE_WORDS, _PRUNED_AT_ONCE)


_PRUNED_AT_ONCE: Final = 5000
