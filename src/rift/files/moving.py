"""Copies all files from one place to another, as often as it takes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Final, NamedTuple

from rift.files.store import Missing, Store, StoreDown

FOLDERS: Final = ("attachments", "emojis", "images", "previews", "renditions", "sounds", "stickers")
"""Everything but what is still being uploaded, which whoever uploads it begins anew."""

_AT_ONCE: Final = 4

Tell = Callable[[str, int], None]
"""Hears of each file and its length once it is there."""


class Moved(NamedTuple):
    files: int
    size: int
    copied: int


async def total(source: Store) -> int:
    """How many files there are."""
    return sum([1 async for _ in _all(source)])


async def move(source: Store, target: Store, tell: Tell) -> Moved:
    """Copy what is not there yet in its whole length, and compare the lengths afterwards."""
    turns = asyncio.Semaphore(_AT_ONCE)
    sizes: list[int] = []
    copied: list[str] = []

    async def one(key: str) -> None:
        try:
            size = await source.size(key)
            if size is not None:
                if await target.size(key) != size:
                    await _copy(source, target, key, size)
                    copied.append(key)
                sizes.append(size)
                tell(key, size)
        except Missing:
            pass  # it was deleted while it was copied
        finally:
            turns.release()

    async with asyncio.TaskGroup() as copying:
        async for key in _all(source):
            await turns.acquire()
            copying.create_task(one(key))
    return Moved(len(sizes), sum(sizes), len(copied))


async def _copy(source: Store, target: Store, key: str, size: int) -> None:
    written = await target.write(key, source.read(key))
    there = await target.size(key)
    if (written, there) != (size, size):
        raise StoreDown(f"{key} has {size} bytes here and {there} there")


async def _all(source: Store) -> AsyncIterator[str]:
    for folder in FOLDERS:
        async for key in source.keys(folder):
            yield key
