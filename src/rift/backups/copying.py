"""Copies the files of an instance into a backup, those that an earlier one has by linking them."""

import asyncio
import hashlib
import os
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

import msgspec

from rift.backups.failure import Damaged
from rift.backups.manifest import (
    FILES,
    LISTING,
    Entry,
    Files,
    entries,
    new_file,
    part,
    sealed,
)
from rift.backups.progress import Tell
from rift.files import Missing, Store
from rift.files.durable import make_folder, write_all
from rift.files.moving import FOLDERS

_WORTH_A_PAUSE_S: Final = 0.05


class Pace:
    """So many bytes a second and no more; with 0 as fast as it goes."""

    def __init__(self, bytes_per_s: int = 0) -> None:
        self._bytes_per_s = bytes_per_s
        self._free_at = 0.0

    async def spend(self, size: int) -> None:
        """Wait until that much more may be read."""
        if not self._bytes_per_s:
            return
        now = time.monotonic()
        self._free_at = max(self._free_at, now) + size / self._bytes_per_s
        if self._free_at > now + _WORTH_A_PAUSE_S:
            await asyncio.sleep(self._free_at - now)


class Copier:
    """Fills one backup; `before` is the newest of the earlier ones on the same shelf."""

    def __init__(self, store: Store, backup: Path, before: Path | None, pace: Pace) -> None:
        self._store = store
        self._root = backup / FILES
        self._backup = backup
        self._before = before
        self._pace = pace

    async def copy(self, kind: str, tell: Tell) -> Files:
        """All there are, each read back from the disk before it counts."""
        total = sum([1 async for _ in keys(self._store)])
        earlier = _Earlier(self._before)

        async def kept() -> AsyncIterator[Entry]:
            done = 0
            async for key in keys(self._store):
                size = await self._store.size(key)
                if size is not None:
                    yield self._linked(key, size, earlier.of(key)) or await self._copied(key)
                done += 1
                tell("files", min(done, total), total)

        return await self._list(kept(), kind, copied=True)

    async def list_only(self, kind: str, tell: Tell) -> Files:
        """Their names and lengths."""

        async def named() -> AsyncIterator[Entry]:
            done = 0
            async for key in keys(self._store):
                size = await self._store.size(key)
                if size is not None:
                    yield Entry(key=key, size=size)
                done += 1
                tell("files", done, 0)

        return await self._list(named(), kind, copied=False)

    async def _list(self, found: AsyncIterator[Entry], kind: str, *, copied: bool) -> Files:
        count = size = 0
        path = self._backup / LISTING
        with new_file(path) as descriptor, os.fdopen(descriptor, "wb", closefd=False) as listing:
            try:
                async for entry in found:
                    listing.write(msgspec.json.encode(entry) + b"\n")
                    count, size = count + 1, size + entry.size
            except Missing as error:
                raise Damaged("A file went away while it was copied.", "Try it again.") from error
        return Files(count=count, size=size, copied=copied, store=kind, listing=part(path))

    def _linked(self, key: str, size: int, earlier: Entry | None) -> Entry | None:
        """What the earlier backup has of it, if that is still what was written then."""
        if self._before is None or earlier is None or earlier.size != size:
            return None
        target = self._place(key)
        try:
            os.link(self._before / FILES / key, target)
        except OSError:
            return None
        if sealed(target) == (earlier.size, earlier.sha256):
            return earlier
        target.unlink()
        return None

    async def _copied(self, key: str) -> Entry:
        target, digest, size = self._place(key), hashlib.sha256(), 0
        with new_file(target) as descriptor:
            async for piece in self._store.read(key):
                await self._pace.spend(len(piece))
                digest.update(piece)
                size += write_all(descriptor, piece)
        if sealed(target) != (size, digest.hexdigest()):
            raise Damaged(
                f"{key} reads differently than it was written.", "Look at the disk of the backups."
            )
        return Entry(key=key, size=size, sha256=digest.hexdigest())

    def _place(self, key: str) -> Path:
        target = self._root / key
        make_folder(target.parent)
        return target


async def keys(store: Store) -> AsyncIterator[str]:
    """The keys of everything that is to be kept, in their order."""
    for folder in FOLDERS:
        async for key in store.keys(folder):
            yield key


class _Earlier:
    """The list of an earlier backup, gone through beside the new one."""

    def __init__(self, backup: Path | None) -> None:
        self._entries: Iterator[Entry] = iter(()) if backup is None else entries(backup)
        self._next = next(self._entries, None)

    def of(self, key: str) -> Entry | None:
        """What it says of a key; asked for in the order of the keys."""
        while self._next is not None and self._next.key < key:
            self._next = next(self._entries, None)
        return self._next if self._next is not None and self._next.key == key else None
