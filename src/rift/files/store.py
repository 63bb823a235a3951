"""What every place for files can do, and how it says that it cannot."""

import re
from collections.abc import AsyncIterable, AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Final, Protocol

PIECE: Final = 256 * 1024
"""Bytes that are handed on at a time."""

_NAME: Final = r"[a-z0-9_][a-z0-9_.-]{0,127}"
_KEY: Final = re.compile(rf"{_NAME}(?:/{_NAME}){{0,7}}")


class Missing(Exception):
    """There is no such file."""


class StoreDown(Exception):
    """The place cannot be used now: it is full, out of reach, or forbidden."""


class OutOfPlace(Exception):
    """What was to be added does not begin where the rest ends."""

    def __init__(self, extent: int) -> None:
        super().__init__(f"{extent} bytes are here")
        self.extent = extent


class Taken(Exception):
    """Somebody else is adding to the same file at this moment."""


class Store(Protocol):
    """Files by key. Keys are made by us, never what somebody typed."""

    @property
    def is_near(self) -> bool:
        """Whether a file has a path on this machine anyway, so that `local` copies nothing."""
        ...

    async def write(self, key: str, chunks: AsyncIterable[bytes]) -> int:
        """Keep a file, whole or not at all; it is durable when its length is answered."""
        ...

    def read(self, key: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """The bytes from `start` up to `end`, piece by piece."""
        ...

    async def size(self, key: str) -> int | None:
        """How long a file is; None where there is none."""
        ...

    async def remove(self, keys: Sequence[str]) -> None:
        """Forget files; those that are not there are no error."""
        ...

    def keys(self, prefix: str, after: str = "") -> AsyncIterator[str]:
        """The keys under a folder, in order, beginning after one of them."""
        ...

    async def extend(self, key: str, offset: int, chunks: AsyncIterable[bytes]) -> int:
        """Add to a file that comes in parts; its new length. What came before a break stays."""
        ...

    async def extent(self, key: str) -> int:
        """How much of such a file is here."""
        ...

    async def finish(self, part: str, key: str) -> int:
        """Make what came in parts the file it was to be; its length."""
        ...

    def local(self, key: str) -> AbstractAsyncContextManager[Path]:
        """The file at a path that other programs can read, for as long as the context lasts."""
        ...


def checked(key: str) -> str:
    """The key, if it is one; anything else is a fault of ours."""
    if not _KEY.fullmatch(key) or ".." in key:
        raise ValueError(f"{key!r} is no key")
    return key


async def gathered(chunks: AsyncIterable[bytes], least: int) -> AsyncIterator[bytes]:
    """The same bytes in pieces of at least so many, but for the last.

    What came before a break is handed on before the break is.
    """
    waiting = bytearray()
    try:
        async for chunk in chunks:
            waiting += chunk
            if len(waiting) >= least:
                yield bytes(waiting)
                waiting.clear()
    except Exception:
        if waiting:
            yield bytes(waiting)
        raise
    if waiting:
        yield bytes(waiting)
