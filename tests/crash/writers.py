"""People who write without pause, try again whatever happens, and remember what was promised."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

import aiohttp

from tests.nouns.artwork import still

_PATIENCE: Final = aiohttp.ClientTimeout(total=5)
_PAUSE_S: Final = 0.05
_EMOJIS: Final = 20


class Ledger:
    """What the server has acknowledged."""

    def __init__(self) -> None:
        self.messages: dict[str, str] = {}
        """The id by the content first said."""
        self.certain: set[str] = set()
        """Ids of messages acknowledged at the first attempt."""
        self.edited: dict[str, str] = {}
        self.deleted: set[str] = set()
        self.reacted: set[str] = set()
        self.pinned: set[str] = set()
        self.whispers: dict[str, str] = {}
        """The same for the direct message."""
        self.read: dict[str, str] = {}
        """Up to where the reader has read each channel."""
        self.channels: set[str] = set()
        self.roles: set[str] = set()
        self.emojis: set[str] = set()
        self.interruptions = 0

    def note_read(self, channel: str, message: str) -> None:
        self.read[channel] = max(self.read.get(channel, "0"), message, key=int)


class Writer:
    """One person with a connection of their own."""

    def __init__(self, name: str, url: str, ids: Mapping[str, str], ledger: Ledger) -> None:
        self._name = name
        self._address = f"{url}/api/v10"
        self._messages = f"/channels/{ids['channel']}/messages"
        self._guild = f"/guilds/{ids['guild']}"
        self._channel = f"/channels/{ids['channel']}"
        self._ids = ids
        self._ledger = ledger
        self._said = 0
        self.resting = False

    async def run(self) -> None:
        """Write until told to rest; what was begun is seen through to its acknowledgement."""
        connector = aiohttp.TCPConnector(limit=1)
        async with aiohttp.ClientSession(connector=connector) as http:
            self._http = http
            while not self.resting:
                message = await self._say()
                await self._do_something_else(message)
                await self._do_something_quiet(message)

    async def _say(self) -> str:
        self._said += 1
        content = f"{self._name} says {self._said}"
        attempts, id_ = await self._send(self._messages, content)
        self._ledger.messages[content] = id_
        if attempts == 1:
            self._ledger.certain.add(id_)
        return id_

    async def _whisper(self) -> None:
        content = f"{self._name} whispers {self._said}"
        path = f"/channels/{self._ids['direct']}/messages"
        _, self._ledger.whispers[content] = await self._send(path, content)

    async def _send(self, path: str, content: str) -> tuple[int, str]:
        body = {"content": content, "nonce": self._fresh(), "enforce_nonce": True}
        attempts, answer = await self._insist("POST", path, body)
        assert answer["content"] == content
        return attempts, answer["id"]

    async def _read(self, channel: str, message: str) -> None:
        """As the one who is written to does."""
        await self._insist("POST", f"/channels/{channel}/messages/{message}/ack", {}, reads=True)
        self._ledger.note_read(channel, message)

    async def _do_something_else(self, message: str) -> None:
        ledger, place = self._ledger, f"{self._messages}/{message}"
        match self._said % 12:
            case 1:
                made = await self._try("POST", f"{self._guild}/channels", {"name": self._fresh()})
                ledger.channels |= {made["id"]} if made else set()
            case 3:
                made = await self._try("POST", f"{self._guild}/roles", {"name": self._fresh()})
                ledger.roles |= {made["id"]} if made else set()
            case 5:
                await self._insist("PATCH", place, {"content": f"better {message}"})
                ledger.edited[message] = f"better {message}"
            case 7:
                await self._insist("DELETE", place, gone=True)
                ledger.deleted.add(message)
            case 9:
                await self._insist("PUT", f"{place}/reactions/%F0%9F%91%8D/@me")
                ledger.reacted.add(message)
            case 11 if len(ledger.pinned) < 100:
                await self._insist("PUT", f"{self._messages}/pins/{message}")
                ledger.pinned.add(message)

    async def _do_something_quiet(self, message: str) -> None:
        ledger = self._ledger
        match self._said % 12:
            case 2:
                await self._whisper()
            case 4:
                await self._read(self._ids["channel"], message)
            case 6 if ledger.whispers:
                await self._read(self._ids["direct"], max(ledger.whispers.values(), key=int))
            case 8 if ledger.roles:
                role = f"{self._guild}/roles/{max(ledger.roles)}"
                await self._insist("PATCH", role, {"name": self._fresh()})

            case 10 if len(ledger.emojis) < _EMOJIS:
                body = {"name": self._fresh().replace("-", "_"), "image": still(16)}
                made = await self._try("POST", f"{self._guild}/emojis", body)
                ledger.emojis |= {made["id"]} if made else set()

    def _fresh(self) -> str:
        return f"{self._name}-{self._said}".lower()

    async def _insist(
        self, method: str, path: str, body: Any = None, **how: bool
    ) -> tuple[int, Any]:
        """Repeat one request until it is acknowledged; how often it was sent, and the answer."""
        attempts = 1
        while (answer := await self._try(method, path, body, **how)) is None:
            attempts += 1
            await asyncio.sleep(_PAUSE_S)
        return attempts, answer

    async def _try(
        self, method: str, path: str, body: Any = None, *, gone: bool = False, reads: bool = False
    ) -> Any:
        """The answer, or None where nobody knows what became of the request."""
        token = self._ids["reader's token" if reads else "token"]
        try:
            async with self._http.request(
                method,
                self._address + path,
                json=body,
                headers={"Authorization": token},
                timeout=_PATIENCE,
            ) as response:
                answer = await response.json() if response.status != 204 else {}
        except (aiohttp.ClientError, ConnectionError, TimeoutError):
            self._ledger.interruptions += 1
            return None
        if response.status >= 500:
            assert response.status in (503, 504), answer
            self._ledger.interruptions += 1
            return None
        assert response.status < 300 or (gone and response.status == 404), (method, path, answer)
        return answer
