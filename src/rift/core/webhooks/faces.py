"""The names and pictures by which single messages of a webhook are signed.

A picture is named by an address. Nobody goes there before somebody looks at it: then it is fetched
as the images of previews are, and kept and removed among them.
"""

import asyncio
from collections import OrderedDict
from datetime import timedelta
from typing import Final
from weakref import WeakValueDictionary

from rift.core.house import House
from rift.core.messages import people
from rift.core.previews import images
from rift.core.previews.pages import Picture
from rift.core.unit import Row, Unit
from rift.core.webhooks import naming, queries
from rift.wire.users import User

_AGAIN: Final = timedelta(minutes=10)
_LETTERS: Final = 32
_REMEMBERED: Final = 4096


async def worn(unit: Unit, row: Row, name: str | None, url: str | None) -> User:
    """The author of a message, as its sender wants it to look."""
    shown = row["name"] if name is None else naming.checked(name, "username")
    if not url:
        return people.disguised(row["id"], shown, row["avatar"])
    hash_ = images.hashed(url)[:_LETTERS]
    async with Unit(unit.house) as note:
        await note.run(queries.WEAR, row["id"], hash_, row["guild_id"], url)
    return people.disguised(row["id"], shown, hash_)


class Faces:
    """Finds such a picture for who looks at it; many at once make one of them go for it."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._known: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._at_it = WeakValueDictionary[tuple[str, str], asyncio.Lock]()

    async def token(self, webhook_id: str, hash_: str) -> str | None:
        """Under which it lies among the images of previews; None where there is none."""
        face = (webhook_id, hash_)
        lock = self._at_it.setdefault(face, asyncio.Lock())
        async with lock:
            if face not in self._known:
                found = await self._found(*face)
                if found is None:
                    return None
                self._known[face] = found
                if len(self._known) > _REMEMBERED:
                    self._known.popitem(last=False)
            return self._known[face]

    async def _found(self, webhook_id: str, hash_: str) -> str | None:
        async with Unit(self._house, reading=True) as unit:
            row = await unit.maybe(queries.FACE, webhook_id, hash_)
        if row is None or not self._house.settings.previews.enabled:
            return None
        known = await images.token(self._house, row["url"])
        if known is not None:
            return known
        async with Unit(self._house) as unit:
            now = unit.now()
            if not await unit.run(queries.TRY_FACE, webhook_id, hash_, now, now - _AGAIN):
                return None
        await images.fetched(self._house, Picture(row["url"]))
        return await images.token(self._house, row["url"])
