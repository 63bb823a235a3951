"""The pool: what values look like on our side, and how it behaves before the database is there."""

import asyncio
import contextlib
import os
import signal
import struct
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

import asyncpg
import pytest
import pytest_asyncio

from rift.db.embedded import EmbeddedPostgres
from rift.db.failure import DatabaseFailure
from rift.db.pool import Pool, open_pool
from tests.database import FAST


@pytest_asyncio.fixture
async def pool(empty_database: str) -> AsyncIterator[Pool]:
    pool = await open_pool(empty_database, size=2)
    yield pool
    await pool.close()


async def test_bigints_are_decimal_strings_both_ways(pool: Pool) -> None:
    largest = str(2**63 - 1)
    assert await pool.fetchval("select $1::int8 + 0", largest) == largest
    assert await pool.fetchval("select $1::int8[] || -1::int8", ["5", largest]) == [
        "5",
        largest,
        "-1",
    ]
    assert await pool.fetchval("select 7::int4") == 7


async def test_rows_go_in_through_unnest(pool: Pool) -> None:
    rows = await pool.fetch(
        "select * from unnest($1::int8[], $2::text[]) as t (id, name)", ["1", "2"], ["a", "b"]
    )
    assert [tuple(row) for row in rows] == [("1", "a"), ("2", "b")]


@pytest.mark.parametrize("kind", ["json", "jsonb"])
async def test_json_is_plain_values_both_ways(pool: Pool, kind: str) -> None:
    value = {"list": [1, 2.5, None, True], "text": "Grüße, 世界"}
    assert await pool.fetchval(f"select $1::{kind}", value) == value
    assert await pool.fetchval(f"select array[$1::{kind}, null]", [1]) == [[1], None]
    assert await pool.fetchval(f"select null::{kind}") is None


async def test_sessions_have_sensible_settings(pool: Pool) -> None:
    shown = {
        name: await pool.fetchval("select current_setting($1)", name)
        for name in ("timezone", "jit", "lock_timeout", "application_name")
    }
    assert shown == {
        "timezone": "UTC",
        "jit": "off",
        "lock_timeout": "10s",
        "application_name": "rift",
    }


async def test_a_failed_transaction_leaves_nothing_behind(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await connection.execute("create table kept (id int4)")
    with pytest.raises(asyncpg.DivisionByZeroError):
        await _insert_and_fail(pool)
    assert await pool.fetchval("select count(*)::int from kept") == 0


async def _insert_and_fail(pool: Pool) -> None:
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("insert into kept values (1)")
        await connection.execute("select 1 / 0")


async def test_the_pool_waits_for_a_database_that_is_still_starting(scratch: Path) -> None:
    server = EmbeddedPostgres(scratch / "late", progress=print, settings=FAST)
    waiting = asyncio.create_task(open_pool(server.dsn, size=1, wait_s=20))
    await asyncio.sleep(0.1)
    async with server:
        pool = await waiting
        assert await pool.fetchval("select 1") == 1
        await pool.close()


async def test_the_pool_gives_up_on_a_database_that_never_comes(scratch: Path) -> None:
    dsn = f"postgresql://rift@/rift?host={quote(str(scratch / 'nowhere'), safe='')}"
    with pytest.raises(DatabaseFailure, match="does not answer"):
        await open_pool(dsn, size=1, wait_s=0.3)


async def test_a_refusal_is_told_at_once(postgres: EmbeddedPostgres) -> None:
    dsn = postgres.dsn.replace("@/rift?", "@/missing?")
    with pytest.raises(DatabaseFailure, match=r'refuses us.*"missing" does not exist'):
        await open_pool(dsn, size=1, wait_s=20)


async def test_a_server_older_than_15_is_refused(tmp_path: Path) -> None:
    def message(kind: bytes, body: bytes) -> bytes:
        return kind + struct.pack("!I", len(body) + 4) + body

    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1024)
        writer.write(
            message(b"R", struct.pack("!I", 0))
            + message(b"S", b"server_version\x0014.9\x00")
            + message(b"Z", b"I")
        )
        await reader.read(1024)  # the farewell
        writer.close()

    server = await asyncio.start_unix_server(greet, tmp_path / ".s.PGSQL.5432")
    async with server:
        dsn = f"postgresql://rift@/rift?host={quote(str(tmp_path), safe='')}&port=5432"
        with pytest.raises(DatabaseFailure, match="is PostgreSQL 14; Rift needs 15"):
            await open_pool(dsn, size=1, wait_s=5)


async def test_the_pool_recovers_when_the_server_was_killed(scratch: Path) -> None:
    async with EmbeddedPostgres(scratch / "killed", progress=print, settings=FAST) as server:
        pool = await open_pool(server.dsn, size=2)
        assert server.pid is not None
        os.kill(server.pid, signal.SIGKILL)
        await asyncio.sleep(0.1)
        await server.wait_ready(20)
        async with asyncio.timeout(10):
            while True:
                with contextlib.suppress(asyncpg.PostgresConnectionError, OSError):
                    assert await pool.fetchval("select 1") == 1
                    break
        await pool.close()
