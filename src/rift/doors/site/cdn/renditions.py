"""Renditions of images: made once, kept in the cellar, and never more than can be made."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from importlib.metadata import version
from typing import Final, NamedTuple
from weakref import WeakValueDictionary

import msgspec

from rift.core.accounts.throttles import network_of
from rift.errors import RateLimited
from rift.files import Store
from rift.files.cellar import Cellar
from rift.media import Made, Rendition, Unreadable, Workshop, can_play_video
from rift.protocols.ratelimit import Throttle

_LARGEST_SOURCE: Final = 256 * 1024 * 1024
_PER_ADDRESS: Final = 300
_PER_S: Final = 60.0
_REMEMBERED: Final = 4096
_FAILED_S: Final = 600.0
_VERSION: Final = version("rift")
"""Drawings may change with it."""


class Source(NamedTuple):
    """A file that something is made of."""

    key: str
    size: int


class Kept(NamedTuple):
    """What was made, and under which name the cellar has it."""

    name: str
    size: int


class Renditions:
    """Who asks for what is being made waits for it; who was first makes it.

    What could not be made is remembered for a while, so that nobody keeps us busy with it.
    """

    def __init__(
        self, store: Store, workshop: Workshop, cellar: Cellar, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._workshop = workshop
        self._cellar = cellar
        self._clock = clock
        self._making: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._failed: OrderedDict[str, float] = OrderedDict()
        self._throttle: Throttle | None = Throttle(_PER_ADDRESS, _PER_S)

    def lift_limits(self) -> None:
        """Make whatever is asked for, by whom ever."""
        self._throttle = None

    async def of_image(self, source: Source, rendition: Rendition, address: str) -> Kept:
        """An image as it is wished for; address is who asks."""
        name = _name(source.key, rendition)
        return await self._kept(name, address, source, partial(self._render, source, rendition))

    async def of_film(self, source: Source, rendition: Rendition, address: str) -> Kept:
        """A picture out of a film."""
        name = _name(source.key, rendition)
        return await self._kept(name, address, source, partial(self._picture, source, rendition))

    async def drawn(self, number: int, side: int) -> Kept:
        """The avatar of somebody who has none."""
        name = _name(f"avatar {number} {side} {_VERSION}")
        return await self._kept(name, "", None, partial(self._workshop.avatar, number, side))

    async def _kept(
        self, name: str, address: str, source: Source | None, make: Callable[[], Awaitable[Made]]
    ) -> Kept:
        size = await self._cellar.size(name)
        if size is None:
            making = self._making.setdefault(name, asyncio.Lock())
            async with making:
                size = await self._cellar.size(name)
                if size is None:
                    if source is not None:
                        self._admit(name, source.size, address)
                    size = await self._make(name, make)
        return Kept(name, size)

    async def _make(self, name: str, make: Callable[[], Awaitable[Made]]) -> int:
        try:
            made = await make()
        except Unreadable:
            self._note_failure(name)
            raise
        await self._cellar.add(name, made.data)
        return len(made.data)

    async def _render(self, source: Source, rendition: Rendition) -> Made:
        async with self._store.local(source.key) as path:
            return await self._workshop.render(path, rendition)

    async def _picture(self, source: Source, rendition: Rendition) -> Made:
        if not can_play_video():
            raise Unreadable("films are not opened here")
        async with self._store.local(source.key) as path:
            return await self._workshop.poster(path, rendition)

    def _admit(self, name: str, size: int, address: str) -> None:
        now = self._clock().timestamp()
        if size > _LARGEST_SOURCE or self._failed.get(name, 0.0) > now:
            raise Unreadable("it is too large, or was tried already")
        if self._throttle is not None:
            wait_s = self._throttle.attempt(network_of(address), now)
            if wait_s:
                raise RateLimited(wait_s)

    def _note_failure(self, name: str) -> None:
        self._failed[name] = self._clock().timestamp() + _FAILED_S
        if len(self._failed) > _REMEMBERED:
            self._failed.popitem(last=False)


def _name(key: str, rendition: Rendition | None = None) -> str:
    text = f"{key} ".encode() + msgspec.json.encode(rendition)
    return hashlib.blake2b(text, digest_size=20).hexdigest()
