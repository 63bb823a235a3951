"""Many single writes, few commits."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from rift.db.coalescer import Coalescer
from rift.db.pool import Pool, PooledConnection, open_pool
from rift.errors import Overloaded, Unavailable

TABLE = """
create table lines (
    id int primary key check (id <> 13),
    place bigint generated always as identity
)
"""
WRITE = """
insert into lines (id)
select id
from unnest($1::int[]) with ordinality as line (id, place)
order by place
returning id
"""
WRITTEN = "select id from lines order by place"


class Book:
    """A coalescer of numbers, and what it did."""

    def __init__(self, pool: Pool, **bounds: int) -> None:
        self.pool = pool
        self.batches: list[list[int]] = []
        self.told: list[int] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.begun = asyncio.Event()
        self.coalescer = Coalescer[int, str](pool, self._write, self._written, **bounds)

    async def _write(self, connection: PooledConnection, rows: Sequence[int]) -> list[str]:
        self.batches.append(list(rows))
        self.begun.set()
        await self.gate.wait()
        found = await connection.fetch(WRITE, rows)
        return [f"written {row['id']}" for row in found]

    def _written(self, written: Sequence[tuple[int, str]]) -> None:
        self.told += [row for row, _ in written]
        if 99 in self.told:
            raise ZeroDivisionError

    async def rows(self) -> list[int]:
        return [row["id"] for row in await self.pool.fetch(WRITTEN)]


@asynccontextmanager
async def opened(dsn: str, **bounds: int) -> AsyncIterator[Book]:
    pool = await open_pool(dsn, size=2)
    await pool.execute(TABLE)
    book = Book(pool, **bounds)
    running = asyncio.create_task(book.coalescer.run())
    try:
        yield book
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await pool.close()


async def test_a_lone_write_does_not_wait(database: str) -> None:
    async with opened(database) as book:
        assert await asyncio.wait_for(book.coalescer.add(1), 1.0) == "written 1"
        assert book.batches == [[1]]


async def test_what_queued_during_a_commit_is_the_next_batch_in_order(database: str) -> None:
    async with opened(database, batch=100) as book:
        book.gate.clear()
        first = book.coalescer.add(1000)
        await book.begun.wait()
        others = [book.coalescer.add(number) for number in range(100, 350)]
        book.gate.set()
        assert await asyncio.gather(first, *others)
        assert [len(batch) for batch in book.batches] == [1, 100, 100, 50]
        assert await book.rows() == book.told == [1000, *range(100, 350)]


async def test_the_commit_is_told_before_anybodys_wait_ends(database: str) -> None:
    async with opened(database) as book:
        future = book.coalescer.add(1)
        future.add_done_callback(lambda _: seen.extend(book.told))
        seen: list[int] = []
        await future
        await asyncio.sleep(0)
        assert seen == [1]


async def test_a_bad_row_fails_alone(database: str) -> None:
    async with opened(database) as book:
        found = await asyncio.gather(
            *(book.coalescer.add(number) for number in (12, 13, 14)), return_exceptions=True
        )
        assert found[0] == "written 12"
        assert "lines_id_check" in str(found[1])
        assert found[2] == "written 14"
        assert await book.rows() == book.told == [12, 14]
        assert await book.coalescer.add(15) == "written 15"


async def test_a_lost_connection_fails_its_batch_and_no_other(database: str) -> None:
    async with opened(database) as book:
        book.gate.clear()
        lost = [book.coalescer.add(1)]
        await book.begun.wait()
        later = book.coalescer.add(2)
        await end_connections(database)
        book.gate.set()
        found = await asyncio.gather(*lost, return_exceptions=True)
        assert [type(error) for error in found] == [Unavailable]
        assert await later == "written 2"
        assert await book.rows() == [2]


async def test_without_a_database_nobody_waits_for_ever(database: str) -> None:
    async with opened(database) as book:
        await book.pool.close()
        with pytest.raises(Unavailable):
            await asyncio.wait_for(book.coalescer.add(1), 10.0)
        await asyncio.wait_for(book.coalescer.idle(), 1.0)


async def test_a_failure_to_tell_is_no_failure_to_write(
    database: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(database) as book:
        assert await asyncio.wait_for(book.coalescer.add(99), 1.0) == "written 99"
        assert await asyncio.wait_for(book.coalescer.add(100), 1.0) == "written 100"
        assert "not told" in caplog.text


async def test_the_queue_is_bounded(database: str) -> None:
    async with opened(database, waiting=3) as book:
        book.gate.clear()
        futures = [book.coalescer.add(0)]
        await book.begun.wait()
        futures += [book.coalescer.add(number) for number in (1, 2, 3)]
        assert book.coalescer.waiting == 3
        with pytest.raises(Overloaded):
            book.coalescer.add(4)
        book.gate.set()
        assert len(await asyncio.gather(*futures)) == 4


async def test_a_waiter_who_leaves_disturbs_nobody(database: str) -> None:
    async with opened(database) as book:
        book.gate.clear()
        book.coalescer.add(0)
        await book.begun.wait()
        leaving, staying = book.coalescer.add(1), book.coalescer.add(2)
        leaving.cancel()
        book.gate.set()
        assert await staying == "written 2"
        assert await book.rows() == [0, 1, 2]


async def test_idle_means_that_everything_is_written(database: str) -> None:
    async with opened(database) as book:
        await book.coalescer.idle()
        futures = [book.coalescer.add(number) for number in range(500, 1000)]
        await book.coalescer.idle()
        assert all(future.done() for future in futures)
        assert len(await book.rows()) == 500


async def test_the_end_fails_whoever_waits(database: str) -> None:
    async with opened(database) as book:
        book.gate.clear()
        writing = book.coalescer.add(1)
        await book.begun.wait()
        waiting = book.coalescer.add(2)
    for future in (writing, waiting):
        with pytest.raises(Unavailable):
            await asyncio.wait_for(future, 1.0)
    with pytest.raises(Unavailable):
        book.coalescer.add(3)


async def end_connections(dsn: str) -> None:
    """As a restart of the database does."""
    other = await open_pool(dsn, size=1)
    await other.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where datname = current_database() and pid <> pg_backend_pid()"
    )
    await other.close()
