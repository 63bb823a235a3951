"""Files of a provider of GIFs, fetched when a reader looks at them and kept on this machine."""

import asyncio
from functools import partial
from hashlib import sha256
from typing import Final
from weakref import WeakValueDictionary

from rift.core.house import House
from rift.doors.site.cdn.answers import Thing
from rift.doors.site.cdn.wishes import NotAnImage
from rift.fetching import NotFetched
from rift.files import Missing
from rift.files.cellar import Cellar
from rift.media import HEAD_BYTES, kind_of

_FOR_A_DAY: Final = "public, max-age=86400"
_FAMILIES: Final = frozenset({"image", "video"})


class Borrowing:
    """Readers call nobody: what they are shown of others' files comes through here, by signed
    addresses alone, and once for all of them.
    """

    def __init__(self, house: House, cellar: Cellar) -> None:
        self._house = house
        self._cellar = cellar
        self._at_it = WeakValueDictionary[str, asyncio.Lock]()

    async def thing(self, signature: str, coded: str) -> Thing:
        """The file an address stands for."""
        url = self._house.links.lent(signature, coded)
        if url is None or self._house.gifs is None:
            raise Missing
        name = sha256(url.encode()).hexdigest()
        async with self._at_it.setdefault(name, asyncio.Lock()):
            size = await self._cellar.size(name)
            if size is None:
                size = await self._fetch(url, name)
        read = partial(self._cellar.read, name)
        head = b"".join([piece async for piece in read(0, min(size, HEAD_BYTES))])
        return Thing(size, read, kind_of(head).content_type, f'"{name[:32]}"', _FOR_A_DAY)

    async def _fetch(self, url: str, name: str) -> int:
        if self._house.gifs is None:
            raise Missing
        try:
            body = await self._house.gifs.file(url)
        except NotFetched:
            raise Missing from None
        kind = kind_of(body[:HEAD_BYTES])
        if kind.family not in _FAMILIES or not kind.inline:
            raise NotAnImage
        await self._cellar.add(name, body)
        return len(body)
