"""The files beside the JSON: copied once each, and named by where they lie."""

from collections.abc import AsyncIterator
from typing import Final

from rift.core.exports import naming
from rift.core.exports.folder import Folder
from rift.core.links import Links
from rift.files import Missing, Store

_FILES: Final = "files"


class Assets:
    """Without a store nothing is copied, and what would have been is linked to."""

    def __init__(self, folder: Folder, links: Links, store: Store | None) -> None:
        self._folder = folder
        self._links = links
        self._store = store
        self._wanted: dict[str, str] = {}
        self.copied = 0
        self.missing = 0

    def link(self, path: str) -> str:
        """Where it can be had from the server."""
        return self._links.cdn(path)

    def copy(self, key: str, name: str, link: str) -> str:
        """Where the copy will be, as seen from the JSON; `fetch` makes it."""
        if self._store is None:
            return link
        path = f"{_FILES}/{naming.fit(name)}"
        self._wanted[path] = key
        return f"../{path}"

    async def fetch(self) -> None:
        """Copy all that was wanted since the last time and is not there yet."""
        wanted, self._wanted = self._wanted, {}
        for path, key in wanted.items():
            if self._store is not None and not await self._folder.has(path):
                await self._fetch(self._store, key, path)

    async def _fetch(self, store: Store, key: str, path: str) -> None:
        try:
            await self._folder.keep(path, _whole(store, key))
        except Missing:
            self.missing += 1
        else:
            self.copied += 1


async def _whole(store: Store, key: str) -> AsyncIterator[bytes]:
    async for piece in store.read(key):
        yield piece
