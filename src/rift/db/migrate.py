"""Brings the database to this program's schema: numbered SQL files, in order, only forward."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.abc import Traversable
from importlib.resources import files
from typing import Final

from asyncpg import Record

from rift.db.failure import DatabaseFailure
from rift.db.pool import AnyConnection

_FILE_NAME: Final = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")
_NO_TIMEOUT_S: Final = 24 * 3600.0  # a migration of a large table outlasts any command timeout

_WAIT_FOR_TURN: Final = """
select pg_advisory_xact_lock(5422346951137)
"""
_NO_LOCK_TIMEOUT: Final = """
set local lock_timeout = 0
"""
_CREATE_TABLE: Final = """
create table if not exists rift_migrations (
    number int4 primary key,
    name text not null,
    checksum text not null,
    applied_at timestamptz not null default now()
)
"""
_APPLIED: Final = """
select number, name, checksum
from rift_migrations
order by number
"""
_RECORD: Final = """
insert into rift_migrations (number, name, checksum)
values ($1, $2, $3)
"""


@dataclass(frozen=True)
class _Migration:
    number: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()

    def __str__(self) -> str:
        return f"{self.number:04}_{self.name}"


async def migrate(
    connection: AnyConnection,
    progress: Callable[[str], None],
    folder: Traversable | None = None,
) -> int:
    """Applies what is missing and tells how many that were; concurrent starters take turns."""
    known = _read(folder or files("rift.db") / "migrations")
    applied = 0
    while await _apply_next(connection, known, progress):
        applied += 1
    return applied


def newest() -> int:
    """The number of the last migration this program knows."""
    return max(_read(files("rift.db") / "migrations"))


async def _apply_next(
    connection: AnyConnection,
    known: Mapping[int, _Migration],
    progress: Callable[[str], None],
) -> bool:
    """One migration in one transaction, the record of it included."""
    async with connection.transaction():
        await connection.execute(_NO_LOCK_TIMEOUT)
        await connection.execute(_WAIT_FOR_TURN, timeout=_NO_TIMEOUT_S)
        await connection.execute(_CREATE_TABLE)
        migration = _next(known, await connection.fetch(_APPLIED))
        if migration is None:
            return False
        progress(f"Migrating the database: {migration}")
        await connection.execute(migration.sql, timeout=_NO_TIMEOUT_S)
        await connection.execute(_RECORD, migration.number, migration.name, migration.checksum)
        return True


def _next(known: Mapping[int, _Migration], applied: list[Record]) -> _Migration | None:
    for row in applied:
        _check(known.get(row["number"]), row)
    newest = applied[-1]["number"] if applied else 0
    pending = sorted(known.keys() - {row["number"] for row in applied})
    if not pending:
        return None
    if pending[0] < newest:
        raise DatabaseFailure(
            f"The migration {known[pending[0]]} is older than the newest in the database "
            f"({newest:04}), and migrations only go forward.",
            "Give it a number after the newest one.",
        )
    return known[pending[0]]


def _check(ours: _Migration | None, applied: Record) -> None:
    name = f"{applied['number']:04}_{applied['name']}"
    if ours is None:
        raise DatabaseFailure(
            f"The database is newer than this program: it has the migration {name}, "
            "which this version of Rift does not know.",
            "Start the newer version of Rift, or restore a backup made with this one.",
        )
    if ours.checksum != applied["checksum"]:
        raise DatabaseFailure(
            f"The migration {name} was changed after it was applied to this database.",
            "Restore the file as it was released; put changes into a new migration.",
        )


def _read(folder: Traversable) -> dict[int, _Migration]:
    known: dict[int, _Migration] = {}
    for file in folder.iterdir():
        if (match := _FILE_NAME.fullmatch(file.name)) is None:
            continue
        # read as text: a checkout that rewrites line ends does not change the checksum
        migration = _Migration(int(match[1]), match[2], file.read_text(encoding="utf-8"))
        if migration.number in known:
            raise DatabaseFailure(f"{migration} and {known[migration.number]} share a number.")
        known[migration.number] = migration
    return known
