"""What owners of the instance do with its backups."""

import asyncio
import os
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Final

import msgspec

from rift import errors
from rift.backups import journal, shelf
from rift.backups.journal import Restore
from rift.backups.task import CHECK, MAKE
from rift.config import Settings
from rift.core import access
from rift.core.actor import Actor, Visit
from rift.core.backups import queries
from rift.core.backups.keeping import next_at
from rift.core.bells import Bell
from rift.core.console import deeds
from rift.core.console.queries import PULSE
from rift.core.factors import proving
from rift.core.unit import Unit
from rift.db.migrate import newest
from rift.wire import backups as wire
from rift.wire.backups import BackupLink, BackupRun, Backups, RestoreState

_GOOD_FOR: Final = timedelta(minutes=15)
_BUSY: Final = "A backup is being made or read through; wait for its end."
_SERVED_ELSEWHERE: Final = (
    "Other machines serve this instance too. Stop all of them and use `rift restore`."
)


async def describe(unit: Unit, actor: Actor) -> Backups:
    """All there are, what is under way, and what comes next."""
    await access.instance(unit, actor)
    place = unit.settings.backups_directory
    row = await unit.maybe(queries.LATEST)
    restored = await asyncio.to_thread(journal.read, unit.settings.data_directory)
    seen = await asyncio.to_thread(_look, place, unit.settings.data_directory)
    return Backups(
        directory=str(place),
        problem=seen.problem,
        free_bytes=seen.free_bytes,
        same_disk=seen.same_disk,
        backups=[_shown(one) for one in await asyncio.to_thread(shelf.listed, place)],
        run=None if row is None else msgspec.convert(row, BackupRun, strict=False),
        next_at=await next_at(unit),
        restore=None if restored is None else _state(restored),
    )


async def order(unit: Unit, actor: Actor) -> BackupRun:
    """Have one made now."""
    await access.instance(unit, actor)
    return await _ordered(unit, actor, MAKE, None)


async def check(unit: Unit, actor: Actor, backup_name: str) -> BackupRun:
    """Have one read through."""
    await access.instance(unit, actor)
    await _found(unit.settings, backup_name)
    return await _ordered(unit, actor, CHECK, backup_name)


async def delete(unit: Unit, actor: Actor, visit: Visit, backup_name: str) -> None:
    """Remove one for good."""
    await _proven(unit, actor, visit)
    backup = await _found(unit.settings, backup_name)
    await deeds.note(unit, actor, "backup_delete", note=backup_name)
    await asyncio.to_thread(shelf.remove, backup.path)


async def lend(unit: Unit, actor: Actor, visit: Visit, backup_name: str) -> BackupLink:
    """A link by which a browser fetches one: whoever has it, has everything."""
    await _proven(unit, actor, visit)
    await _found(unit.settings, backup_name)
    await deeds.note(unit, actor, "backup_download", note=backup_name)
    return _link(unit, f"/backups/{backup_name}.tar?ticket=", f"fetch {backup_name}")


async def invite(unit: Unit, actor: Actor, visit: Visit) -> BackupLink:
    """An address to which one can be brought."""
    await _proven(unit, actor, visit)
    await deeds.note(unit, actor, "backup_upload")
    return _link(unit, "/api/backups/", "bring")


async def restore(unit: Unit, actor: Actor, visit: Visit, backup_name: str) -> RestoreState:
    """Have the instance be what it was: the server ends, puts the backup back, and starts."""
    await _proven(unit, actor, visit)
    backup = await _found(unit.settings, backup_name)
    if backup.manifest.schema > newest():
        raise errors.Conflict("This backup is newer than this program.")
    if backup.checked is not None and backup.checked.problem is not None:
        raise errors.Conflict("This backup is damaged.")
    if (await unit.one(PULSE))["workers"] > unit.settings.server.workers:
        raise errors.Conflict(_SERVED_ELSEWHERE)
    await deeds.note(unit, actor, "backup_restore", note=backup_name)
    wanted = Restore(source=str(backup.path), by="console", at=unit.now(), phase="wanted")
    data = unit.settings.data_directory

    async def begin() -> None:
        await asyncio.to_thread(journal.write, data, wanted)

    unit.afterwards(begin)
    return _state(wanted)


async def _proven(unit: Unit, actor: Actor, visit: Visit) -> None:
    async with Unit(unit.house, reading=True) as glance:
        await access.instance(glance, actor)
    await proving.require(unit, actor, visit)


async def _found(settings: Settings, name: str) -> shelf.Backup:
    found = await asyncio.to_thread(shelf.found, settings.backups_directory, name)
    if found is None:
        raise errors.NotFound
    return found


async def _ordered(unit: Unit, actor: Actor, kind: int, name: str | None) -> BackupRun:
    if not await unit.run(queries.ORDER, unit.new_id(), kind, name):
        raise errors.Conflict(_BUSY)
    if kind == MAKE:
        await deeds.note(unit, actor, "backup_make")
    unit.rouse(Bell.BACKUPS)
    return msgspec.convert(await unit.one(queries.LATEST), BackupRun, strict=False)


def _link(unit: Unit, path: str, what: str) -> BackupLink:
    ticket = unit.house.links.ticket(what, _GOOD_FOR)
    return BackupLink(url=f"{path}{ticket}", expires_at=unit.now() + _GOOD_FOR)


def _shown(backup: shelf.Backup) -> wire.Backup:
    about, checked = backup.manifest, backup.checked
    return wire.Backup(
        name=backup.name,
        made_at=about.made_at,
        version=about.program,
        size_bytes=about.size,
        files=about.files.count,
        has_files=about.files.copied,
        restorable=about.schema <= newest(),
        checked_at=None if checked is None else checked.at,
        problem=None if checked is None else checked.problem,
    )


def _state(found: Restore) -> RestoreState:
    return RestoreState(
        name=Path(found.source).name, at=found.at, phase=found.phase, problem=found.problem
    )


class _Seen(msgspec.Struct):
    problem: str | None
    free_bytes: int | None
    same_disk: bool


def _look(place: Path, data: Path) -> _Seen:
    """Whether backups can be kept there; what is not there yet is made when the first one is."""
    there = place
    while not there.exists() and there != there.parent:
        there = there.parent
    try:
        same_disk = there.stat().st_dev == data.stat().st_dev
        free = shutil.disk_usage(there).free
    except OSError as error:
        return _Seen(error.strerror or str(error), None, same_disk=False)
    if not there.is_dir():
        return _Seen(f"{there} is no directory.", free, same_disk)
    if not os.access(there, os.W_OK | os.X_OK):
        return _Seen(f"{there} cannot be written to.", free, same_disk)
    return _Seen(None, free, same_disk)
