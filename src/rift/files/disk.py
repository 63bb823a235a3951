"""Files on this machine's disk: written aside, synced, and then put in their place."""

import asyncio
import errno
import fcntl
import os
import time
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from itertools import islice
from pathlib import Path
from secrets import token_hex
from typing import Final, ParamSpec, TypeVar

from rift.files.durable import make_folder, sync_folder, write_all
from rift.files.store import PIECE, Missing, OutOfPlace, StoreDown, Taken, checked, gathered

_PRIVATE_FILE: Final = 0o600
_PRIVATE_DIRECTORY: Final = 0o700
_AT_ONCE: Final = 1024 * 1024
_ASIDE: Final = ".aside"
_STALE_S: Final = 86_400.0
_NOT_THERE: Final = {errno.ENOENT, errno.ENOTDIR}

P = ParamSpec("P")
T = TypeVar("T")


class DiskStore:
    """A key is a path under the root. What is being written lies aside, under no key."""

    is_near = True

    def __init__(self, root: Path) -> None:
        self._root = root
        self._aside = root / _ASIDE

    async def open(self) -> None:
        """Make the root, and clear away what a crash left aside."""
        await _off_loop(self._open)

    async def write(self, key: str, chunks: AsyncIterable[bytes]) -> int:
        target = self._path(key)
        draft = self._aside / token_hex(16)
        descriptor = await _off_loop(_create, draft)
        written = 0
        try:
            try:
                async for piece in gathered(chunks, _AT_ONCE):
                    written += await _off_loop(write_all, descriptor, piece)
                await _off_loop(os.fsync, descriptor)
            finally:
                os.close(descriptor)
            await _off_loop(_settle, draft, target)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        return written

    async def read(self, key: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        descriptor = await _off_loop(os.open, self._path(key), os.O_RDONLY | os.O_NOFOLLOW)
        try:
            at = start
            while end is None or at < end:
                most = PIECE if end is None else min(PIECE, end - at)
                piece = await _off_loop(os.pread, descriptor, most, at)
                if not piece:
                    return
                yield piece
                at += len(piece)
        finally:
            os.close(descriptor)

    async def size(self, key: str) -> int | None:
        try:
            return (await _off_loop(os.stat, self._path(key))).st_size
        except Missing:
            return None

    async def remove(self, keys: Sequence[str]) -> None:
        await _off_loop(self._remove, [self._path(key) for key in keys])

    async def keys(self, prefix: str, after: str = "") -> AsyncIterator[str]:
        folder = checked(prefix.rstrip("/"))
        names = self._walk(folder, after)
        while (some := await _off_loop(_some, names)) is not None:
            for key in some:
                yield key

    async def extend(self, key: str, offset: int, chunks: AsyncIterable[bytes]) -> int:
        with await _off_loop(self._begin, self._path(key), offset) as descriptor:
            extent = offset
            try:
                async for piece in gathered(chunks, _AT_ONCE):
                    extent += await _off_loop(write_all, descriptor, piece)
            finally:
                await _off_loop(os.fsync, descriptor)
            return extent

    async def extent(self, key: str) -> int:
        return await self.size(key) or 0

    async def finish(self, part: str, key: str) -> int:
        source = self._path(part)
        await _off_loop(_settle, source, self._path(key))
        return await self.size(key) or 0

    @asynccontextmanager
    async def local(self, key: str) -> AsyncIterator[Path]:
        path = self._path(key)
        await _off_loop(os.stat, path)
        yield path

    def _path(self, key: str) -> Path:
        return self._root / checked(key)

    def _open(self) -> None:
        self._root.mkdir(_PRIVATE_DIRECTORY, parents=True, exist_ok=True)
        self._aside.mkdir(_PRIVATE_DIRECTORY, exist_ok=True)
        for leftover in self._aside.iterdir():
            with suppress(FileNotFoundError):
                if leftover.stat().st_mtime < time.time() - _STALE_S:
                    leftover.unlink()

    def _remove(self, paths: Sequence[Path]) -> None:
        for path in paths:
            with suppress(FileNotFoundError, NotADirectoryError):
                path.unlink()
            # The folder goes with its last file.
            with suppress(OSError):
                path.parent.rmdir()

    def _begin(self, path: Path, offset: int) -> "_Closing":
        make_folder(path.parent)
        flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_APPEND | os.O_CLOEXEC
        descriptor = os.open(path, flags, _PRIVATE_FILE)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            extent = os.fstat(descriptor).st_size
            if extent != offset:
                raise OutOfPlace(extent)
        except BlockingIOError as error:
            os.close(descriptor)
            raise Taken from error
        except BaseException:
            os.close(descriptor)
            raise
        return _Closing(descriptor)

    def _walk(self, folder: str, after: str) -> Iterator[str]:
        """Depth first; a folder stands where its own keys stand in order."""
        with _scanned(self._root / folder) as entries:
            named = sorted(
                (f"{entry.name}/" if entry.is_dir() else entry.name) for entry in entries
            )
        for name in named:
            key = f"{folder}/{name}"
            if name.endswith("/"):
                if key > after or after.startswith(key):
                    yield from self._walk(key[:-1], after)
            elif key > after:
                yield key


class _Closing:
    """Closes a descriptor at the end, and with it gives up its lock."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def __enter__(self) -> int:
        return self._descriptor

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)


async def _off_loop(do: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do it in a thread; what the system says against it in our words."""
    try:
        return await asyncio.to_thread(do, *args, **kwargs)
    except OSError as error:
        if error.errno in _NOT_THERE:
            raise Missing from error
        raise StoreDown(error.strerror or str(error)) from error


@contextmanager
def _scanned(folder: Path) -> Iterator[Iterator["os.DirEntry[str]"]]:
    try:
        with os.scandir(folder) as entries:
            yield entries
    except (FileNotFoundError, NotADirectoryError):
        yield iter(())


def _some(names: Iterator[str]) -> list[str] | None:
    return list(islice(names, 256)) or None


def _create(draft: Path) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    return os.open(draft, flags, _PRIVATE_FILE)


def _settle(draft: Path, target: Path) -> None:
    """Put a file in its place, so that it is there after a power failure too."""
    while True:
        make_folder(target.parent)
        try:
            draft.replace(target)
        except FileNotFoundError:
            draft.lstat()  # the folder went with its last file just now, or the draft is gone
        else:
            return sync_folder(target.parent)
