"""Files that were made and can be made again: so many bytes of them on this machine, no more."""

import asyncio
import os
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from rift.files.disk import DiskStore

_SHELF: Final = "made"
_UNUSED_S: Final = 7 * 86_400.0
_SEEN_EVERY_S: Final = 3600.0
_SMALL: Final = 64 * 1024
_MOST_AT_HAND: Final = 16 * 1024 * 1024
_SLACK: Final = 16
"""A sweep begins when a sixteenth of the room was filled since the last one, and frees as much."""


class Cellar:
    """Kept on the disk, wherever the store is: what another machine needs it makes for itself.

    What was not asked for the longest time goes first, and after a week in any case. What is small
    and asked for often is in memory as well.
    """

    def __init__(self, root: Path, most_bytes: int) -> None:
        self._root = root
        self._most_bytes = most_bytes
        self._store = DiskStore(root)
        self._added = most_bytes
        """Bytes since the last sweep. The first file looks what an earlier process left."""
        self._sweeping = asyncio.Lock()
        self._at_hand: OrderedDict[str, bytes] = OrderedDict()
        self._bytes_at_hand = 0

    async def open(self) -> None:
        await self._store.open()

    async def size(self, name: str) -> int | None:
        """How long a file is; asking for it keeps it."""
        known = self._at_hand.get(name)
        if known is not None:
            self._at_hand.move_to_end(name)
            return len(known)
        seen = await asyncio.to_thread(_seen, self._root / _key(name))
        if isinstance(seen, bytes):
            self._keep_at_hand(name, seen)
            return len(seen)
        return seen

    def read(self, name: str, start: int, end: int) -> AsyncIterator[bytes]:
        known = self._at_hand.get(name)
        if known is not None:
            return _whole(known[start:end])
        return self._store.read(_key(name), start, end)

    async def add(self, name: str, content: bytes) -> None:
        await self._store.write(_key(name), _whole(content))
        if len(content) <= _SMALL:
            self._keep_at_hand(name, content)
        self._added += len(content)
        if self._added > self._most_bytes // _SLACK and not self._sweeping.locked():
            async with self._sweeping:
                self._added = 0
                await asyncio.to_thread(_sweep, self._root / _SHELF, self._most_bytes)

    def _keep_at_hand(self, name: str, content: bytes) -> None:
        known = self._at_hand.pop(name, b"")
        self._at_hand[name] = content
        self._bytes_at_hand += len(content) - len(known)
        while self._bytes_at_hand > _MOST_AT_HAND:
            self._bytes_at_hand -= len(self._at_hand.popitem(last=False)[1])


class _Found(NamedTuple):
    used_at: float
    size: int
    path: Path


def _key(name: str) -> str:
    return f"{_SHELF}/{name[:2]}/{name}"


async def _whole(content: bytes) -> AsyncIterator[bytes]:
    yield content


def _seen(path: Path) -> bytes | int | None:
    """What is in a small file, how long a large one is."""
    try:
        with path.open("rb") as file:
            stat = os.fstat(file.fileno())
            if time.time() - stat.st_mtime > _SEEN_EVERY_S:
                os.utime(file.fileno())
            return file.read() if stat.st_size <= _SMALL else stat.st_size
    except FileNotFoundError:
        return None


def _sweep(shelf: Path, most_bytes: int) -> None:
    """Remove the longest unused until there is room again; other processes may do the same."""
    files = sorted(_files(shelf))
    total = sum(file.size for file in files)
    wanted = most_bytes - 2 * (most_bytes // _SLACK)
    forgotten = time.time() - _UNUSED_S
    for file in files:
        if total <= wanted and file.used_at > forgotten:
            return
        with suppress(FileNotFoundError):
            file.path.unlink()
        total -= file.size


def _files(shelf: Path) -> Iterator[_Found]:
    for path in shelf.glob("*/*"):
        with suppress(FileNotFoundError):
            stat = path.stat()
            yield _Found(stat.st_mtime, stat.st_size, path)
