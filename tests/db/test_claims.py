"""Numbers and offices that only one process of an instance holds."""

import asyncio
import os
import signal
from pathlib import Path

import asyncpg
import pytest

from rift.db.claims import Claims, open_claims
from rift.db.embedded import EmbeddedPostgres
from rift.db.failure import DatabaseFailure
from tests.database import FAST
from tests.patience import until

CUT = """
select count(pg_terminate_backend(pid))
from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid()
"""
HOLDER = """
select pid
from pg_locks
where locktype = 'advisory' and classid = 542234695 and objid = $1::int::oid and granted
    and database = (select oid from pg_database where datname = current_database())
"""
TAKE = "select pg_try_advisory_lock(542234695, $1)"


async def cut(dsn: str) -> None:
    """Every other session of this database ends."""
    connection = await asyncpg.connect(dsn)
    await connection.execute(CUT)
    await connection.close()


async def test_each_process_has_a_number_of_its_own(database: str) -> None:
    async with open_claims(database) as one, open_claims(database) as two:
        assert one.number != two.number
        assert min(one.number, two.number) >= 0
        assert max(one.number, two.number) < 1024


async def test_a_number_is_free_when_its_process_is_gone(database: str) -> None:
    async with open_claims(database) as one:
        number = one.number
    connection = await asyncpg.connect(database)
    await until(lambda: connection.fetchval(TAKE, number))
    await connection.close()


async def test_there_are_only_so_many_numbers(database: str) -> None:
    connection = await asyncpg.connect(database)
    await connection.execute(
        "select pg_try_advisory_lock(542234695, number) from generate_series(0, 1023) as number"
    )
    with pytest.raises(DatabaseFailure, match="1024 processes"):
        async with open_claims(database):
            pass
    await connection.execute("select pg_advisory_unlock(542234695, 700)")
    async with open_claims(database) as claims:
        assert claims.number == 700
    await connection.close()


async def test_one_process_holds_an_office_until_it_is_gone(database: str) -> None:
    async with open_claims(database) as one, open_claims(database) as two:
        assert await one.office("search")
        assert await one.office("search")
        assert not await two.office("search")
        assert await two.office("push")
    async with open_claims(database) as three:
        await until(lambda: three.office("search"))


async def test_a_lost_session_claims_its_number_again(
    database: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_claims(database) as claims:
        assert await claims.office("search")
        keeping = asyncio.create_task(claims.keep())
        number = claims.number
        await cut(database)
        await until(lambda: "again" in caplog.text)
        connection = await asyncpg.connect(database)
        assert not await connection.fetchval(TAKE, number)
        await connection.close()
        assert claims.number == number
        assert await claims.office("search")
        keeping.cancel()


@pytest.mark.slow
async def test_a_database_that_stands_still_for_a_while_is_survived(
    database: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_claims(database) as claims:
        keeping = asyncio.create_task(claims.keep())
        connection = await asyncpg.connect(database)
        holder = await connection.fetchval(HOLDER, claims.number)
        os.kill(holder, signal.SIGSTOP)
        try:
            await until(lambda: "let go" in caplog.text, within_s=30)
            await asyncio.sleep(1)
            assert not keeping.done()
        finally:
            os.kill(holder, signal.SIGCONT)
        await until(lambda: "this process's again" in caplog.text, within_s=30)
        assert await connection.fetchval(HOLDER, claims.number) not in (None, holder)
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        await connection.close()


async def test_a_number_somebody_else_took_ends_the_process(database: str) -> None:
    claims = Claims(database)
    await claims.open()
    connection = await asyncpg.connect(database)
    waiting = asyncio.create_task(
        connection.execute("select pg_advisory_lock(542234695, $1)", claims.number)
    )
    await asyncio.sleep(0.1)
    held = claims._connection
    assert held is not None
    held.terminate()
    await waiting
    with pytest.raises(DatabaseFailure, match=f"took number {claims.number}"):
        await asyncio.wait_for(claims.keep(), 10)
    await claims.close()
    await connection.close()


async def test_a_restart_of_the_database_is_survived(scratch: Path) -> None:
    async with (
        EmbeddedPostgres(scratch / "claims", progress=print, settings=FAST) as server,
        open_claims(server.dsn) as claims,
    ):
        keeping = asyncio.create_task(claims.keep())
        assert await claims.office("search")
        postmaster = (scratch / "claims" / "cluster" / "postmaster.pid").read_text().split()[0]
        os.kill(int(postmaster), signal.SIGQUIT)
        await until(lambda: claims._connection is None, 30)
        await until(lambda: claims._connection is not None, 30)
        connection = await asyncpg.connect(server.dsn)
        assert not await connection.fetchval(TAKE, claims.number)
        await connection.close()
        assert await claims.office("search")
        keeping.cancel()
