"""`rift backup` and `rift restore`, beside a real server and without one."""

import asyncio
import json
import os
import resource
import shutil
import tarfile
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

import asyncpg
import pytest
import pytest_asyncio

from rift.app import CannotStart, put_back
from rift.app.premises import occupied
from rift.backups import journal, packing, shelf
from rift.backups.checking import check
from rift.backups.copying import Pace
from rift.backups.failure import BackupFailed
from rift.backups.journal import Restore
from rift.backups.manifest import checked, read
from rift.backups.progress import silent
from rift.backups.restoring import inspected
from rift.config import Settings, load
from rift.db.claims import open_claims
from rift.files.durable import make_folder
from tests.api import Api, Person
from tests.backups.instances import Lived, begin, files, live, rift, rows, saved
from tests.database import Databases
from tests.nouns.luggage import fetched
from tests.patience import until
from tests.server import LIFTED, running_server

WORDS: Final = """
select content
from messages
where content like 'word %'
order by id
"""


class Origin(NamedTuple):
    """An instance that was saved twice: while somebody wrote, and after its server had stopped."""

    lived: Lived
    data: Path
    database: str
    first: Path
    backup: Path
    rows: Mapping[str, str]

    @property
    def place(self) -> dict[str, Path | str]:
        return {"data": self.data, "database": self.database}

    def copy(self, to: Path) -> Path:
        """The second backup, to be damaged."""
        shutil.copytree(self.backup, to)
        return to


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def origin(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Origin]:
    data, shelf = tmp_path_factory.mktemp("origin"), tmp_path_factory.mktemp("shelf")
    async with databases.fresh_database() as dsn:
        place = {"data": data, "database": dsn}
        async with running_server(data, {**LIFTED, "DATABASE_URL": dsn}) as server:
            lived = await live(server)
            owner = await Person.behind(Api(server.http, server.url, lived.token))
            talking = asyncio.create_task(_talk(owner, lived.channel_id))
            first = await saved(shelf, **place)
            talking.cancel()
            await asyncio.gather(talking, return_exceptions=True)
        second = await saved(shelf, **place)
        yield Origin(lived, data, dsn, first, second, await rows(dsn))


async def _talk(owner: Person, channel_id: str) -> None:
    number = 0
    while True:
        await owner.say(channel_id, f"word {number}")
        number += 1


@pytest_asyncio.fixture
async def elsewhere(databases: Databases) -> AsyncIterator[str]:
    """Another database, with nothing in it."""
    async with databases.empty_database() as dsn:
        yield dsn


async def test_an_instance_is_the_same_after_it_was_saved_and_put_back(
    origin: Origin, elsewhere: str, tmp_path: Path
) -> None:
    done = await rift("restore", origin.backup, data=tmp_path, database=elsewhere)
    assert done.code == 0, done.problem
    assert await rows(elsewhere) == origin.rows
    assert files(tmp_path) == files(origin.data)
    assert (tmp_path / "keys.json").read_bytes() == (origin.data / "keys.json").read_bytes()
    async with running_server(tmp_path, {**LIFTED, "DATABASE_URL": elsewhere}) as server:
        lived = origin.lived
        again = await Person.behind(Api(server.http, server.url, lived.token))
        assert await fetched(again, lived.attachment) == lived.content
        assert (await again.say(lived.channel_id, "we are back"))["content"] == "we are back"


async def test_what_the_console_ordered_is_carried_out_at_the_next_start_after_a_crash(
    origin: Origin, elsewhere: str, tmp_path: Path
) -> None:
    """And what was saved beside a running server is of one moment."""
    ordered = Restore(
        source=str(origin.first), by="console", at=datetime.now(UTC), phase="replacing"
    )
    journal.write(tmp_path, ordered)
    async with running_server(tmp_path, {**LIFTED, "DATABASE_URL": elsewhere}):
        assert _phase(tmp_path) == "done"
        assert files(tmp_path) == files(origin.data)
        connection = await asyncpg.connect(elsewhere)
        words = [row["content"] for row in await connection.fetch(WORDS)]
        await connection.close()
        assert words == [f"word {number}" for number in range(len(words))]


async def test_the_database_that_comes_along_is_saved_and_put_back_too(
    origin: Origin, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    done = await rift("restore", origin.backup, data=data)
    assert done.code == 0, done.problem
    again = await saved(tmp_path / "shelf", data=data)
    assert read(again).tables == read(origin.backup).tables
    assert read(again).files == read(origin.backup).files


async def test_backups_share_what_did_not_change_and_nobody_else_may_read_them(
    origin: Origin,
) -> None:
    parts = [path.relative_to(origin.backup) for path in origin.backup.rglob("*")]
    shared = [
        part for part in parts if part.parts[0] == "files" and (origin.first / part).is_file()
    ]
    assert shared
    assert all((origin.backup / part).samefile(origin.first / part) for part in shared)
    assert {(origin.backup / part).stat().st_mode & 0o077 for part in parts} == {0}


async def test_an_instance_is_replaced_only_when_that_is_meant(
    origin: Origin, tmp_path: Path
) -> None:
    again = ("restore", origin.backup, "--replace", "--yes")
    with occupied(origin.data), pytest.raises(CannotStart, match="already running"):
        await put_back(settings_of(origin), origin.backup, print, silent, may_replace=True)
    elsewhere = settings_of(origin._replace(data=tmp_path))
    async with open_claims(origin.database):
        with pytest.raises(BackupFailed, match="serve this database"):
            await put_back(elsewhere, origin.backup, print, silent, may_replace=True)
    for words in ((), ("--replace",)):
        refused = await rift("restore", origin.backup, *words, **origin.place)
        assert refused.code == 1
    late = origin.data / "files" / "attachments" / "1" / "2"
    late.parent.mkdir()
    late.write_bytes(b"nobody knows it")
    connection = await asyncpg.connect(origin.database)
    await connection.execute("update messages set content = 'said too late'")
    await connection.close()
    assert await rows(origin.database) != origin.rows
    done = await rift(*again, **origin.place)
    assert done.code == 0, done.problem
    assert await rows(origin.database) == origin.rows
    assert not late.exists()


async def test_a_restore_that_was_killed_says_so_and_is_done_again(
    origin: Origin, elsewhere: str, tmp_path: Path
) -> None:
    connection = await asyncpg.connect(elsewhere)
    await connection.execute("create table former (id int)")
    async with connection.transaction():
        await connection.execute("lock table former in access share mode")
        process = await begin("restore", origin.backup, data=tmp_path, database=elsewhere)
        await until(lambda: _phase(tmp_path) == "replacing", 30)
        process.kill()
        await process.communicate()
    await connection.close()
    assert list(await rows(elsewhere)) == ["former"]
    refused = await rift("up", "--port", "0", data=tmp_path, database=elsewhere)
    assert refused.code == 1
    assert f"Run `rift restore {origin.backup} --replace` again" in refused.problem
    done = await rift("restore", origin.backup, data=tmp_path, database=elsewhere)
    assert done.code == 0, done.problem
    assert await rows(elsewhere) == origin.rows
    assert _phase(tmp_path) is None


def _phase(data: Path) -> str | None:
    found = journal.read(data)
    return None if found is None else found.phase


async def test_a_backup_that_was_killed_is_none_and_leaves_nothing_behind(
    origin: Origin, tmp_path: Path
) -> None:
    connection = await asyncpg.connect(origin.database)
    async with connection.transaction():
        await connection.execute("lock table messages in access exclusive mode")
        process = await begin("backup", "--to", tmp_path, **origin.place)
        await until(lambda: any(tmp_path.glob(".making-*")), 30)
        process.kill()
        await process.communicate()
    await connection.close()
    assert shelf.listed(tmp_path) == []
    assert names(tmp_path) != [".lock"]
    backup = await saved(tmp_path, **origin.place)
    assert names(tmp_path) == [".lock", backup.name]


async def test_where_there_is_no_room_nothing_is_left(origin: Origin, tmp_path: Path) -> None:
    def cramped() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))

    done = await rift("backup", "--to", tmp_path, **origin.place, limit=cramped)
    assert done.code == 1
    assert f"There is no room left in {tmp_path}; nothing was kept" in done.problem
    assert names(tmp_path) == [".lock"]


async def test_only_a_list_of_files_is_kept_where_that_is_wanted(
    origin: Origin, elsewhere: str, tmp_path: Path
) -> None:
    done = await rift("backup", "--no-files", "--to", tmp_path / "shelf", **origin.place)
    assert "only a list of them" in done.out
    backup = Path(done.out.splitlines()[0])
    done = await rift("restore", backup, data=tmp_path / "other", database=elsewhere)
    assert "1 files are not in the backup, and not in the store either." in done.out


async def test_every_damage_is_seen(origin: Origin, tmp_path: Path) -> None:
    assert (await check(origin.backup, Pace(), silent)).files.count == 1
    for number, path in enumerate(sorted(origin.backup.rglob("*"))):
        name = path.relative_to(origin.backup).as_posix()
        if path.is_dir() or name == "checked.json":
            continue
        for spoil in (_shorten, _flip, Path.unlink):
            copy = origin.copy(tmp_path / f"{spoil.__name__}{number}")
            spoil(copy / name)
            with pytest.raises(BackupFailed) as caught:
                await check(copy, Pace(), silent)
            assert path.stem in str(caught.value)
            noted = checked(copy)
            assert noted is not None
            if not name.startswith("manifest"):
                assert noted.problem == caught.value.problem


async def test_what_is_newer_or_no_backup_is_not_put_back(origin: Origin, tmp_path: Path) -> None:
    newer = origin.copy(tmp_path / "newer")
    _tell(newer, schema=9999)
    cut = tmp_path / "cut.tar"
    cut.write_bytes(b"".join(packing.packed(origin.backup))[:-200_000])
    noise = tmp_path / "noise.tar"
    noise.write_bytes(os.urandom(5000))
    for path, words in (
        (newer, "This backup is newer than this program"),
        (cut, "or not all of it is here"),
        (noise, "This file is no backup of Rift"),
        (tmp_path, "is no backup of Rift"),
    ):
        with pytest.raises(BackupFailed, match=words), packing.unpacked(path, tmp_path) as backup:
            await inspected(backup, silent)


async def test_what_is_damaged_is_neither_whole_nor_put_back(
    origin: Origin, elsewhere: str, tmp_path: Path
) -> None:
    flipped = origin.copy(tmp_path / "flipped")
    _flip(flipped / "database.dump")
    for words in (("backup", "--verify", flipped), ("restore", flipped)):
        done = await rift(*words, data=tmp_path / "other", database=elsewhere)
        assert done.code == 1
        assert "database.dump is not what was written." in done.problem
    assert await rows(elsewhere) == {}


async def test_a_database_that_lacks_rows_is_not_put_in_the_place_of_another(
    origin: Origin, tmp_path: Path
) -> None:
    """Nothing is left of the files that came before it either."""
    less = origin.copy(tmp_path / "less")
    tables = dict(read(less).tables)
    _tell(less, tables={**tables, "messages": tables["messages"] + 1})
    (kept,) = (path for path in (origin.data / "files").rglob("*") if path.is_file())
    aside = kept.rename(tmp_path / "aside")
    with pytest.raises(BackupFailed, match=r"messages has \d+ rows instead of") as caught:
        await put_back(settings_of(origin), less, print, silent, may_replace=True)
    assert caught.value.remedy == "What was here before is as it was."
    assert not kept.exists()
    make_folder(kept.parent)
    aside.rename(kept)
    assert await rows(origin.database) == origin.rows
    assert _phase(origin.data) is None


async def test_a_tar_of_a_backup_is_as_good(origin: Origin, tmp_path: Path) -> None:
    tar = tmp_path / "carried.tar"
    tar.write_bytes(b"".join(packing.packed(origin.backup)))
    assert tar.stat().st_size == packing.packed_size(origin.backup)
    with packing.unpacked(tar, tmp_path) as backup:
        await inspected(backup, silent)
    with tarfile.open(tar) as plain:
        assert plain.getnames()[0].startswith(f"{origin.backup.name}/")


def settings_of(origin: Origin) -> Settings:
    return load(None, {}, {"data.directory": str(origin.data), "database.url": origin.database})


def names(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir())


def _tell(backup: Path, **others: object) -> None:
    """Have a backup say something else of itself."""
    text = json.dumps({**json.loads((backup / "manifest.json").read_bytes()), **others}).encode()
    (backup / "manifest.json").write_bytes(text)
    (backup / "manifest.sha256").write_text(sha256(text).hexdigest())


def _shorten(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 2)


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
