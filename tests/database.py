"""Real PostgreSQL for tests: one private server a test process, a fresh database a test."""

import itertools
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from secrets import token_hex
from types import MappingProxyType
from typing import Final

import asyncpg
import pytest
import pytest_asyncio

from rift.db.embedded import EmbeddedPostgres
from rift.db.migrate import migrate

# Nothing here has to survive a power cut.
FAST: Final[Mapping[str, str]] = MappingProxyType(
    {
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "shared_buffers": "32MB",
        "max_wal_size": "128MB",
        "min_wal_size": "32MB",
        "autovacuum": "off",
    }
)


# A new database is three hundred new files: on a disk a quarter of a second, in memory a tenth of
# that.
_IN_MEMORY: Final = Path("/dev/shm")
_ROOM_BYTES: Final = 4 * 1024**3
_PREFIX: Final = "rift-test-"


class Databases:
    """The server of this test process; makes migrated and empty databases in milliseconds."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._numbers = itertools.count(1)
        self._name = f"test_{token_hex(4)}"
        self._template = f"{self._name}_template"

    def dsn(self, name: str) -> str:
        return self._dsn.replace("@/rift?", f"@/{name}?")

    async def make_template(self) -> None:
        await self._run(f"create database {self._template} template template0")
        connection = await asyncpg.connect(self.dsn(self._template))
        try:
            await migrate(connection, print)
        finally:
            await connection.close()

    @asynccontextmanager
    async def fresh_database(self) -> AsyncIterator[str]:
        """The DSN of a migrated database of its own."""
        async with self._copy_of(self._template) as dsn:
            yield dsn

    @asynccontextmanager
    async def empty_database(self) -> AsyncIterator[str]:
        """The DSN of a database without any schema."""
        async with self._copy_of("template0") as dsn:
            yield dsn

    @asynccontextmanager
    async def _copy_of(self, template: str) -> AsyncIterator[str]:
        name = f"{self._name}_{next(self._numbers)}"
        await self._run(f"create database {name} template {template} strategy file_copy")
        try:
            yield self.dsn(name)
        finally:
            await self._run(f"drop database {name} with (force)")

    async def _run(self, statement: str) -> None:
        connection = await asyncpg.connect(self._dsn)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@pytest.fixture(scope="session")
def scratch() -> Iterator[Path]:
    """A directory that is removed at the end: clusters are too large for pytest to keep."""
    place = None
    if _has_room(_IN_MEMORY):
        place = _IN_MEMORY
        _sweep(place)
    path = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=place))
    yield path
    shutil.rmtree(path, ignore_errors=True)


def _has_room(place: Path) -> bool:
    return os.access(place, os.W_OK) and shutil.disk_usage(place).free > _ROOM_BYTES


def _sweep(place: Path) -> None:
    """Remove what runs that were killed left behind: it takes memory."""
    for path in place.glob(f"{_PREFIX}*-*"):
        if not Path("/proc", path.name.removeprefix(_PREFIX).partition("-")[0]).exists():
            shutil.rmtree(path, ignore_errors=True)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def postgres(scratch: Path) -> AsyncIterator[EmbeddedPostgres]:
    """The running server."""
    directory = scratch / f"server-{os.getpid()}"
    async with EmbeddedPostgres(directory, progress=print, settings=FAST) as server:
        yield server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def databases(postgres: EmbeddedPostgres) -> Databases:
    """The server as a source of databases, for tests that need several."""
    made = Databases(postgres.dsn)
    await made.make_template()
    return made


@pytest_asyncio.fixture
async def database(databases: Databases) -> AsyncIterator[str]:
    """The DSN of a migrated database for this test alone."""
    async with databases.fresh_database() as dsn:
        yield dsn


@pytest_asyncio.fixture
async def empty_database(postgres: EmbeddedPostgres) -> AsyncIterator[str]:
    """The DSN of a database without any schema, for this test alone."""
    async with Databases(postgres.dsn).empty_database() as dsn:
        yield dsn
