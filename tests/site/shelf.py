"""Files put into the store of a running server, and what its CDN says to those who ask."""

import hashlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import count

import msgspec
from multidict import CIMultiDictProxy
from yarl import URL

from rift.app.keys import open_keyring
from rift.config import Settings
from rift.config.settings import Data
from rift.core.links import Links
from rift.files.disk import DiskStore
from rift.snowflake import at
from tests.server import Server

CHANNEL = "1180000000000000001"


class Reply(msgspec.Struct):
    status: int
    headers: CIMultiDictProxy[str]
    body: bytes


class Shelf:
    """The store of one server, as its own verbs would fill it."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.store = DiskStore(server.data / "files")
        self._numbers = count(int(at(datetime.now(UTC))) + hash(id(self)) % 10**6)

    def links(self, ago: timedelta = timedelta()) -> Links:
        """What makes the server's links, as it was some time ago."""
        keys = open_keyring(Settings(data=Data(directory=str(self._server.data)))).sealing
        return Links(self._server.url, keys, lambda: datetime.now(UTC) - ago)

    def id(self) -> str:
        return str(next(self._numbers))

    async def put(self, key: str, content: bytes) -> None:
        await self.store.write(key, _whole(content))

    async def attach(self, content: bytes, filename: str = "file.bin") -> tuple[str, str, str]:
        """An attachment, as links name it."""
        attachment_id = self.id()
        await self.put(f"attachments/{CHANNEL}/{attachment_id}", content)
        return CHANNEL, attachment_id, filename

    async def picture(self, kind: str, content: bytes, *, animated: bool = False) -> str:
        """A picture of somebody's; its address without the extension."""
        owner_id = self.id()
        hash_ = "a_" * animated + hashlib.sha256(content).hexdigest()[:32]
        await self.put(f"images/{kind}/{owner_id}/{hash_}", content)
        return f"/cdn/{kind}/{owner_id}/{hash_}"

    async def ask(self, address: str, method: str = "GET", **headers: str) -> Reply:
        """Ask for an address exactly as it is written, whole or from the root on."""
        url = address if address.startswith("http") else self._server.url + address
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        asked = self._server.http.request(
            method, URL(url, encoded=True), headers=named, allow_redirects=False
        )
        async with asked as reply:
            return Reply(reply.status, reply.headers, await reply.read())


async def _whole(content: bytes) -> AsyncIterator[bytes]:
    yield content
