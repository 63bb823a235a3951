"""Backups and restores of the instance that the settings name."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from rift.app.database import reach_database
from rift.app.failure import CannotStart
from rift.app.premises import occupied
from rift.app.sockets import Stop
from rift.backups import journal, making, packing, restoring, shelf
from rift.backups.failure import BackupFailed
from rift.backups.journal import Phase, Restore
from rift.backups.making import Manner
from rift.backups.progress import Tell, silent
from rift.backups.restoring import Restored, Target
from rift.backups.shelf import Backup
from rift.backups.source import source_of
from rift.config import Settings
from rift.db.dumping import look_at
from rift.db.failure import DatabaseFailure
from rift.files import StoreDown, open_store

Progress = Callable[[str], None]
_LISTEN_EVERY_S: Final = 0.5
_LOOKS: Final = 3


class Inhabited(Exception):
    """There is an instance already, which would be gone."""


async def back_up(
    settings: Settings, place: Path | None, manner: Manner, progress: Progress, tell: Tell
) -> tuple[Backup, list[str]]:
    """A new backup, also beside a running server; and the names of those that went for it."""
    async with reach_database(settings, progress, share=True) as dsn:
        source = await source_of(settings, dsn)
        where = place or settings.backups_directory
        made = await making.make(source, where, manner, tell)
    gone = shelf.prune(where, settings.backup.keep) if place is None else []
    return made, gone


async def put_back(
    settings: Settings, path: Path, progress: Progress, tell: Tell, *, may_replace: bool
) -> Restored:
    """Restore from the shell, where no server runs."""
    data = settings.data_directory
    with occupied(data), packing.unpacked(path, data) as backup:
        before = journal.read(data)
        goes_on = before is not None and before.is_open and before.source == str(path)
        wanted = Restore(source=str(path), by="shell", at=datetime.now(UTC), phase="wanted")
        try:
            restored = await _restored(
                settings, wanted, backup, progress, tell, may_replace=may_replace or goes_on
            )
        except BackupFailed:
            if before is None or not before.is_open:
                journal.forget(data)
            else:
                journal.write(data, before)
            raise
        journal.forget(data)
        return restored


@asynccontextmanager
async def restores_heard(data: Path, stop: Stop) -> AsyncIterator[None]:
    """Have the server stop and start anew once somebody wants a backup back."""

    async def listen() -> None:
        while not stop.is_set():
            await asyncio.sleep(_LISTEN_EVERY_S)
            wanted = journal.read(data)
            if wanted is not None and wanted.is_open:
                stop.again = True
                stop.set()

    listening = asyncio.create_task(listen())
    try:
        yield
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


async def finish_restore(settings: Settings, progress: Progress) -> None:
    """Carry out what was ordered in the console, or say no while one from the shell is half done.

    To be called before the server starts, by who occupies the data directory.
    """
    data = settings.data_directory
    wanted = journal.read(data)
    if wanted is None or not wanted.is_open:
        return
    if wanted.by == "shell":
        raise _broken_off(wanted, data)
    progress(f"Restoring {wanted.source}")
    try:
        with packing.unpacked(Path(wanted.source), data) as backup:
            await _restored(settings, wanted, backup, progress, silent, may_replace=True)
    except BackupFailed as error:
        if wanted.phase == "replacing":
            raise CannotStart(
                f"A restore of {wanted.source} was broken off here and cannot be finished: "
                f"{error.problem}",
                f"Run `rift restore PATH --replace` with a backup that is whole. {error.remedy}",
            ) from error
        journal.write(data, replace(wanted, phase="failed", problem=error.problem))
        progress(f"{error.problem} {error.remedy}")
    except (OSError, StoreDown) as error:
        raise CannotStart(
            f"The restore of {wanted.source} cannot be finished: {error}.",
            "Start Rift again once that is mended: it goes on with it.",
        ) from error
    else:
        journal.write(data, replace(wanted, phase="done"))


async def _restored(
    settings: Settings,
    wanted: Restore,
    backup: Path,
    progress: Progress,
    tell: Tell,
    *,
    may_replace: bool,
) -> Restored:
    data = settings.data_directory
    found = await restoring.inspected(backup, tell)
    async with reach_database(settings, progress) as dsn:
        await _refuse(dsn, data, may_replace=may_replace)
        store = await open_store(settings)
        target = Target(dsn, store, data, with_settings=wanted.by == "shell")

        def note(phase: Phase) -> None:
            journal.write(data, replace(wanted, phase=phase))

        return await restoring.restore(backup, found, target, note, tell)


async def _refuse(dsn: str, data: Path, *, may_replace: bool) -> None:
    try:
        place = await look_at(dsn)
        for _ in range(_LOOKS):  # the database may not have seen yet that a process is gone
            if not place.served_by:
                break
            await asyncio.sleep(_LISTEN_EVERY_S)
            place = await look_at(dsn)
    except DatabaseFailure as error:
        raise CannotStart(error.problem, error.remedy) from error
    if place.served_by:
        raise BackupFailed(
            f"{place.served_by} processes of Rift serve this database.", "Stop them first."
        )
    if (place.lived_in or (data / "keys.json").exists()) and not may_replace:
        raise Inhabited


def _broken_off(wanted: Restore, data: Path) -> CannotStart:
    again = f"Run `rift restore {wanted.source} --replace` again to finish it."
    if wanted.phase == "replacing":
        return CannotStart(f"A restore of {wanted.source} was broken off here.", again)
    return CannotStart(
        f"A restore of {wanted.source} was broken off here; nothing is replaced yet.",
        f"{again} To do without it, delete {data / 'restore.json'}.",
    )
