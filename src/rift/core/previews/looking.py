"""What is behind a link: asked of the site once, and remembered for a while."""

import asyncio
from datetime import timedelta
from typing import Final
from weakref import WeakValueDictionary

import msgspec

from rift.core.house import House
from rift.core.previews import drawing, images, oembed, pages, queries
from rift.core.previews.pages import Facts, Picture
from rift.core.unit import Unit
from rift.fetching import Ask, Fetched, NotFetched, Portion, Why
from rift.wire.embeds import Embed

_FOUND: Final = timedelta(days=1)
_NOTHING: Final = timedelta(minutes=30)
_UNWELL: Final = timedelta(minutes=2)
_PASSING: Final = frozenset({Why.NETWORK, Why.DEADLINE, Why.NAME})
"""What may be different in a moment."""
_PAGE_BYTES: Final = 1024 * 1024
_JSON_BYTES: Final = 64 * 1024
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
_JSON: Final = frozenset({"application/json", "application/json+oembed", "text/json+oembed"})
_ACCEPT: Final = "text/html,application/xhtml+xml,image/*;q=0.9,video/*;q=0.8"
_MOST_KNOWN: Final = 100_000


class Looker:
    """Looks for one process; what two messages link to at once is asked for once."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._at_it = WeakValueDictionary[str, asyncio.Lock]()

    async def look(self, url: str) -> Embed | None:
        """The embed of a link, without its `url`; None where there is nothing to show."""
        hash_ = images.hashed(url)
        lock = self._at_it.get(hash_) or asyncio.Lock()
        self._at_it[hash_] = lock
        async with lock:
            async with Unit(self._house, reading=True) as unit:
                row = await unit.maybe(queries.KNOWN, hash_, unit.now())
            if row is not None:
                return None if row["embed"] is None else msgspec.convert(row["embed"], Embed)
            embed, lasts = await self._asked(url)
            async with Unit(self._house) as unit:
                await unit.run(queries.KEEP, hash_, embed, unit.now() + lasts)
            return embed

    async def _asked(self, url: str) -> tuple[Embed | None, timedelta]:
        try:
            fetched = await self._house.fetcher.fetch(url, Ask(_ACCEPT, self._takes))
        except NotFetched as failure:
            return None, _UNWELL if failure.why in _PASSING else _NOTHING
        embed = await self._embed(fetched)
        return embed, _NOTHING if embed is None else _FOUND

    def _takes(self, content_type: str) -> Portion | None:
        if content_type in _PAGES:
            return Portion(_PAGE_BYTES)
        if content_type.startswith("video/"):
            return Portion(0)
        return images.takes(content_type, self._house.settings.previews.image_bytes)

    async def _embed(self, fetched: Fetched) -> Embed | None:
        if fetched.content_type in _PAGES:
            return await self._page(fetched)
        media = None
        if fetched.body:
            media = await images.keep(self._house, Picture(fetched.url), fetched.body)
        return drawing.of_file(fetched.url, fetched.content_type, media)

    async def _page(self, fetched: Fetched) -> Embed | None:
        facts = await asyncio.to_thread(_read, fetched)
        if facts.oembed:
            facts = await self._more(facts)
        thumbnail = await images.fetched(self._house, facts.image) if facts.image else None
        return drawing.of_page(facts, thumbnail)

    async def _more(self, facts: Facts) -> Facts:
        """What the site tells by oEmbed; without it, what is known is enough."""
        try:
            answer = await self._house.fetcher.fetch(
                facts.oembed, Ask("application/json", _takes_json)
            )
        except NotFetched:
            return facts
        return oembed.added(facts, answer.body, answer.url)


def _takes_json(content_type: str) -> Portion | None:
    return Portion(_JSON_BYTES, whole=True) if content_type in _JSON else None


def _read(fetched: Fetched) -> Facts:
    return pages.read(pages.decoded(fetched.body, fetched.charset), fetched.url)


async def prune(unit: Unit) -> None:
    """Forget what is too old, or more than there is room for."""
    await unit.run(queries.PRUNE, unit.now(), _MOST_KNOWN)
    await images.prune(unit)
