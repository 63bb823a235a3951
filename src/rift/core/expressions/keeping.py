"""The files of emojis, stickers and sounds: written before their rows, cleared away after them.

A row may go in many ways, with its guild for one, and a unit may fail after its file was written.
So nobody removes a file along with a row: whatever has none is collected.
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Final, LiteralString

from rift import errors
from rift.core.backups.holding import may_remove
from rift.core.expressions import queries
from rift.core.house import House
from rift.core.unit import Unit
from rift.files import StoreDown
from rift.snowflake import Snowflake, created_at, parse

_AT_ONCE: Final = 500
_UNDER_WAY: Final = timedelta(hours=1)
"""A file this young may only wait for its row."""


async def keep(unit: Unit, folder: str, id_: Snowflake, data: bytes) -> None:
    """Write the file of something that is about to be."""
    try:
        await unit.house.files.write(f"{folder}/{id_}", _whole(data))
    except StoreDown as error:
        raise errors.StoreAway from error


async def collect(house: House) -> int:
    """Remove every file that belongs to nothing; how many there were."""
    removed = 0
    for folder, unknown in queries.UNKNOWN.items():
        batch: list[Snowflake] = []
        async for key in house.files.keys(folder):
            id_ = parse(key.rpartition("/")[2])
            if id_ is not None:
                batch.append(id_)
            if len(batch) >= _AT_ONCE:
                removed += await _remove(house, folder, unknown, batch)
                batch.clear()
        removed += await _remove(house, folder, unknown, batch)
    return removed


async def _remove(house: House, folder: str, unknown: LiteralString, ids: list[Snowflake]) -> int:
    before = house.clock() - _UNDER_WAY
    old = [id_ for id_ in ids if created_at(id_) < before]
    if not old:
        return 0
    async with Unit(house) as unit:
        if not await may_remove(unit):
            return 0
        gone = [row["id"] for row in await unit.all(unknown, old)]
        await house.files.remove([f"{folder}/{id_}" for id_ in gone])
    return len(gone)


async def _whole(data: bytes) -> AsyncIterator[bytes]:
    yield data
