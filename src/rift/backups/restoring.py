"""Puts a backup in the place of what an instance holds; whatever breaks it off, it can be redone.

Files are added first: those of an instance that is there already are not touched by that. Then the
database is replaced in one transaction, and the keys with one rename. What the backup does not
know is removed at the very end.
"""

import hashlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Final, NamedTuple

from rift.backups import manifest
from rift.backups.checking import check
from rift.backups.copying import Pace, keys
from rift.backups.failure import BackupFailed
from rift.backups.journal import Phase
from rift.backups.manifest import DATABASE, FILES, Entry, Manifest
from rift.backups.progress import Tell
from rift.db.dumping import load
from rift.db.failure import DatabaseFailure
from rift.db.migrate import newest
from rift.files import Missing, Store, StoreDown

_KEYS: Final = "keys.json"
_SETTINGS: Final = "rift.toml"
_PIECE: Final = 256 * 1024
_AT_ONCE: Final = 500


class Target(NamedTuple):
    """Where an instance is to be: its database, its files and its data directory."""

    dsn: str
    store: Store
    data: Path
    with_settings: bool
    """Whether `rift.toml` comes back too, where there is none."""


class Restored(NamedTuple):
    rows: int
    files: int
    missing: int
    """Files of which the backup has the names alone, and which the store does not have."""


async def inspected(backup: Path, tell: Tell) -> Manifest:
    """A backup that is whole and that this program understands."""
    found = manifest.read(backup)
    if found.schema > newest():
        raise BackupFailed(
            f"This backup is newer than this program: its database has the migration "
            f"{found.schema:04}, and this version of Rift knows {newest():04}.",
            "Use the newer version of Rift.",
        )
    return await check(backup, Pace(), tell)


async def restore(
    backup: Path, found: Manifest, target: Target, note: Callable[[Phase], None], tell: Tell
) -> Restored:
    """Let the instance be what it was; a failure before anything was replaced changes nothing."""
    note("preparing")
    added: list[str] = []
    try:
        missing = await _add_files(backup, found, target.store, added, tell)
        note("replacing")
        tell("database", 0, 0)
        await load(target.dsn, backup / DATABASE, found.tables)
    except (DatabaseFailure, StoreDown, OSError) as error:
        await target.store.remove(added)
        words = getattr(error, "problem", None) or getattr(error, "strerror", None) or str(error)
        raise BackupFailed(
            f"Nothing was replaced: {words}", "What was here before is as it was."
        ) from error
    tell("keys", 0, 0)
    _put_keys(backup, found, target)
    if found.files.copied and target.store.is_near:
        await _remove_others(backup, target.store)
    return Restored(sum(found.tables.values()), found.files.count, missing)


async def _add_files(
    backup: Path, found: Manifest, store: Store, added: list[str], tell: Tell
) -> int:
    """Bring every file that is not there as it should be; how many cannot be brought."""
    missing = 0
    for done, entry in enumerate(manifest.entries(backup), 1):
        is_there = await store.size(entry.key) == entry.size
        if not found.files.copied:
            missing += not is_there
        elif not (is_there and await _is_same(store, entry)):
            await store.write(entry.key, _read(backup / FILES / entry.key))
            if not is_there:
                added.append(entry.key)
        tell("files", done, found.files.count)
    return missing


async def _is_same(store: Store, entry: Entry) -> bool:
    digest = hashlib.sha256()
    try:
        async for piece in store.read(entry.key):
            digest.update(piece)
    except Missing:
        return False
    return digest.hexdigest() == entry.sha256


def _put_keys(backup: Path, found: Manifest, target: Target) -> None:
    if _KEYS in found.private:
        manifest.put_private(target.data / _KEYS, (backup / _KEYS).read_bytes())
    settings = target.data / _SETTINGS
    if target.with_settings and _SETTINGS in found.private and not settings.exists():
        manifest.put_private(settings, (backup / _SETTINGS).read_bytes())


async def _remove_others(backup: Path, store: Store) -> None:
    """Files the backup does not know: nothing names them any more."""
    surplus: list[str] = []
    known = manifest.entries(backup)
    entry = next(known, None)
    async for key in keys(store):
        while entry is not None and entry.key < key:
            entry = next(known, None)
        if entry is None or entry.key != key:
            surplus.append(key)
        if len(surplus) >= _AT_ONCE:
            await store.remove(surplus)
            surplus.clear()
    await store.remove(surplus)


async def _read(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
