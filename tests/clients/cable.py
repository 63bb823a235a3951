"""A piece of network between a client and the server, which a test can cut."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

_CHUNK: Final = 1 << 16

Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Cable:
    """Forwards TCP connections to one port, as long as it is whole."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connections: set[asyncio.Task[Any]] = set()
        self._whole = asyncio.Event()
        self._whole.set()
        self.url = ""

    async def cut(self) -> None:
        """All connections break, without a farewell, and new ones wait for the repair."""
        self._whole.clear()
        broken = list(self._connections)
        for connection in broken:
            connection.cancel()
        await asyncio.gather(*broken, return_exceptions=True)

    def repair(self) -> None:
        self._whole.set()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, from its beginning to its end."""
        connection = asyncio.current_task()
        assert connection is not None
        self._connections.add(connection)
        try:
            await self._whole.wait()
            await self._join((reader, writer))
        except OSError:
            pass  # the far end is not there, or gone: so the near end goes too
        finally:
            writer.transport.abort()
            self._connections.discard(connection)

    async def _join(self, near: Ends) -> None:
        far = await asyncio.open_connection("127.0.0.1", self._port)
        ways = [asyncio.create_task(_forward(near[0], far[1]))]
        ways.append(asyncio.create_task(_forward(far[0], near[1])))
        try:
            await asyncio.gather(*ways)
        finally:
            far[1].transport.abort()
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)


async def _forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(_CHUNK):
        writer.write(data)
        await writer.drain()
    writer.write_eof()


@asynccontextmanager
async def cable_to(port: int) -> AsyncIterator[Cable]:
    """A whole cable to a port of this machine."""
    cable = Cable(port)
    listener = await asyncio.start_server(cable.carry, "127.0.0.1", 0)
    cable.url = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
    try:
        yield cable
    finally:
        listener.close()
        await cable.cut()
