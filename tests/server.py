"""A real server for tests: `rift up` in a process of its own, on a fresh database."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

import aiohttp
import pytest_asyncio

from demo.cast import SAMPLE
from demo.community import Community
from tests.api import Api, Person
from tests.database import Databases
from tests.gateway import Gateway

ROOT: Final = Path(__file__).resolve().parents[1]
_READY: Final = re.compile(r"Rift is at (http://\S+)")
_OWNER_LINK: Final = re.compile(r"(http://\S+/setup\?token=(\S+))")
_START_S: Final = 60.0
_STOP_S: Final = 30.0

CRAMPED: Final = {
    "RIFT_LIMITS_EMOJIS_PER_GUILD": "1",
    "RIFT_LIMITS_ANIMATED_EMOJIS_PER_GUILD": "1",
    "RIFT_LIMITS_EMOJIS_PER_APPLICATION": "1",
    "RIFT_LIMITS_STICKERS_PER_GUILD": "1",
    "RIFT_LIMITS_SOUNDS_PER_GUILD": "1",
}

LIFTED: Final = {"RIFT_RATE_LIMITS": "off", "RIFT_AUTH_ARGON2_MEMORY_KIB": "64"}
"""Limits and slow hashes are for tests of limits and hashes."""

ALONE: Final = {"RIFT_PREVIEWS_ENABLED": "off"}
"""A server of a test calls nobody, whatever people say to each other there."""


class Sample(NamedTuple):
    """The sample community, where nobody writes while one looks."""

    server: "Server"
    community: Community

    async def person(self, name: str = SAMPLE) -> Person:
        """Somebody of it, logged in."""
        server = self.server
        return await Person.behind(Api(server.http, server.url, self.community.tokens[name]))


class Server:
    """A running server, as its users see it."""

    def __init__(self, process: asyncio.subprocess.Process, data: Path) -> None:
        self.process = process
        self.data = data
        self.url = ""
        self.setup_url = ""
        self.setup_token = ""
        self.log: list[str] = []
        self._reading: list[asyncio.Task[None]] = []
        self._http: aiohttp.ClientSession | None = None
        self._numbers = iter(range(1, 1_000_000))

    @property
    def http(self) -> aiohttp.ClientSession:
        if self._http is None:
            self._http = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        return self._http

    @property
    def guest(self) -> Api:
        """A caller without a token."""
        return Api(self.http, self.url)

    async def person(self, name: str | None = None, **fields: Any) -> Person:
        """A new account, logged in."""
        username = name or f"someone{next(self._numbers)}"
        body = {"username": username, "password": "correct horse battery", **fields}
        made = await self.guest.post("/auth/register", body)
        return await Person.behind(Api(self.http, self.url, made["token"]))

    async def bot(self, owner: Person, guild_id: str | None = None, flags: int = 0) -> Person:
        """A new bot of somebody's, in a guild with all permissions if one is named."""
        made = await owner.post("/applications", {"name": f"bot{next(self._numbers)}"})
        if flags:
            await owner.patch(f"/applications/{made['id']}", {"flags": flags})
        reset = await owner.post(f"/applications/{made['id']}/bot/reset", {})
        if guild_id is not None:
            await owner.post(
                f"/oauth2/authorize?client_id={made['id']}&scope=bot",
                {"guild_id": guild_id, "permissions": "8", "authorize": True},
            )
        return await Person.behind(Api(self.http, self.url, f"Bot {reset['token']}"))

    @asynccontextmanager
    async def gateway(self, person: Person, **options: Any) -> AsyncIterator[Gateway]:
        """A gateway session that is ready."""
        async with Gateway.connected(self.url, **options.pop("connection", {})) as gateway:
            await gateway.identify(person.api.bare_token, **options)
            yield gateway

    def kill(self) -> None:
        """Like a power cut."""
        os.killpg(self.process.pid, signal.SIGKILL)

    async def stop(self) -> int:
        """As an operator stops it; the exit code."""
        if self.process.returncode is None:
            self.process.terminate()
        code = await asyncio.wait_for(self.process.wait(), _STOP_S)
        await self.close()
        return code

    async def close(self) -> None:
        if self._http is not None:
            await self._http.close()
        for task in self._reading:
            task.cancel()
        await asyncio.gather(*self._reading, return_exceptions=True)

    async def answering(self) -> None:
        """Wait until it says where it is."""
        ready = asyncio.Event()
        self._reading = [
            asyncio.create_task(self._read(self.process.stdout, ready)),
            asyncio.create_task(self._read(self.process.stderr, ready)),
        ]
        ended = asyncio.create_task(self.process.wait())
        waiting = asyncio.create_task(ready.wait())
        await asyncio.wait([ended, waiting], timeout=_START_S, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        ended.cancel()
        if not self.url:
            raise RuntimeError("the server did not start:\n" + "\n".join(self.log))

    async def _read(self, stream: asyncio.StreamReader | None, ready: asyncio.Event) -> None:
        while stream is not None and (line := (await stream.readline()).decode()):
            self.log.append(line.rstrip())
            if found := _OWNER_LINK.search(line):
                self.setup_url, self.setup_token = found.groups()
            if found := _READY.search(line):
                self.url = found[1]
                ready.set()


@asynccontextmanager
async def running_server(
    data: Path,
    environment: Mapping[str, str],
    *arguments: str,
    program: Sequence[str] = ("rift", "up"),
) -> AsyncIterator[Server]:
    """`rift up` on a free port; stopped at the end if it still runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", *program, "--host", "127.0.0.1"),
        *([] if "--port" in arguments else ["--port", "0"]),
        *("--data", str(data)),
        *arguments,
        cwd=ROOT,
        env={**os.environ, **ALONE, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    server = Server(process, data)
    try:
        await server.answering()
        yield server
    finally:
        if process.returncode is None:
            process.terminate()
            try:
                await asyncio.wait_for(process.wait(), _STOP_S)
            except TimeoutError:
                server.kill()
                await process.wait()
        await server.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def server(databases: Databases, tmp_path_factory: Any) -> AsyncIterator[Server]:
    """The server most tests share, without rate limits; each test makes its own people."""
    data = tmp_path_factory.mktemp("server")
    async with (
        databases.fresh_database() as dsn,
        running_server(data, {**LIFTED, "DATABASE_URL": dsn}) as server,
    ):
        yield server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def sample(databases: Databases, tmp_path_factory: Any) -> AsyncIterator[Sample]:
    """What `make demo` starts, standing still."""
    data = tmp_path_factory.mktemp("sample")
    async with (
        databases.fresh_database() as dsn,
        running_server(
            data, {**LIFTED, "DATABASE_URL": dsn}, "--still", program=["demo"]
        ) as server,
    ):
        community = Community.kept(data)
        assert community is not None
        yield Sample(server, community)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def cramped_server(databases: Databases, tmp_path_factory: Any) -> AsyncIterator[Server]:
    """A server where a guild has room for one of everything it says things with."""
    data = tmp_path_factory.mktemp("cramped")
    async with (
        databases.fresh_database() as dsn,
        running_server(data, {**LIFTED, **CRAMPED, "DATABASE_URL": dsn}) as server,
    ):
        yield server


@pytest_asyncio.fixture
async def strict_server(database: str, tmp_path: Path) -> AsyncIterator[Server]:
    """A server of this test's own, with all limits in force."""
    fast = {"RIFT_AUTH_ARGON2_MEMORY_KIB": "64"}
    async with running_server(tmp_path, {**fast, "DATABASE_URL": database}) as server:
        yield server


@pytest_asyncio.fixture
async def own_server(database: str, tmp_path: Path) -> AsyncIterator[Server]:
    """A server of this test's own, without limits."""
    async with running_server(tmp_path, {**LIFTED, "DATABASE_URL": database}) as server:
        yield server
