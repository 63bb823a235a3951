"""A server that has nothing to do does nothing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.patience import until
from tests.server import LIFTED, running_server

_MOST = 6
"""A single task that looks four times a second is more."""


class Line:
    """Between a server and its database; counts how often the server says something."""

    def __init__(self, real: str) -> None:
        self._real = real
        self.said = 0

    async def connected(self, asks: asyncio.StreamReader, hears: asyncio.StreamWriter) -> None:
        answers, tells = await asyncio.open_unix_connection(self._real)
        await asyncio.gather(self._carry(asks, tells, counted=True), self._carry(answers, hears))

    async def _carry(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, *, counted: bool = False
    ) -> None:
        with closing(target), suppress(ConnectionError):
            while piece := await source.read(65_536):
                self.said += counted
                target.write(piece)

    async def in_a_window(self) -> int:
        before = self.said
        return self.said - before


@pytest.fixture
async def tapped(database: str, tmp_path: Path) -> AsyncIterator[tuple[str, Line]]:
    """A database's DSN, and the line that leads there."""
    [host] = parse_qs(urlsplit(database).query)["host"]
    name = ".s.PGSQL.5432"
    line = Line(f"{host}/{name}")
    served = await asyncio.start_unix_server(line.connected, tmp_path / name)
    async with served:
        yield database.replace(urlsplit(database).query, f"host={tmp_path}&port=5432"), line


async def test_who_has_nothing_to_do_asks_the_database_nothing(
    tapped: tuple[str, Line], tmp_path: Path
) -> None:
    dsn, line = tapped
    environment = {**LIFTED, "DATABASE_URL": dsn}

    async def is_quiet() -> bool:
        return await line.in_a_window() <= _MOST

    async with (
        running_server(tmp_path / "data", environment, "--workers", "2") as server,
        server.gateway(await server.person()),
    ):
        await until(is_quiet, within_s=30)
