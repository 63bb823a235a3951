"""Files of every store go into a backup and come back from it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

from rift.backups.copying import Copier, Pace
from rift.backups.manifest import FORMAT, Manifest, Part, entries
from rift.backups.progress import silent
from rift.backups.restoring import Target, restore
from rift.config import Settings
from rift.db.dumping import snapshot
from rift.files import Store
from tests.database import Databases

CONTENT = {
    "attachments/1/2": b"notes",
    "attachments/1/20": b"more notes",
    "images/avatars/3/a": b"",
    "sounds/4": bytes(600_000),
}


async def bytes_of(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def filled(store: Store) -> None:
    for key, content in CONTENT.items():
        await store.write(key, bytes_of(content))
    await store.write("parts/9", bytes_of(b"what is not whole yet stays behind"))


async def content_of(store: Store, key: str) -> bytes:
    return b"".join([piece async for piece in store.read(key)])


async def test_files_come_back_as_they_were_and_others_are_not_touched(
    store: Store, settings: Settings, databases: Databases, database: str, tmp_path: Path
) -> None:
    await filled(store)
    backup = tmp_path / "backup"
    backup.mkdir()
    async with snapshot(database) as seen:
        await seen.write(backup / "database.dump")
        files = await Copier(store, backup, None, Pace()).copy(settings.files.store, silent)
    assert {entry.key: entry.size for entry in entries(backup)} == {
        key: len(content) for key, content in CONTENT.items()
    }
    await store.remove(["attachments/1/2"])
    await store.write("sounds/4", bytes_of(bytes(599_999) + b"!"))
    await store.write("stickers/5", bytes_of(b"nobody knows it"))
    part = Part(size=0, sha256="0" * 64)
    found = Manifest(
        format=FORMAT,
        program="1",
        schema=seen.schema,
        server=seen.server,
        made_at=datetime.now(UTC),
        database=part,
        tables=seen.tables,
        files=files,
        private={},
    )
    async with databases.empty_database() as elsewhere:
        target = Target(elsewhere, store, tmp_path, with_settings=False)
        await restore(backup, found, target, lambda _: None, silent)
    assert {key: await content_of(store, key) for key in CONTENT} == CONTENT
    # A bucket may be somebody else's as well.
    assert (await store.size("stickers/5") is None) == store.is_near


async def test_what_rotted_in_an_earlier_backup_is_copied_anew(
    store: Store, tmp_path: Path
) -> None:
    await filled(store)
    first, second = tmp_path / "first", tmp_path / "second"
    for place, before in ((first, None), (second, first)):
        place.mkdir()
        if before is not None:
            (before / "files" / "attachments" / "1" / "2").write_bytes(b"n0tes")
        await Copier(store, place, before, Pace()).copy("disk", silent)
    copied = second / "files" / "attachments"
    assert (copied / "1" / "2").read_bytes() == b"notes"
    assert (copied / "1" / "20").samefile(first / "files" / "attachments" / "1" / "20")
