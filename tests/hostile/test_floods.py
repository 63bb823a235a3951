"""Clients by the hundred that hold on, drip, vanish or pour: everybody else is served as before."""

import asyncio
import resource
import socket
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import aiohttp
import pytest

from tests.server import Server

pytestmark = pytest.mark.slow

_HOLDERS: Final = 300
_ALLOWED: Final = 1000
"""Connections that one address may hold."""
_ELSEWHERE: Final = "127.0.0.2"
"""All of 127/8 is this machine: another address for the innocent."""


@pytest.fixture(autouse=True)
def _many_files() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (before[1], before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


async def _open(server: Server, count: int, sent: bytes = b"") -> list[socket.socket]:
    """Raw sockets: hundreds of streams would be a load of their own."""
    port = int(server.url.rpartition(":")[2])
    loop = asyncio.get_running_loop()
    found = []
    for _ in range(count):
        it = socket.socket()
        it.setblocking(False)
        await loop.sock_connect(it, ("127.0.0.1", port))
        if sent:
            await loop.sock_sendall(it, sent)
        found.append(it)
    return found


def _close(sockets: Sequence[socket.socket]) -> None:
    for it in sockets:
        it.close()


@asynccontextmanager
async def _neighbour(server: Server) -> AsyncIterator[aiohttp.ClientSession]:
    connector = aiohttp.TCPConnector(local_addr=(_ELSEWHERE, 0))
    async with aiohttp.ClientSession(server.url, connector=connector) as http:
        yield http


async def _served_s(http: aiohttp.ClientSession) -> float:
    """How long the slowest of some requests takes."""
    slowest = 0.0
    for _ in range(20):
        began = time.perf_counter()
        async with http.get("/api/v10/gateway") as response:
            assert response.status in (200, 429)
        slowest = max(slowest, time.perf_counter() - began)
    return slowest


async def _ended(sockets: Sequence[socket.socket], within_s: float) -> int:
    """How many of them the server has closed by then."""
    loop = asyncio.get_running_loop()

    async def end(it: socket.socket) -> bool:
        try:
            while await loop.sock_recv(it, 65_536):
                pass
        except ConnectionError:
            pass
        return True

    waiting = [asyncio.create_task(end(it)) for it in sockets]
    done, late = await asyncio.wait(waiting, timeout=within_s)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    return len(done)


async def test_requests_that_drip_are_ended_and_hold_nobody_up(strict_server: Server) -> None:
    head = b"POST /api/v10/auth/login HTTP/1.1\r\nHost: a\r\n"
    body = head + b"Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
    shaken = (
        b"GET /gateway?v=10 HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    )
    silent = await _open(strict_server, _HOLDERS // 4)
    heads = await _open(strict_server, _HOLDERS // 4, head)
    bodies = await _open(strict_server, _HOLDERS // 4, body)
    shakes = await _open(strict_server, _HOLDERS // 4, shaken)
    everybody = [*silent, *heads, *bodies, *shakes]
    async with _neighbour(strict_server) as http:
        dripping = asyncio.create_task(_drip(everybody))
        assert await _served_s(http) < 0.5
        assert await _ended(everybody, within_s=30) == len(everybody)
        dripping.cancel()
        assert await _served_s(http) < 0.5
    _close(everybody)
    _check(strict_server)


async def _drip(sockets: Sequence[socket.socket]) -> None:
    while True:
        for it in sockets:
            try:
                it.send(b" ")
            except OSError:
                continue
        await asyncio.sleep(1)


async def test_one_address_cannot_take_all_connections(strict_server: Server) -> None:
    held = await _open(strict_server, _ALLOWED + 100)
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(10):
        refused = await asyncio.gather(*(loop.sock_recv(it, 4096) for it in held[_ALLOWED:]))
    assert all(it.startswith(b"HTTP/1.1 503 ") for it in refused)
    async with _neighbour(strict_server) as http:
        assert await _served_s(http) < 0.5
    _close(held)
    await asyncio.sleep(0.5)
    assert (await strict_server.guest.get("/gateway"))["url"]
    _check(strict_server)


async def test_clients_that_vanish_without_a_word_leave_nothing_behind(
    own_server: Server,
) -> None:
    before = _files(own_server)
    linger = (1).to_bytes(4, "little") + (0).to_bytes(4, "little")
    for sent in (b"", b"GET /healthz HTTP/1.1\r\n", b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"):
        gone = await _open(own_server, 200, sent)
        for it in gone:
            it.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)  # closed with a reset
        _close(gone)
    async with asyncio.timeout(10):
        while _files(own_server) > before + 5:  # noqa: ASYNC110  # another process; nothing tells
            await asyncio.sleep(0.1)
    _check(own_server)


async def test_half_closed_connections_are_answered_or_ended(own_server: Server) -> None:
    whole = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
    held = [*await _open(own_server, 50, whole), *await _open(own_server, 50, whole[:-2])]
    for it in held:
        it.shutdown(socket.SHUT_WR)
    assert await _ended(held, within_s=15) == len(held)
    _close(held)
    _check(own_server)


def _files(server: Server) -> int:
    return sum(1 for _ in Path(f"/proc/{server.process.pid}/fd").iterdir())


def _check(server: Server) -> None:
    log = "\n".join(server.log)
    assert "Traceback" not in log
    assert " ERROR " not in log
