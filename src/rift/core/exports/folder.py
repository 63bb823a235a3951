"""The folder an export is written to, so that one that was broken off goes on where it was."""

import asyncio
import os
from collections.abc import AsyncIterable, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

_STATE: Final = "export.json"
_PRIVATE_FILE: Final = 0o600
_PRIVATE_DIRECTORY: Final = 0o700
_SEPARATOR: Final = b",\n"


class Reached(Struct, kw_only=True):
    """How far one listing came: what was written last, and how long the file was then."""

    cursor: list[str]
    length: int
    count: int = 0
    whole: bool = False


class State(Struct, kw_only=True):
    """What the folder is a copy of, and how far each of its listings is."""

    of: str
    began_at: str
    whole: bool = False
    listings: dict[str, Reached] = {}


class NotThisExport(Exception):
    """The folder holds something else."""


class Folder:
    def __init__(self, root: Path, state: State) -> None:
        self.root = root
        self.state = state

    @classmethod
    async def open(cls, root: Path, of: str, began_at: str) -> "Folder":
        """A new one, or one that was begun for the same and is not whole."""
        return await asyncio.to_thread(cls._open, root, of, began_at)

    @classmethod
    def _open(cls, root: Path, of: str, began_at: str) -> "Folder":
        root.mkdir(_PRIVATE_DIRECTORY, parents=True, exist_ok=True)
        path = root / _STATE
        if path.exists():
            state = msgspec.json.decode(path.read_bytes(), type=State)
        elif any(root.iterdir()):
            raise NotThisExport(f"{root} is not empty and holds no export.")
        else:
            state = State(of=of, began_at=began_at)
        if state.of != of:
            raise NotThisExport(f"{root} holds an export of something else: {state.of}.")
        if state.whole:
            raise NotThisExport(f"{root} holds a finished export. Choose another folder.")
        return cls(root, state)

    async def put(self, name: str, value: object) -> None:
        """A small file."""
        text = msgspec.json.format(msgspec.json.encode(value), indent=2)
        await asyncio.to_thread(_replace, self.root / name, text + b"\n")

    async def has(self, name: str) -> bool:
        return await asyncio.to_thread((self.root / name).exists)

    async def keep(self, name: str, chunks: AsyncIterable[bytes]) -> None:
        """A file of any size, there under its name once it is whole."""
        path = self.root / name
        part = path.with_name(f"{path.name}.part")
        descriptor = await asyncio.to_thread(_create, part)
        try:
            async for chunk in chunks:
                await asyncio.to_thread(os.write, descriptor, chunk)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        finally:
            os.close(descriptor)
        await asyncio.to_thread(part.replace, path)

    def reached(self, name: str) -> Reached | None:
        """How far a listing came, if it was begun."""
        return self.state.listings.get(name)

    async def begin(
        self, name: str, head: bytes, cursor: Sequence[str], *, anew: bool = False
    ) -> Reached:
        """Go on with a listing: from where it was, or with what stands before its items."""
        found = None if anew else self.state.listings.get(name)
        if found is None:
            await asyncio.to_thread(_write_at, self.root / name, 0, head)
            found = Reached(cursor=list(cursor), length=len(head))
            self.state.listings[name] = found
        return found

    async def add(self, name: str, items: Sequence[Any], cursor: Sequence[str]) -> None:
        """Add to a listing, and remember that this is in it."""
        reached = self.state.listings[name]
        if items:
            pieces = [b"    " + msgspec.json.encode(item) for item in items]
            text = (_SEPARATOR if reached.count else b"") + _SEPARATOR.join(pieces)
            await asyncio.to_thread(_write_at, self.root / name, reached.length, text)
            reached.length += len(text)
            reached.count += len(items)
        reached.cursor = list(cursor)
        await self.save()

    async def end(self, name: str, tail: bytes) -> None:
        """Close a listing."""
        reached = self.state.listings[name]
        await asyncio.to_thread(_write_at, self.root / name, reached.length, tail)
        reached.whole = True
        await self.save()

    async def save(self) -> None:
        text = msgspec.json.format(msgspec.json.encode(self.state), indent=2)
        await asyncio.to_thread(_replace, self.root / _STATE, text + b"\n")


def _create(path: Path) -> int:
    path.parent.mkdir(_PRIVATE_DIRECTORY, parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_TRUNC
    return os.open(path, flags, _PRIVATE_FILE)


def _replace(path: Path, text: bytes) -> None:
    draft = path.with_name(f"{path.name}.part")
    descriptor = _create(draft)
    with os.fdopen(descriptor, "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)
    draft.replace(path)


def _write_at(path: Path, at: int, text: bytes) -> None:
    """Write from a place on; what stood there, of a try that broke off, goes."""
    path.parent.mkdir(_PRIVATE_DIRECTORY, parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW
    with os.fdopen(os.open(path, flags, _PRIVATE_FILE), "wb") as file:
        file.truncate(at)
        file.seek(at)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
