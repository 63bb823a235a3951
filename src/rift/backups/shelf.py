"""The directory where backups lie: each whole under its name, or not there at all."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import IO, Final, NamedTuple

from rift.backups import manifest, packing
from rift.backups.failure import BackupFailed
from rift.backups.manifest import Checked, Manifest
from rift.files.durable import make_folder, sync_folder

_PRIVATE: Final = 0o700
_DRAFT: Final = ".making-"
_GOING: Final = ".going-"
_COMING: Final = ".coming-"
_FORSAKEN: Final = timedelta(days=1)
_LOCK: Final = ".lock"


class Backup(NamedTuple):
    """One that is whole; whether its bytes are still what was written is another matter."""

    path: Path
    manifest: Manifest
    checked: Checked | None

    @property
    def name(self) -> str:
        return self.path.name


def listed(shelf: Path) -> list[Backup]:
    """All there are, the newest first."""
    try:
        names = [path for path in shelf.iterdir() if manifest.is_name(path.name)]
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return []
    found = [backup for path in names if (backup := _opened(path)) is not None]
    return sorted(found, key=lambda backup: (backup.manifest.made_at, backup.name), reverse=True)


def found(shelf: Path, name: str) -> Backup | None:
    """The one of that name."""
    return _opened(shelf / name) if manifest.is_name(name) else None


@contextmanager
def working_on(shelf: Path) -> Iterator[None]:
    """Nobody else makes or removes a backup here meanwhile, and what somebody left is gone."""
    make_folder(shelf)
    handle = os.open(shelf / _LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        _take(handle, shelf)
        for leftover in (*shelf.glob(f"{_DRAFT}*"), *shelf.glob(f"{_GOING}*")):
            shutil.rmtree(leftover)
        yield
    finally:
        os.close(handle)


@contextmanager
def draft(shelf: Path, moment: datetime) -> Iterator[tuple[Path, Path]]:
    """A directory to fill, and the name it has once this is left in peace."""
    final = _free(shelf, manifest.name_of(moment))
    making = shelf / f"{_DRAFT}{final.name}"
    making.mkdir(_PRIVATE)
    try:
        yield making, final
        _sync_all(making)
        making.rename(final)
        sync_folder(shelf)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise


def remove(backup: Path) -> None:
    """Take its name away first: what is half gone is no backup."""
    going = backup.with_name(f"{_GOING}{backup.name}")
    backup.rename(going)
    shutil.rmtree(going)


def prune(shelf: Path, keep: int) -> list[str]:
    """Let the oldest go beyond so many; their names."""
    gone = listed(shelf)[keep:]
    for backup in gone:
        remove(backup.path)
    return [backup.name for backup in gone]


def _opened(path: Path) -> Backup | None:
    with suppress(BackupFailed, OSError, ValueError):
        return Backup(path, manifest.read(path), manifest.checked(path))
    return None


def _free(shelf: Path, name: str) -> Path:
    path, number = shelf / name, 1
    while path.exists():
        number += 1
        path = shelf / f"{name}-{number}"
    return path


def _take(handle: int, shelf: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise BackupFailed(
            f"Another backup is being made in {shelf}.", "Wait for its end."
        ) from error


def _sync_all(root: Path) -> None:
    for folder, _, _ in os.walk(root):
        sync_folder(Path(folder))


def take_in(shelf: Path, moment: datetime, source: IO[bytes]) -> str:
    """Unpack one that comes from elsewhere; its name."""
    with source:
        make_folder(shelf)
        _clear_forsaken(shelf, moment)
        room = shelf / f"{_COMING}{moment:%H%M%S}-{token_hex(4)}"
        try:
            packing.unpack(source, room)
            _sync_all(room)
            final = _free(shelf, manifest.name_of(manifest.read(room).made_at))
            manifest.forget_check(room)
            room.rename(final)
        except OSError as error:
            raise BackupFailed(f"It cannot be kept in {shelf}: {error.strerror}.") from error
        finally:
            shutil.rmtree(room, ignore_errors=True)
        sync_folder(shelf)
        return final.name


def _clear_forsaken(shelf: Path, moment: datetime) -> None:
    """What somebody began to bring and a crash left; others may be at it now."""
    for room in shelf.glob(f"{_COMING}*"):
        with suppress(FileNotFoundError):
            if room.stat().st_mtime < (moment - _FORSAKEN).timestamp():
                shutil.rmtree(room)
