"""Migrations: in order, once, forward only, and never in silence when something is off."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio

from rift.db.failure import DatabaseFailure
from rift.db.migrate import migrate

Connection = asyncpg.Connection


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "0001_rooms.sql").write_text("create table rooms (id int8 primary key);\n")
    (tmp_path / "0002_names.sql").write_text(
        "alter table rooms add name text;\ninsert into rooms values (1, 'hall');\n"
    )
    (tmp_path / "README").write_text("not a migration")
    return tmp_path


@pytest_asyncio.fixture
async def connection(empty_database: str) -> AsyncIterator[Connection]:
    connection = await asyncpg.connect(empty_database)
    yield connection
    await connection.close()


async def test_an_empty_database_gets_all_migrations_in_order(
    connection: Connection, folder: Path
) -> None:
    told: list[str] = []
    assert await migrate(connection, told.append, folder) == 2
    assert await connection.fetchval("select name from rooms") == "hall"
    assert told == ["Migrating the database: 0001_rooms", "Migrating the database: 0002_names"]


async def test_a_migrated_database_is_left_alone(connection: Connection, folder: Path) -> None:
    await migrate(connection, print, folder)
    assert await migrate(connection, print, folder) == 0
    assert await connection.fetchval("select count(*) from rooms") == 1


async def test_only_new_migrations_are_applied(connection: Connection, folder: Path) -> None:
    await migrate(connection, print, folder)
    (folder / "0003_more.sql").write_text("insert into rooms values (2, 'attic')")
    assert await migrate(connection, print, folder) == 1
    assert await connection.fetchval("select count(*) from rooms") == 2


async def test_a_failing_migration_leaves_no_trace_and_keeps_those_before_it(
    connection: Connection, folder: Path
) -> None:
    broken = folder / "0003_broken.sql"
    broken.write_text("insert into rooms values (2, 'attic');\nselect 1 / 0;")
    with pytest.raises(asyncpg.DivisionByZeroError):
        await migrate(connection, print, folder)
    assert await connection.fetchval("select count(*) from rooms") == 1
    broken.write_text("insert into rooms values (2, 'attic')")
    assert await migrate(connection, print, folder) == 1


async def test_a_changed_migration_is_refused(connection: Connection, folder: Path) -> None:
    await migrate(connection, print, folder)
    (folder / "0001_rooms.sql").write_text("create table rooms (id int4 primary key);\n")
    with pytest.raises(DatabaseFailure, match="0001_rooms was changed after it was applied"):
        await migrate(connection, print, folder)


def _check_out_for_windows(folder: Path) -> None:
    for file in folder.glob("*.sql"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))


async def test_line_ends_of_a_checkout_are_not_a_change(
    connection: Connection, folder: Path
) -> None:
    await migrate(connection, print, folder)
    _check_out_for_windows(folder)
    assert await migrate(connection, print, folder) == 0


async def test_a_database_newer_than_the_program_is_refused(
    connection: Connection, folder: Path
) -> None:
    await migrate(connection, print, folder)
    (folder / "0002_names.sql").unlink()
    with pytest.raises(DatabaseFailure, match=r"newer than this program.*0002_names"):
        await migrate(connection, print, folder)


async def test_a_migration_numbered_into_the_past_is_refused(
    connection: Connection, folder: Path
) -> None:
    (folder / "0002_names.sql").rename(folder / "0003_names.sql")
    await migrate(connection, print, folder)
    (folder / "0002_late.sql").write_text("select 1")
    with pytest.raises(DatabaseFailure, match=r"0002_late is older than the newest.*0003"):
        await migrate(connection, print, folder)


async def test_two_migrations_of_one_number_are_refused(
    connection: Connection, folder: Path
) -> None:
    (folder / "0002_again.sql").write_text("select 1")
    with pytest.raises(DatabaseFailure, match="share a number"):
        await migrate(connection, print, folder)


async def test_concurrent_starters_wait_for_one_another(empty_database: str, folder: Path) -> None:
    (folder / "0003_slow.sql").write_text("select pg_sleep(0.3)")

    async def start() -> int:
        connection = await asyncpg.connect(
            empty_database, server_settings={"lock_timeout": "100ms"}, command_timeout=0.2
        )
        try:
            return await migrate(connection, print, folder)
        finally:
            await connection.close()

    assert sum(await asyncio.gather(*(start() for _ in range(5)))) == 3


async def test_the_released_migrations_apply(database: str) -> None:
    connection = await asyncpg.connect(database)
    try:
        assert await migrate(connection, print) == 0
        assert await connection.fetchval("select count(*) from rift_migrations") > 0
    finally:
        await connection.close()
