"""Looks at every byte of a backup."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rift.backups import manifest
from rift.backups.copying import Pace
from rift.backups.failure import BackupFailed, Damaged
from rift.backups.manifest import DATABASE, FILES, LISTING, Checked, Manifest, Part
from rift.backups.progress import Tell
from rift.db.dumping import look_through
from rift.db.failure import DatabaseFailure

_REMEDY: Final = "Take another backup."


async def check(backup: Path, pace: Pace, tell: Tell) -> Manifest:
    """What the backup says of itself, if all of it is what was written; what was found is noted."""
    try:
        found = await _checked(backup, pace, tell)
    except Damaged as error:
        manifest.note_check(backup, Checked(at=datetime.now(UTC), problem=error.problem))
        raise
    manifest.note_check(backup, Checked(at=datetime.now(UTC)))
    return found


async def _checked(backup: Path, pace: Pace, tell: Tell) -> Manifest:
    found = manifest.read(backup)
    total, done = found.size, 0
    for name, part in _parts(backup, found):
        await pace.spend(part.size)
        _compare(backup, name, part)
        done += part.size
        tell("checking", min(done, total), total)
    try:
        await look_through(backup / DATABASE)
    except DatabaseFailure as error:
        raise Damaged(f"{DATABASE} cannot be read: {error.problem}", _REMEDY) from error
    return found


def _parts(backup: Path, found: Manifest) -> Iterator[tuple[str, Part]]:
    """Every file there must be; the list of files is read once it has been compared itself."""
    yield LISTING, found.files.listing
    yield DATABASE, found.database
    yield from found.private.items()
    if found.files.copied:
        for entry in manifest.entries(backup):
            yield f"{FILES}/{entry.key}", Part(size=entry.size, sha256=entry.sha256 or "")


def _compare(backup: Path, name: str, part: Part) -> None:
    try:
        size, digest = manifest.sealed(backup / name)
    except FileNotFoundError as error:
        raise Damaged(f"{name} is missing.", _REMEDY) from error
    except OSError as error:
        raise BackupFailed(f"{name} cannot be read: {error.strerror}.") from error
    if size != part.size:
        raise Damaged(f"{name} has {size} bytes and not {part.size}.", _REMEDY)
    if digest != part.sha256:
        raise Damaged(f"{name} is not what was written.", _REMEDY)
