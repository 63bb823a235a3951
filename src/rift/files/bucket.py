"""Files in a bucket of S3, or of anything that speaks as S3 does."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterable, AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from rift.files.store import PIECE, Missing, OutOfPlace, StoreDown, checked, gathered

if TYPE_CHECKING:
    from obstore import GetOptions

_PART: Final = 8 * 1024 * 1024
_PARTS_AT_ONCE: Final = 2
_PAGE: Final = 500
_DIGITS: Final = 20


class BucketStore:
    """A file that comes in parts is a folder of parts, each named after its offset."""

    is_near = False

    def __init__(self, bucket: S3Store, scratch: Path) -> None:
        self._bucket = bucket
        self._scratch = scratch

    async def write(self, key: str, chunks: AsyncIterable[bytes]) -> int:
        counted = _Counted(gathered(chunks, PIECE))
        await self._put(key, counted)
        return counted.length

    async def read(self, key: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        if end is not None and end <= start:
            return
        try:
            with _translated():
                found = await obstore.get_async(
                    self._bucket, checked(key), options=_options(start, end)
                )
        except StoreDown:
            # To S3 it is an error to ask for what lies behind the end.
            size = await self.size(key) if start else None
            if size is None or start < size:
                raise
            return
        with _translated():
            async for piece in found.stream(min_chunk_size=PIECE):
                # The network hands on as much as it has.
                for at in range(0, len(piece), PIECE):
                    yield bytes(piece[at : at + PIECE])

    async def size(self, key: str) -> int | None:
        try:
            with _translated():
                return (await obstore.head_async(self._bucket, checked(key)))["size"]
        except Missing:
            return None

    async def remove(self, keys: Sequence[str]) -> None:
        if keys:
            with _translated():
                await obstore.delete_async(self._bucket, [checked(key) for key in keys])

    async def keys(self, prefix: str, after: str = "") -> AsyncIterator[str]:
        async for key, _ in self._sized(checked(prefix.rstrip("/")), after):
            yield key

    async def extend(self, key: str, offset: int, chunks: AsyncIterable[bytes]) -> int:
        extent = await self.extent(key)
        if extent != offset:
            raise OutOfPlace(extent)
        counted = _Counted(gathered(chunks, PIECE))
        await self._put(_part(key, offset), _Kept(counted))
        if counted.broken is not None:
            raise counted.broken
        return offset + counted.length

    async def extent(self, key: str) -> int:
        extent = 0
        async for part, size in self._sized(checked(key)):
            if part != _part(key, extent):
                break
            extent += size
        return extent

    async def finish(self, part: str, key: str) -> int:
        parts = [name async for name, _ in self._sized(checked(part))]
        if not parts:
            raise Missing(part)
        length = await self.write(key, self._joined(parts))
        await self.remove(parts)
        return length

    @asynccontextmanager
    async def local(self, key: str) -> AsyncIterator[Path]:
        """A copy, which goes at the end."""
        descriptor, name = await asyncio.to_thread(tempfile.mkstemp, dir=self._scratch)
        try:
            try:
                async for piece in self.read(key):
                    await asyncio.to_thread(os.write, descriptor, piece)
            finally:
                os.close(descriptor)
            yield Path(name)
        finally:
            await asyncio.to_thread(os.unlink, name)

    async def _put(self, key: str, chunks: "_Counted | _Kept") -> None:
        try:
            with _translated():
                await obstore.put_async(
                    self._bucket,
                    checked(key),
                    chunks,
                    chunk_size=_PART,
                    max_concurrency=_PARTS_AT_ONCE,
                )
        except StoreDown:
            if chunks.broken is not None:
                raise chunks.broken from None
            raise

    async def _joined(self, parts: Sequence[str]) -> AsyncIterator[bytes]:
        for part in parts:
            async for piece in self.read(part):
                yield piece

    async def _sized(self, folder: str, after: str = "") -> AsyncIterator[tuple[str, int]]:
        listed = obstore.list(
            self._bucket, prefix=f"{folder}/", offset=after or None, chunk_size=_PAGE
        )
        with _translated():
            async for page in listed:
                for found in sorted(page, key=lambda file: file["path"]):
                    yield found["path"], found["size"]


class _Counted:
    """Bytes on their way, counted; and what broke them off, which the library would hide."""

    def __init__(self, chunks: AsyncIterator[bytes]) -> None:
        self._chunks = chunks
        self.length = 0
        self.broken: Exception | None = None

    def __aiter__(self) -> "_Counted":
        return self

    async def __anext__(self) -> bytes:
        try:
            chunk = await anext(self._chunks)
        except StopAsyncIteration:
            raise
        except Exception as error:
            self.broken = error
            raise
        self.length += len(chunk)
        return chunk


class _Kept:
    """The same, ending in peace where they are broken off, so that what came is kept."""

    def __init__(self, counted: _Counted) -> None:
        self._counted = counted
        self.broken: Exception | None = None

    def __aiter__(self) -> "_Kept":
        return self

    async def __anext__(self) -> bytes:
        try:
            return await anext(self._counted)
        except StopAsyncIteration:
            raise
        except Exception as error:
            raise StopAsyncIteration from error


def _options(start: int, end: int | None) -> "GetOptions | None":
    """The range wanted; none for the whole, since nothing has a range where a file is empty."""
    if end is not None:
        return {"range": (start, end)}
    return {"range": {"offset": start}} if start else None


def _part(key: str, offset: int) -> str:
    return f"{key}/{offset:0{_DIGITS}d}"


@contextmanager
def _translated() -> Iterator[None]:
    """What the library has to say against it in our words."""
    try:
        yield
    except FileNotFoundError as error:
        raise Missing from error
    except (BaseError, OSError) as error:
        raise StoreDown(str(error).partition("\n")[0]) from error
