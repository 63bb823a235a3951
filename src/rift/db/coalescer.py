"""Group commit in the program: whatever queued during one commit is the next batch."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, TypeAlias, TypeVar

import asyncpg

from rift.db.pool import AWAY, Pool, PooledConnection
from rift.errors import Overloaded, Unavailable

_log = logging.getLogger(__name__)
_ACQUIRE_S: Final = 5.0

Row = TypeVar("Row")
Result = TypeVar("Result")

_Entry: TypeAlias = "tuple[Row, asyncio.Future[Result]]"

Write = Callable[[PooledConnection, Sequence[Row]], Awaitable[Sequence[Result]]]
"""Writes a batch in one transaction and answers a result for each row, in order."""

Written = Callable[[Sequence[tuple[Row, Result]]], None]
"""Told of every commit before anybody's wait ends; the place to publish."""


class Coalescer(Generic[Row, Result]):
    """Joins single writes into batches, without timers: a lone write never waits for company.

    The queue is bounded (past it `Overloaded`), the order of arrival is kept, and a row the
    database refuses fails alone: its batch is written again row by row.
    """

    def __init__(
        self,
        pool: Pool,
        write: Write[Row, Result],
        written: Written[Row, Result],
        *,
        batch: int = 256,
        waiting: int = 8192,
    ) -> None:
        self._pool = pool
        self._write = write
        self._written = written
        self._batch = batch
        self._most_waiting = waiting
        self._waiting: deque[tuple[Row, asyncio.Future[Result]]] = deque()
        self._wake = asyncio.Event()
        self._rest = asyncio.Event()
        self._rest.set()
        self._closed = False

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    def add(self, row: Row) -> "asyncio.Future[Result]":
        """Queue a row; the future is done when it is committed."""
        if self._closed:
            raise Unavailable
        if len(self._waiting) >= self._most_waiting:
            raise Overloaded
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((row, future))
        self._wake.set()
        self._rest.clear()
        return future

    async def run(self) -> None:
        """Write for ever; the parent cancels it when nothing more will be added."""
        try:
            while True:
                await self._wake.wait()
                await self._drain()
        finally:
            self._closed = True
            self._fail(self._take(len(self._waiting)))
            self._rest.set()

    async def idle(self) -> None:
        """Return once nothing waits; for a clean stop."""
        await self._rest.wait()

    async def _drain(self) -> None:
        entries: Sequence[_Entry[Row, Result]] = ()
        try:
            async with self._pool.acquire(timeout=_ACQUIRE_S) as connection:
                while entries := self._take(self._batch):
                    await self._flush(connection, entries)
            entries = ()
        except (*AWAY, asyncpg.PostgresError) as error:
            _log.warning("what waits could not be written: %s", error)
            # Without a connection everybody has waited long enough; a lost one is replaced.
            entries = entries or self._take(len(self._waiting))
        except Exception:  # noqa: BLE001  # the edge of a task: one bad batch is not the end of all writing
            _log.exception("a batch could not be written")
        finally:
            self._fail(entries)
            if not self._waiting:
                self._wake.clear()
                self._rest.set()

    def _take(self, most: int) -> "Sequence[_Entry[Row, Result]]":
        waiting = self._waiting
        return [waiting.popleft() for _ in range(min(most, len(waiting)))]

    async def _flush(
        self, connection: PooledConnection, entries: "Sequence[_Entry[Row, Result]]"
    ) -> None:
        rows = [row for row, _ in entries]
        try:
            results = await self._write(connection, rows)
        except (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError, ValueError) as error:
            if len(entries) == 1:
                refused = error
                self._fail(entries, lambda: refused)
                return
            for entry in entries:
                await self._flush(connection, [entry])
            return
        self._tell(list(zip(rows, results, strict=True)))
        for (_, future), result in zip(entries, results, strict=True):
            if not future.done():
                future.set_result(result)

    def _tell(self, written: Sequence[tuple[Row, Result]]) -> None:
        try:
            self._written(written)
        except Exception:  # noqa: BLE001  # what is committed is answered, whoever failed to hear of it
            _log.exception("a batch was written, but not told")

    @staticmethod
    def _fail(
        entries: "Sequence[_Entry[Row, Result]]", why: Callable[[], Exception] = Unavailable
    ) -> None:
        for _, future in entries:
            if not future.done():
                future.set_exception(why())
