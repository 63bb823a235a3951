"""Gives each process of an instance a number of its own, so that its ids are nobody else's."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import asyncpg

from rift.db.failure import DatabaseFailure
from rift.db.pool import AnyConnection
from rift.snowflake import WORKERS

_CLAIM: Final = """
select pg_try_advisory_lock(542234695, $1)
"""


@asynccontextmanager
async def claim_number(dsn: str) -> AsyncIterator[int]:
    """The smallest number no other process of this database holds, on any machine.

    It is a lock of a database session, so it is free again when the process is gone.
    """
    connection = await asyncpg.connect(dsn, timeout=10.0)
    try:
        yield await _claim(connection)
    finally:
        await connection.close(timeout=5.0)


async def _claim(connection: AnyConnection) -> int:
    for number in range(WORKERS):
        if await connection.fetchval(_CLAIM, number):
            return number
    raise DatabaseFailure(f"{WORKERS} processes serve this database already.", "Stop some of them.")
