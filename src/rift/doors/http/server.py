"""The server: uvicorn's, run inside our own loop on sockets that are handed in."""

import asyncio
import logging
import socket
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final

import uvicorn

from rift.doors.http.asgi import Application
from rift.doors.http.connections import Accept, Pace, PassOn, ServerContext
from rift.doors.http.lane import Lane

_log: Final = logging.getLogger(__name__)


class HttpServer:
    """Serves an application; `websockets` maps paths such as `/gateway` to who lets them in."""

    def __init__(
        self,
        application: Application,
        websockets: Mapping[str, Accept] | None = None,
        *,
        elsewhere: Mapping[str, PassOn] | None = None,
        pace: Pace | None = None,
    ) -> None:
        self._application = application
        self._websockets = websockets or {}
        self._elsewhere = elsewhere or {}
        self._adopting: set[asyncio.Task[None]] = set()
        self._pace = pace or Pace()

    async def start(self, sockets: Sequence[socket.socket]) -> None:
        """Begin to listen on bound sockets; a stop closes them."""
        loop = asyncio.get_running_loop()
        self._sockets = list(sockets)
        self._context = ServerContext(
            self._application, self._websockets, self._elsewhere, self._pace, loop.time
        )
        config = self._config()
        config.load()
        self._server = uvicorn.Server(config)
        self._server.lifespan = config.lifespan_class(config)
        await self._server.startup(self._sockets)
        self._sweeper = asyncio.create_task(self._sweep(), name="http sweep")

    def adopt(self, connection: socket.socket, first: bytes) -> None:
        """Serve a connection that another worker accepted, and what came on it so far."""
        task = asyncio.create_task(self._adopt(connection, first))
        self._adopting.add(task)
        task.add_done_callback(self._adopting.discard)

    async def _adopt(self, connection: socket.socket, first: bytes) -> None:
        try:
            _, lane = await asyncio.get_running_loop().connect_accepted_socket(
                lambda: Lane(self._server.config, self._server.server_state, {}), connection
            )
        except OSError as error:
            _log.info("a connection that was passed on is gone: %s", error)
            connection.close()
            return
        lane.data_received(first)

    async def stop(self) -> None:
        """Take no more connections, finish what is being served, then close what is left."""
        connections = self._server.server_state.connections
        await self._server.shutdown(self._sockets)
        for connection in list(connections):
            connection.transport.close()
        self._sweeper.cancel()
        with suppress(asyncio.CancelledError):
            await self._sweeper

    def _config(self) -> uvicorn.Config:
        return uvicorn.Config(
            self._context,  # type: ignore[arg-type]  # each connection takes the application out
            interface="asgi3",
            http=Lane,
            ws="none",
            loop="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            date_header=False,
            timeout_graceful_shutdown=self._pace.stop_s,
        )

    async def _sweep(self) -> None:
        """Mind all deadlines: one pass a second instead of a timer for each connection."""
        while True:
            await asyncio.sleep(self._pace.sweep_s)
            self._context.now = self._context.clock()
            for connection in list(self._server.server_state.connections):
                connection.sweep()  # type: ignore[union-attr]  # all are ours
