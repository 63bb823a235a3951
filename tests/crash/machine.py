"""A computer on which Rift runs, and whose processes are killed."""

import asyncio
import os
import signal
import socket
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final

import aiohttp

from tests.server import LIFTED, Server, running_server

_BACK_S: Final = 20.0


class Machine:
    """`rift up` with its own database, on one port through all its lives."""

    def __init__(self, data: Path) -> None:
        self.data = data
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self.log: list[str] = []
        self._server: Server | None = None
        self._life = AsyncExitStack()

    @property
    def server(self) -> Server:
        assert self._server is not None
        return self._server

    async def start(self) -> Server:
        """As an operator starts it; nothing else is done to the data, whatever happened to it."""
        running = running_server(self.data, LIFTED, "--port", str(self.port))
        self._server = await self._life.enter_async_context(running)
        self._server.log[:0] = self.log
        self.log = self._server.log
        return self._server

    async def kill_server(self) -> None:
        os.kill(self.server.process.pid, signal.SIGKILL)
        await self._bury()

    async def kill_database(self) -> None:
        """The server lives on."""
        os.kill(self._postmaster(), signal.SIGKILL)

    async def kill_both(self) -> None:
        os.kill(self._postmaster(), signal.SIGKILL)
        os.kill(self.server.process.pid, signal.SIGKILL)
        await self._bury()

    async def back(self) -> None:
        """Return when everything works again."""
        if self.server.process.returncode is not None:
            await self.start()
        async with asyncio.timeout(_BACK_S), aiohttp.ClientSession() as http:
            while True:
                body = {"login": "nobody", "password": "nothing at all"}
                async with http.post(f"{self.url}/api/v10/auth/login", json=body) as response:
                    if response.status < 500:
                        return
                await asyncio.sleep(0.05)

    async def stop(self) -> None:
        await self._life.aclose()

    async def _bury(self) -> None:
        await self.server.process.wait()
        await self._life.aclose()

    def _postmaster(self) -> int:
        lines = (self.data / "postgres" / "cluster" / "postmaster.pid").read_text()
        return int(lines.split("\n", 1)[0])
