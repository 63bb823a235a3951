"""Renditions of images: made once, kept in the cellar, and never more than can be made."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from typing import Final
from weakref import WeakValueDictionary

import msgspec

from rift.core.accounts.throttles import network_of
from rift.errors import RateLimited
from rift.files import Store
from rift.files.cellar import Cellar
from rift.media import Rendition, Unreadable, Workshop
from rift.protocols.ratelimit import Throttle

_LARGEST_SOURCE: Final = 256 * 1024 * 1024
_PER_ADDRESS: Final = 300
_PER_S: Final = 60.0
_REMEMBERED: Final = 4096
_FAILED_S: Final = 600.0


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

    async def size(self, key: str, size: int, rendition: Rendition, address: str) -> int:
        """How long the rendition is of a file so long; it is there then."""
        name = name_of(key, rendition)
        found = await self._cellar.size(name)
        if found is not None:
            return found
        making = self._making.setdefault(name, asyncio.Lock())
        async with making:
            found = await self._cellar.size(name)
            if found is not None:
                return found
            self._admit(name, size, address)
            return await self._make(name, key, rendition)

    async def _make(self, name: str, key: str, rendition: Rendition) -> int:
        try:
            async with self._store.local(key) as path:
                made = await self._workshop.render(path, rendition)
        except Unreadable:
            self._note_failure(name)
            raise
        await self._cellar.add(name, made.data)
        return len(made.data)

    def _admit(self, name: str, size: int, address: str) -> None:
        now = self._clock().timestamp()
        if size > _LARGEST_SOURCE or self._failed.get(name, 0.0) > now:
            raise Unreadable("it was tried already")
        if self._throttle is not None:
            wait_s = self._throttle.attempt(network_of(address), now)
            if wait_s:
                raise RateLimited(wait_s)

    def _note_failure(self, name: str) -> None:
        self._failed[name] = self._clock().timestamp() + _FAILED_S
        if len(self._failed) > _REMEMBERED:
            self._failed.popitem(last=False)


def name_of(key: str, rendition: Rendition) -> str:
    """A rendition's name in the cellar, and a part of its tag."""
    text = f"{key} ".encode() + msgspec.json.encode(rendition)
    return hashlib.blake2b(text, digest_size=20).hexdigest()
