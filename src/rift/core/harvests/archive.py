"""The ZIP a harvest becomes, written in a thread and piece by piece, for its owner alone."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import msgspec

_PRIVATE: Final = 0o600

Add = Callable[[Sequence[Any]], Awaitable[None]]


class Archive:
    """JSON files in a ZIP; one is written at a time."""

    def __init__(self, zip_file: ZipFile) -> None:
        self._zip = zip_file

    async def put(self, name: str, value: object) -> None:
        """A small file."""
        text = msgspec.json.format(msgspec.json.encode(value), indent=2)
        await asyncio.to_thread(self._zip.writestr, f"{name}.json", text)

    async def copy(self, name: str, pieces: AsyncIterator[bytes]) -> None:
        """A file as it is; pictures and films do not become smaller."""
        info = ZipInfo(name)
        info.compress_type = ZIP_STORED
        with self._zip.open(info, "w", force_zip64=True) as entry:
            async for piece in pieces:
                await asyncio.to_thread(entry.write, piece)

    @asynccontextmanager
    async def listing(self, name: str) -> AsyncIterator[Add]:
        """A file with one long list, of which no more than a piece is in memory."""
        entry: IO[bytes] = self._zip.open(f"{name}.json", "w", force_zip64=True)
        begun = False

        async def add(rows: Sequence[Any]) -> None:
            nonlocal begun
            if rows:
                await asyncio.to_thread(_write, entry, rows, begun)
                begun = True

        try:
            yield add
            await asyncio.to_thread(entry.write, b"\n]\n" if begun else b"[]\n")
        finally:
            await asyncio.to_thread(entry.close)


def _write(entry: IO[bytes], rows: Sequence[Any], begun: bool) -> None:
    pieces = b",\n".join(map(msgspec.json.encode, rows))
    entry.write((b",\n" if begun else b"[\n") + pieces)


@asynccontextmanager
async def new_archive(path: Path) -> AsyncIterator[Archive]:
    """A ZIP that is there under its name once all is in it, and otherwise not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    try:
        descriptor = os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, _PRIVATE)
        with (
            os.fdopen(descriptor, "wb") as file,
            ZipFile(file, "w", ZIP_DEFLATED, compresslevel=6) as zip_file,
        ):
            yield Archive(zip_file)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
