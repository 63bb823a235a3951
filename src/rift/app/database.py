"""The database of an instance: the embedded one or any by URL, brought to this program's schema."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from rift.app.failure import CannotStart
from rift.config import Settings
from rift.db.embedded import EmbeddedPostgres, find_running
from rift.db.failure import DatabaseFailure
from rift.db.migrate import migrate
from rift.db.pool import open_pool


@asynccontextmanager
async def open_database(
    settings: Settings, progress: Callable[[str], None], *, share: bool = False
) -> AsyncIterator[str]:
    """The DSN of a database that is up to date."""
    async with reach_database(settings, progress, share=share) as dsn:
        await _bring_up_to_date(dsn, progress)
        yield dsn


@asynccontextmanager
async def reach_database(
    settings: Settings, progress: Callable[[str], None], *, share: bool = False
) -> AsyncIterator[str]:
    """The DSN of the database as it is.

    With `share`, a database that another process of this data directory runs is used as it is.
    """
    try:
        async with _running(settings, progress, share=share) as dsn:
            yield dsn
    except DatabaseFailure as failure:
        raise CannotStart(failure.problem, failure.remedy) from failure


@asynccontextmanager
async def _running(
    settings: Settings, progress: Callable[[str], None], *, share: bool
) -> AsyncIterator[str]:
    directory = settings.data_directory / "postgres"
    running = find_running(directory) if share else None
    if settings.database.url:
        yield settings.database.url
    elif running is not None:
        yield running
    else:
        async with EmbeddedPostgres(directory, progress=progress) as server:
            yield server.dsn


async def _bring_up_to_date(dsn: str, progress: Callable[[str], None]) -> None:
    pool = await open_pool(dsn, size=2)
    try:
        async with pool.acquire() as connection:
            await migrate(connection, progress)
    finally:
        await pool.close()
