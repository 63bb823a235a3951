"""A database written to a file as it is at one moment, and put back from such a file."""

import asyncio
import os
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

import asyncpg
import msgspec
from asyncpg import Connection, Record

from rift.db.embedded import tool
from rift.db.embedded.process import ENVIRONMENT
from rift.db.failure import DatabaseFailure

_CONNECT_S: Final = 10.0
_NO_TIMEOUT_S: Final = 24 * 3600.0
_PIECE: Final = 256 * 1024
_LAST_WORDS: Final = 10

# Whoever made the last one may be gone so lately that the database has not seen it yet.
BEGIN_BACKUP: Final = """
select pg_advisory_lock(542234697, 1)
"""

# Whoever removes files holds it shared, for a moment.
HOLD_FILES: Final = """
select pg_advisory_lock(542234697, 0)
"""

EXPORT: Final = """
select
    pg_export_snapshot() as name,
    (select max(number) from rift_migrations) as schema,
    current_setting('server_version') as server,
    pg_database_size(current_database()) as size
"""

PATIENCE: Final = """
set lock_timeout = '5s';
set statement_timeout = 0;
set idle_in_transaction_session_timeout = 0;
"""

COUNTINGS: Final = """
select relname as name, format('select count(*) from public.%I', relname) as counting
from pg_class
where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> all ($1::text[])
order by relname
"""

IS_LIVED_IN: Final = """
select to_regclass('public.rift_migrations') is not null
"""

SERVED_BY: Final = """
select count(distinct objid)
from pg_locks
where locktype = 'advisory' and classid = 542234695 and objsubid = 2
    and database = (select oid from pg_database where datname = current_database())
"""

_TRANSIENT: Final = ("backup_runs",)
"""Tables that speak of this machine's doings: their rows stay behind."""

_DUMP: Final = (
    "--format=custom",
    "--compress=gzip:3",
    "--no-owner",
    "--no-privileges",
    "--no-comments",
    "--no-tablespaces",
    "--no-publications",
    "--no-subscriptions",
    "--no-security-labels",
    *(f"--exclude-table-data=public.{name}" for name in _TRANSIENT),
)

_RESTORE: Final = ("--no-owner", "--no-privileges", "--file=-")

# One transaction from what was there to what was saved: whatever stops it leaves what was there.
_CLEAR: Final = b"""\
\\set ON_ERROR_STOP on
begin;
set local lock_timeout = '10s';
drop schema public cascade;
create schema public;
"""

_CHECK_AND_COMMIT: Final = b"""
select set_config('rift.expected', :'expected', true);
do $$
declare
    wanted record;
    found bigint;
begin
    for wanted in select key, value::bigint as rows
        from jsonb_each_text(current_setting('rift.expected')::jsonb)
    loop
        execute format('select count(*) from public.%I', wanted.key) into found;
        if found <> wanted.rows then
            raise exception '% has % rows instead of %', wanted.key, found, wanted.rows;
        end if;
    end loop;
end
$$;
commit;
"""

# Older servers do not know it, and it changes nothing.
_UNKNOWN_TO_OLDER: Final = b"SET transaction_timeout = 0;\n"


class Busy(DatabaseFailure):
    """Somebody else makes a backup at this moment."""


class Snapshot:
    """The database as it was when this was taken."""

    def __init__(
        self, connection: "Connection[Record]", dsn: str, row: Record, tables: Mapping[str, int]
    ) -> None:
        self._connection = connection
        self._dsn = dsn
        self._name: str = row["name"]
        self.schema: int = row["schema"]
        self.server: str = row["server"]
        self.size: int = row["size"]
        self.tables = tables
        """How many rows each table has."""

    async def write(self, target: Path) -> None:
        """All of it to a file, once; then the database may clean up behind it again."""
        given = (*_DUMP, f"--snapshot={self._name}", f"--file={target}")
        async with _running("pg_dump", *given, login=_login(self._dsn)) as dump:
            await _succeed("pg_dump", dump)
        await self._connection.execute("rollback")

    async def confirm(self) -> None:
        """Fail where the database has let go of us, so that files may be gone that it names."""
        try:
            await self._connection.fetchval("select true")
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise DatabaseFailure(
                f"The database went away meanwhile: {error}.", "Try it again."
            ) from error


@asynccontextmanager
async def snapshot(dsn: str) -> AsyncIterator[Snapshot]:
    """What the database holds now; while this is entered, no file is removed that it names."""
    connection = await _connected(dsn)
    try:
        await connection.execute(PATIENCE)
        await _hold(connection)
        await connection.execute("begin isolation level repeatable read, read only")
        yield await _seen(connection, dsn)
    except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise DatabaseFailure(f"The database says no: {error}.") from error
    finally:
        with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            await connection.close(timeout=_CONNECT_S)


async def load(dsn: str, source: Path, tables: Mapping[str, int]) -> None:
    """Put a saved database in the place of what is there, whole and counted, or not at all."""
    expected = msgspec.json.encode(tables).decode()
    given = ("--no-psqlrc", "--quiet", "--file=-", f"--set=expected={expected}")
    async with (
        _running("psql", *given, login=_login(dsn), into=PIPE) as psql,
        _running("pg_restore", *_RESTORE, str(source), out=PIPE) as reading,
    ):
        try:
            await _tell(psql, _CLEAR)
            await _pass_on(reading, psql)
            await _succeed("pg_restore", reading)
            await _tell(psql, _CHECK_AND_COMMIT)
            _stdin(psql).close()
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has ended, and says why
        await _succeed("psql", psql)


async def look_through(source: Path) -> None:
    """Fail where a file is no saved database."""
    async with _running("pg_restore", "--list", str(source)) as listing:
        await _succeed("pg_restore", listing)


class Place(NamedTuple):
    """What is in a database already, and how many processes serve it."""

    lived_in: bool
    served_by: int


async def look_at(dsn: str) -> Place:
    """Whether there is something to lose, and somebody to disturb."""
    connection = await _connected(dsn)
    try:
        return Place(await connection.fetchval(IS_LIVED_IN), await connection.fetchval(SERVED_BY))
    finally:
        await connection.close(timeout=_CONNECT_S)


async def _seen(connection: "Connection[Record]", dsn: str) -> Snapshot:
    row = await connection.fetchrow(EXPORT)
    if row is None or row["schema"] is None:
        raise DatabaseFailure("There is no instance in this database yet.")
    tables = {
        table["name"]: await connection.fetchval(table["counting"])
        for table in await connection.fetch(COUNTINGS, list(_TRANSIENT))
    }
    return Snapshot(connection, dsn, row, tables)


async def _hold(connection: "Connection[Record]") -> None:
    """Be the only one that makes a backup, and let nobody remove files."""
    try:
        await connection.execute(BEGIN_BACKUP)
    except asyncpg.LockNotAvailableError as error:
        raise Busy("Another backup of this instance is under way.", "Wait for its end.") from error
    await connection.execute(HOLD_FILES)


async def _connected(dsn: str) -> "Connection[Record]":
    try:
        return await asyncpg.connect(dsn, timeout=_CONNECT_S, command_timeout=_NO_TIMEOUT_S)
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        raise DatabaseFailure(
            f"The database does not answer: {error}.", "Check DATABASE_URL, and that it runs."
        ) from error


class _Login(NamedTuple):
    """An address for PostgreSQL's programs; its password goes where no list of processes shows."""

    dsn: str
    environment: Mapping[str, str]


def _login(dsn: str) -> _Login:
    parts = urlsplit(dsn)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    password = query.pop("password", None) or unquote(parts.password or "")
    user, _, host = parts.netloc.rpartition("@")
    name = user.partition(":")[0]
    netloc = f"{name}@{host}" if name else host
    bare = parts._replace(netloc=netloc, query=urlencode(query))
    return _Login(urlunsplit(bare), {"PGPASSWORD": password} if password else {})


@asynccontextmanager
async def _running(
    program: str,
    *arguments: str,
    login: _Login | None = None,
    into: int = DEVNULL,
    out: int = DEVNULL,
) -> AsyncIterator[Process]:
    """One of PostgreSQL's programs; killed where it outlasts the context."""
    whereto = () if login is None else (f"--dbname={login.dsn}",)
    process = await asyncio.create_subprocess_exec(
        str(tool(program)),
        *whereto,
        *arguments,
        env={**ENVIRONMENT, **({} if login is None else login.environment)},
        stdin=into,
        stdout=out,
        stderr=PIPE,
        limit=_PIECE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def _succeed(program: str, process: Process) -> None:
    words = await process.stderr.read() if process.stderr is not None else b""
    if await process.wait() != 0:
        said = words.decode(errors="replace").strip().splitlines()[-_LAST_WORDS:]
        raise DatabaseFailure(f"{program} failed: {_joined(said)}")


def _joined(lines: Sequence[str]) -> str:
    return os.linesep.join(lines) or "it said nothing"


def _stdin(process: Process) -> asyncio.StreamWriter:
    if process.stdin is None:
        raise RuntimeError("a program was started without a way in")
    return process.stdin


async def _tell(process: Process, words: bytes) -> None:
    writer = _stdin(process)
    writer.write(words)
    await writer.drain()


async def _pass_on(source: Process, target: Process) -> None:
    """What one program writes to the other, a piece at a time."""
    if source.stdout is None:
        raise RuntimeError("a program was started without a way out")
    begun = False
    while piece := await source.stdout.read(_PIECE):
        await _tell(target, piece if begun else piece.replace(_UNKNOWN_TO_OLDER, b""))
        begun = True
