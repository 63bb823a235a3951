"""Makes a backup while the server runs: first the database, then the files it names."""

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from rift.backups import manifest, shelf
from rift.backups.copying import Copier, Pace
from rift.backups.failure import BackupFailed
from rift.backups.manifest import DATABASE, FORMAT, Checked, Files, Manifest, Part
from rift.backups.progress import Tell
from rift.backups.shelf import Backup
from rift.db.dumping import Snapshot, look_through, snapshot
from rift.db.failure import DatabaseFailure
from rift.files import Store, StoreDown


class Source(NamedTuple):
    """An instance: its database, its files, and what else lies in its data directory."""

    dsn: str
    store: Store
    kind: str
    private: Mapping[str, Path]


class Manner(NamedTuple):
    """How a backup is made: with the files or with a list of them, and at what pace."""

    files: bool
    pace: Pace


async def make(source: Source, place: Path, manner: Manner, tell: Tell) -> Backup:
    """A new backup in a directory; it has its name only once all of it is on the disk."""
    with _explained(place), shelf.working_on(place):
        before = next((one.path for one in shelf.listed(place) if one.manifest.files.copied), None)
        now = datetime.now(UTC).replace(microsecond=0)
        with shelf.draft(place, now) as (draft, final):
            async with snapshot(source.dsn) as seen:
                dump = await _dump(seen, draft, tell)
                copier = Copier(source.store, draft, before, manner.pace)
                copy = copier.copy if manner.files else copier.list_only
                files = await copy(source.kind, tell)
                await seen.confirm()
            private = _copy_private(source.private, draft)
            made = _described(seen, now, dump, files, private)
            manifest.write(draft, made)
            check = Checked(at=now)
            manifest.note_check(draft, check)
        return Backup(final, made, check)


async def _dump(seen: Snapshot, draft: Path, tell: Tell) -> Part:
    tell("database", 0, seen.size)
    path = draft / DATABASE
    with manifest.new_file(path):  # for our eyes only before anything is in it
        await seen.write(path)
    await look_through(path)
    tell("database", seen.size, seen.size)
    return manifest.part(path)


def _copy_private(private: Mapping[str, Path], draft: Path) -> dict[str, Part]:
    copied = {}
    for name, path in private.items():
        if path.is_file():
            manifest.write_private(draft / name, path.read_bytes())
            copied[name] = manifest.part(draft / name)
    return copied


def _described(
    seen: Snapshot, now: datetime, dump: Part, files: Files, private: Mapping[str, Part]
) -> Manifest:
    return Manifest(
        format=FORMAT,
        program=version("rift"),
        schema=seen.schema,
        server=seen.server,
        made_at=now,
        database=dump,
        tables=seen.tables,
        files=files,
        private=private,
    )


@contextmanager
def _explained(place: Path) -> Iterator[None]:
    """What the system, the database and the store say against it, in one voice."""
    try:
        yield
    except DatabaseFailure as error:
        raise BackupFailed(error.problem, error.remedy) from error
    except StoreDown as error:
        raise BackupFailed(f"The files cannot be read: {error}.") from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise BackupFailed(
                f"There is no room left in {place}; nothing was kept of this backup.",
                "Make room, or choose another place.",
            ) from error
        raise BackupFailed(
            f"Backups cannot be kept in {place}: {error.strerror or error}.",
            "Choose a directory that this user may write to.",
        ) from error
