"""What only one process of an instance may hold: a number for its ids, and the outlets it runs."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

import asyncpg

from rift.db.failure import DatabaseFailure
from rift.db.pool import AWAY, AnyConnection
from rift.snowflake import WORKERS

_log = logging.getLogger(__name__)
_CONNECT_S: Final = 10.0
_BEAT_S: Final = 5.0
_RETRY_S: Final = 0.2
_ASK_S: Final = 1.0
_CHANNEL: Final = "rift"

CLAIM_NUMBER: Final = """
select pg_try_advisory_lock(542234695, $1)
"""

CLAIM_OFFICES: Final = """
select name
from unnest($1::text[]) as wanted (name)
where pg_try_advisory_lock(542234696, hashtext(name))
"""

CALL: Final = """
select pg_notify('rift', $1)
"""

# A session of ours that we have given up may be there still: the database has not seen it yet, or
# stands still. It holds the number for us as well as any.
END_OWN: Final = """
select pg_terminate_backend(pid)
from pg_locks
where locktype = 'advisory' and classid = 542234695 and objid = $1::int::oid and objsubid = 2
    and database = (select oid from pg_database where datname = current_database())
    and pid = $2::int
"""

BEAT: Final = """
select true
"""


class Claims:
    """Locks of one database session, so they are free again when the process is gone.

    They are gone as well when the database restarts. `keep` notices, and claims the number again
    before somebody else has it; where somebody has, it fails, and the process has to end.
    """

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._connection: asyncpg.Connection[asyncpg.Record] | None = None
        self._lost = asyncio.Event()
        self._offices: set[str] = set()
        self._wanted: set[str] = set()
        """The offices that somebody else held when they were asked for last."""
        self._asked_at = 0.0
        self._turn = asyncio.Lock()
        self._session = 0
        """Which of the database's processes serves us, or did last."""
        self.number = 0
        self.on_call: Callable[[str], None] = _nobody
        """Told what another process calls for; nothing when calls may have been lost."""

    async def open(self) -> None:
        """Claim a number that no other process of this database holds, on any machine.

        The search begins anywhere: a number that was just given up is not the next one's.
        """
        connection = await self._connect()
        first = secrets.randbelow(WORKERS)
        for step in range(WORKERS):
            number = (first + step) % WORKERS
            if await connection.fetchval(CLAIM_NUMBER, number):
                self.number = number
                await self._hold(connection)
                return
        await connection.close(timeout=_CONNECT_S)
        raise DatabaseFailure(
            f"{WORKERS} processes serve this database already.", "Stop some of them."
        )

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                await connection.close(timeout=_CONNECT_S)
            except AWAY:
                connection.terminate()

    async def office(self, name: str) -> bool:
        """Whether this process holds an office that only one process has; claims it if free.

        What somebody else has is asked for all at once, and no more often than every second.
        """
        if name in self._offices:
            return True
        async with self._turn:
            now = asyncio.get_running_loop().time()
            if name not in self._wanted or now - self._asked_at > _ASK_S:
                self._wanted.add(name)
                self._asked_at = now
                await self._claim_wanted()
        return name in self._offices

    async def _claim_wanted(self) -> None:
        if self._connection is None:
            return
        rows = await self._connection.fetch(CLAIM_OFFICES, list(self._wanted))
        if not self._lost.is_set():
            claimed = {row["name"] for row in rows}
            self._offices |= claimed
            self._wanted -= claimed

    async def call(self, what: str) -> None:
        """Have every other process told, as far as it can be reached now."""
        async with self._turn:
            if self._connection is not None:
                await self._connection.execute(CALL, what)

    async def keep(self) -> None:
        """Watch over the claims for ever; fails where the number is lost to somebody else."""
        while True:
            await self._loss()
            self._offices.clear()
            _log.warning("the database let go of this process's number, %d", self.number)
            await self._claim_again()
            _log.warning("number %d is this process's again", self.number)
            self.on_call("")

    async def _loss(self) -> None:
        """Return when the session is gone; a silent one is asked now and then."""
        while True:
            try:
                async with asyncio.timeout(_BEAT_S):
                    await self._lost.wait()
            except TimeoutError:
                await self._beat()
            else:
                return

    async def _beat(self) -> None:
        connection = self._connection
        if connection is None:
            return
        try:
            async with asyncio.timeout(_BEAT_S), self._turn:
                await connection.execute(BEAT)
        except AWAY:
            connection.terminate()
            self._lost.set()

    async def _claim_again(self) -> None:
        self._connection = None
        while not await self._has_claimed():  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(_RETRY_S)

    async def _has_claimed(self) -> bool:
        """Whether the number is ours again; fails where it is somebody else's."""
        try:
            connection = await self._connect()
            if await connection.fetchval(CLAIM_NUMBER, self.number):
                await self._hold(connection)
                return True
            own = await connection.fetchval(END_OWN, self.number, self._session)
        except (*AWAY, asyncpg.PostgresError):
            return False
        await connection.close(timeout=_CONNECT_S)
        if own:
            return False
        raise DatabaseFailure(
            f"Another process took number {self.number} while the database was away.",
            "This one ends, so that no two things get one id; start it again.",
        )

    async def _connect(self) -> "asyncpg.Connection[asyncpg.Record]":
        return await asyncpg.connect(self._dsn, timeout=_CONNECT_S)

    async def _hold(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        self._session = connection.get_server_pid()
        await connection.add_listener(_CHANNEL, self._on_call)
        self._connection = connection
        self._lost.clear()
        connection.add_termination_listener(self._on_end)

    def _on_call(self, _to: AnyConnection, sender: int, _channel: str, what: object) -> None:
        if sender != self._session:
            self.on_call(str(what))

    def _on_end(self, connection: AnyConnection) -> None:
        if connection is self._connection:
            self._lost.set()


def _nobody(_what: str) -> None:
    """Listens to no call."""


@asynccontextmanager
async def open_claims(dsn: str) -> AsyncIterator[Claims]:
    """The claims of this process, given up at the end; `keep` is for whoever stays."""
    claims = Claims(dsn)
    await claims.open()
    try:
        yield claims
    finally:
        await claims.close()
