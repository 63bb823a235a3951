"""A client of the simple WebSocket for tests: keeps all it hears."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final, Self

import msgspec
import websockets

from tests.simple_door.caller import Caller

_DEADLINE_S: Final = 10.0
_QUIET_S: Final = 0.3

Json = dict[str, Any]


class Wire:
    """One connection."""

    def __init__(self, socket: websockets.ClientConnection) -> None:
        self.socket = socket
        self.heard: list[Json] = []
        self.raw: list[str] = []

    @classmethod
    @asynccontextmanager
    async def connected(cls, url: str, **options: Any) -> AsyncIterator[Self]:
        address = url.replace("http", "ws", 1) + "/ws"
        async with websockets.connect(address, max_size=None, **options) as socket:
            yield cls(socket)

    @classmethod
    @asynccontextmanager
    async def of(cls, caller: Caller, *servers: Json) -> AsyncIterator[Self]:
        """A connection that identified, and hears of some servers."""
        async with cls.connected(caller.server.url) as wire:
            await wire.identify(caller)
            for server in servers:
                await wire.say("SubscribeServer", server_id=server["id"])
            yield wire

    async def identify(self, caller: Caller) -> None:
        await self.say("Identify", token=caller.token)
        ready = await self.expect("Ready")
        assert ready == {"user_id": caller.id, "username": caller.name}

    async def say(self, type_: str, **fields: Any) -> None:
        await self.socket.send(msgspec.json.encode({"type": type_, **fields}).decode())

    async def expect(self, type_: str, **wanted: Any) -> Any:
        """The data of the next message of this type that has these fields."""
        async with asyncio.timeout(_DEADLINE_S):
            while True:
                for index, message in enumerate(self.heard):
                    data = message["data"]
                    if message["type"] == type_ and wanted.items() <= data.items():
                        del self.heard[index]
                        return data
                await self._read()

    async def quiet(self, type_: str) -> None:
        """No message of this type comes for a while."""
        try:
            async with asyncio.timeout(_QUIET_S):
                while True:
                    await self._read()
        except TimeoutError:
            assert [one for one in self.heard if one["type"] == type_] == []

    async def closing(self) -> int | None:
        """The code with which the server closes."""
        try:
            async with asyncio.timeout(_DEADLINE_S):
                while True:
                    await self._read()
        except websockets.ConnectionClosed:
            return self.socket.close_code

    async def _read(self) -> None:
        text = await self.socket.recv()
        assert isinstance(text, str)
        self.raw.append(text)
        message = msgspec.json.decode(text)
        assert set(message) == {"type", "data"}
        self.heard.append(message)
