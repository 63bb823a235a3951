"""A gateway client for tests: says what it is told to say, and keeps all it hears."""

import asyncio
import socket
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Final, Self

import msgspec
import websockets
import zstandard

from rift.protocols import etf

_DEADLINE_S: Final = 10.0
_QUIET_S: Final = 0.3
ALL_INTENTS: Final = 0x3 << 24 | 0x3 << 20 | 0x1FFFF


class Dispatch(msgspec.Struct):
    """An event as it came."""

    name: str
    data: Any
    sequence: int


class Closed(Exception):
    """The server closed the connection."""

    def __init__(self, code: int | None, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


class Gateway:
    """One connection. Sequence numbers are checked to be free of gaps."""

    def __init__(self, socket: websockets.ClientConnection, encoding: str, compress: str) -> None:
        self._socket = socket
        self._encoding = encoding
        self._inflate = _INFLATERS[compress]()
        self.events: list[Dispatch] = []
        self.history: list[Dispatch] = []
        self.others: list[tuple[int, Any]] = []
        self.sequence = 0
        self.intents = ALL_INTENTS
        self.ready: dict[str, Any] = {}
        self.closed: Closed | None = None
        self.fault: AssertionError | None = None
        self.raw: list[bytes] = []
        self._news = asyncio.Condition()
        self._reading: asyncio.Task[None] | None = None

    @classmethod
    @asynccontextmanager
    async def connected(
        cls,
        url: str,
        *,
        encoding: str = "json",
        compress: str = "",
        version: int = 10,
        path: str = "",
        sock: socket.socket | None = None,
    ) -> AsyncIterator[Self]:
        """A connection that was greeted."""
        query = f"v={version}&encoding={encoding}" + (f"&compress={compress}" if compress else "")
        where = path or url.removeprefix("http://") + "/gateway"
        address = f"ws://{where}?{query}"
        async with websockets.connect(
            address, compression=None, max_size=None, sock=sock
        ) as connection:
            gateway = cls(connection, encoding, compress)
            gateway._reading = asyncio.create_task(gateway._read())
            try:
                await gateway.heard(10)
                yield gateway
            finally:
                gateway._reading.cancel()
                await asyncio.gather(gateway._reading, return_exceptions=True)

    async def send(self, op: int, data: Any) -> None:
        message = {"op": op, "d": data}
        if self._encoding == "etf":
            await self._socket.send(etf.encode(message))
        else:
            await self._socket.send(msgspec.json.encode(message).decode())

    async def identify(
        self, token: str, *, intents: int = ALL_INTENTS, guilds: bool = True, **more: Any
    ) -> None:
        """IDENTIFY, READY, and all guilds of READY."""
        body = {"token": token, "properties": {}, "intents": intents, **more}
        self.sequence = 0
        self.intents = intents
        await self.send(2, body)
        self.ready = (await self.expect("READY")).data
        if guilds and intents & 1:
            wanted = {guild["id"] for guild in self.ready["guilds"]}
            while wanted:
                wanted.discard((await self.expect("GUILD_CREATE")).data["id"])

    async def resume(self, token: str, session_id: str, sequence: int) -> None:
        self.sequence = sequence
        await self.send(6, {"token": token, "session_id": session_id, "seq": sequence})

    async def expect(self, name: str, matches: Callable[[Any], bool] = lambda _: True) -> Dispatch:
        """The next event of this name that matches; it is taken out of what was heard."""
        return await self._await(lambda: self._take(name, matches), f"no {name} came")

    async def heard(self, op: int) -> Any:
        """The data of the next message with this opcode."""
        return await self._await(lambda: self._take_other(op), f"no opcode {op} came")

    async def closing(self, within_s: float = _DEADLINE_S) -> Closed:
        """The server closes the connection."""
        return await self._await(lambda: self.closed, "the connection was not closed", within_s)

    async def quiet(self, name: str, for_s: float = _QUIET_S) -> None:
        """No event of this name comes for a while."""
        await asyncio.sleep(for_s)
        found = [event for event in self.events if event.name == name]
        assert not found, f"unexpected: {found}"

    def leave(self) -> None:
        """Lose the connection without a word."""
        self._socket.transport.abort()

    def stop_reading(self) -> None:
        """Let what the server sends pile up."""
        self._socket.transport.pause_reading()

    def go_on_reading(self) -> None:
        self._socket.transport.resume_reading()

    async def close(self, code: int = 1000) -> None:
        await self._socket.close(code)

    async def _await(
        self, look: Callable[[], Any], complaint: str, within_s: float = _DEADLINE_S
    ) -> Any:
        async with self._news:
            try:
                async with asyncio.timeout(within_s):
                    while (found := look()) is None:
                        if self.fault is not None:
                            raise self.fault
                        if self.closed is not None:
                            raise self.closed
                        await self._news.wait()
            except TimeoutError:
                names = [event.name for event in self.events]
                raise AssertionError(f"{complaint}; heard {names}") from None
        return found

    def _take(self, name: str, matches: Callable[[Any], bool]) -> Dispatch | None:
        for index, event in enumerate(self.events):
            if event.name == name and matches(event.data):
                return self.events.pop(index)
        return None

    def _take_other(self, op: int) -> Any:
        for index, (heard, data) in enumerate(self.others):
            if heard == op:
                del self.others[index]
                return _NOTHING if data is None else data
        return None

    async def _read(self) -> None:
        try:
            async for message in self._socket:
                async with self._news:
                    self._note(self._decoded(message))
                    self._news.notify_all()
        except websockets.ConnectionClosed:
            pass
        except AssertionError as error:
            self.fault = error
        async with self._news:
            self.closed = Closed(self._socket.close_code, self._socket.close_reason or "")
            self._news.notify_all()

    def _decoded(self, message: str | bytes) -> Any:
        raw = self._inflate(message.encode() if isinstance(message, str) else message)
        if raw[:1] == b"\x78":  # what `compress: true` in IDENTIFY asks for
            raw = zlib.decompress(raw)
        self.raw.append(raw)
        return etf.decode(raw, 1 << 26) if self._encoding == "etf" else msgspec.json.decode(raw)

    def _note(self, message: dict[str, Any]) -> None:
        if message["op"] != 0:
            self.others.append((message["op"], message["d"]))
            return
        assert message["s"] == self.sequence + 1, f"gap: {self.sequence} -> {message['s']}"
        self.sequence = message["s"]
        event = Dispatch(message["t"], message["d"], message["s"])
        self.events.append(event)
        self.history.append(event)


def _zlib_stream() -> Callable[[bytes], bytes]:
    inflater = zlib.decompressobj()

    def inflate(message: bytes) -> bytes:
        assert message.endswith(b"\x00\x00\xff\xff")
        return inflater.decompress(message)

    return inflate


_INFLATERS: Final[dict[str, Callable[[], Callable[[bytes], bytes]]]] = {
    "": lambda: bytes,
    "zlib-stream": _zlib_stream,
    "zstd-stream": lambda: zstandard.ZstdDecompressor().decompressobj().decompress,
}
_NOTHING: Final = object()
