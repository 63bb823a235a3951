"""Tells people of new messages that their saved searches find, as far as they may read them."""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import msgspec
from msgspec import UNSET

from rift import events
from rift.core import access
from rift.core.search import queries
from rift.core.search.criteria import Criteria
from rift.core.search.documents import Document
from rift.core.search.expressions import AllOf
from rift.core.search.folding import language
from rift.core.search.scopes import READS
from rift.core.unit import Row, Unit
from rift.snowflake import Snowflake, decode_hook
from rift.wire.search import Filters, SavedSearchHit

_PAUSE_S: Final = 1.0
"""A saved search tells no more often than this; what it finds meanwhile is told together."""
_MOST_FOUND: Final = 100
"""Of so many hits one is told at once; how many more there were nobody needs to know."""
_MOST_REMEMBERED: Final = 10_000
_ANY: Final = ""


class Saved(msgspec.Struct, frozen=True, kw_only=True):
    """A search whose owner wants to hear of what it finds."""

    id: Snowflake
    user_id: Snowflake
    guild_id: Snowflake | None
    channel_id: Snowflake | None
    wanted: AllOf

    def finds(self, found: Document) -> bool:
        """Whether a message is one of those it is for, and in its place."""
        if found.author_id == self.user_id:
            return False
        if self.guild_id is not None and found.scope != self.guild_id:
            return False
        if self.channel_id is not None and found.channel_id != self.channel_id:
            return False
        return self.wanted.holds(found.places)


class Hit(NamedTuple):
    """A message that was found, and where it is."""

    id: Snowflake
    channel_id: Snowflake
    scope: Snowflake
    author_id: Snowflake


class Watch:
    """Holds each new message against those searches that want one of its words or marks."""

    def __init__(self) -> None:
        self._version = ""
        self._by_anchor: dict[str, list[Saved]] = {}
        self._found: defaultdict[str, list[Hit]] = defaultdict(list)
        self._searches: dict[str, Saved] = {}
        self._told: dict[str, float] = {}
        """When a search told last."""

    async def look(self, unit: Unit, documents: Sequence[Document]) -> None:
        """Note what is found among new messages."""
        if documents:
            await self._refresh(unit)
        if not self._by_anchor:
            return
        for it in documents:
            for saved in self._candidates(it):
                hits = self._found[saved.id]
                if saved.finds(it) and len(hits) < _MOST_FOUND:
                    hits.append(Hit(it.id, it.channel_id, it.scope, it.author_id))

    async def tell(self, unit: Unit) -> None:
        """Tell the owners of what was found, those who were not told just now."""
        now = time.monotonic()
        due = [it for it in self._found if now - self._told.get(it, -_PAUSE_S) >= _PAUSE_S]
        for id_ in due:
            hits = self._found.pop(id_)
            saved = self._searches.get(id_)
            if hits and saved is not None:
                self._told[id_] = now
                await _tell(unit, saved, hits)
        if len(self._told) > _MOST_REMEMBERED:
            self._told.clear()

    @property
    def waits(self) -> bool:
        """Whether something was found that nobody was told of yet."""
        return bool(self._found)

    async def _refresh(self, unit: Unit) -> None:
        """Read the searches again when any has changed."""
        version = (await unit.one(queries.SAVED_VERSION))["version"]
        if version == self._version:
            return
        by_anchor: defaultdict[str, list[Saved]] = defaultdict(list)
        searches = [_saved(row) for row in await unit.all(queries.WATCHING)]
        for saved in searches:
            for anchor in saved.wanted.anchors() or {_ANY}:
                by_anchor[anchor].append(saved)
        self._searches = {saved.id: saved for saved in searches}
        self._by_anchor, self._version = dict(by_anchor), version

    def _candidates(self, found: Document) -> Iterator[Saved]:
        seen = set[str]()
        for anchor in (_ANY, *found.places):
            for saved in self._by_anchor.get(anchor, ()):
                if saved.id not in seen:
                    seen.add(saved.id)
                    yield saved


async def _tell(unit: Unit, saved: Saved, hits: Sequence[Hit]) -> None:
    """Tell of the newest of those that the owner may read at this moment."""
    blocked = {row["other_id"] for row in await unit.all(queries.BLOCKED, saved.user_id)}
    channels = {it.channel_id for it in hits}
    open_ = {it for it in channels if await access.may(unit, saved.user_id, it, READS)}
    readable = [it for it in hits if it.channel_id in open_ and it.author_id not in blocked]
    if not readable:
        return
    newest = max(readable, key=lambda it: int(it.id))
    hit = SavedSearchHit(
        saved_search_id=saved.id,
        channel_id=newest.channel_id,
        message_id=newest.id,
        guild_id=UNSET if newest.scope == newest.channel_id else newest.scope,
        count=len(readable),
    )
    unit.emit(events.SavedSearchHit(data=hit, to=(saved.user_id,)))


def _saved(row: Row) -> Saved:
    filters = msgspec.convert(row["query"], Filters, dec_hook=decode_hook)
    languages = [it for it in (language(row["locale"]),) if it]
    return Saved(
        id=row["id"],
        user_id=row["user_id"],
        guild_id=row["guild_id"],
        channel_id=row["channel_id"],
        wanted=Criteria(filters, languages).strictly(),
    )
