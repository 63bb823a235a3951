"""The process that makes one backup for a running server, which it lets go first in everything."""

import asyncio
import contextlib
import os
import sys
import time
from typing import Final

import msgspec

from rift.backups import making, shelf
from rift.backups.checking import check
from rift.backups.copying import Pace
from rift.backups.failure import BackupFailed
from rift.backups.making import Manner
from rift.backups.progress import Step
from rift.backups.source import source_of
from rift.backups.task import Ended, Report, Task, Told

_LEAST_IMPORTANT: Final = 15
_TELL_EVERY_S: Final = 0.2


def main() -> None:
    """Do what standard input says; should whoever wrote it be gone, be gone as well."""
    os.nice(_LEAST_IMPORTANT)
    task = msgspec.json.decode(sys.stdin.buffer.readline(), type=Task)
    with contextlib.suppress(asyncio.CancelledError):
        asyncio.run(_watched(task))


async def _watched(task: Task) -> None:
    work = asyncio.create_task(_done(task))
    loop = asyncio.get_running_loop()
    loop.add_reader(sys.stdin.fileno(), work.cancel)
    try:
        _tell(await work)
    finally:
        loop.remove_reader(sys.stdin.fileno())


async def _done(task: Task) -> Ended:
    try:
        return Ended(name=await _carried_out(task))
    except BackupFailed as error:
        return Ended(problem=str(error))


async def _carried_out(task: Task) -> str:
    settings, voice = task.settings, _Voice()
    pace, place = Pace(settings.backup.bytes_per_s), settings.backups_directory
    if task.check is not None:
        await check(place / task.check, pace, voice.tell)
        return task.check
    source = await source_of(settings, task.dsn)
    manner = Manner(files=settings.backup.files, pace=pace)
    made = await making.make(source, place, manner, voice.tell)
    shelf.prune(place, settings.backup.keep)
    return made.name


class _Voice:
    """Says how far it is, but not all the time."""

    def __init__(self) -> None:
        self._said_at = 0.0
        self._step = ""

    def tell(self, step: Step, done: int, total: int) -> None:
        now = time.monotonic()
        if step != self._step or now - self._said_at > _TELL_EVERY_S:
            self._step, self._said_at = step, now
            _tell(Told(step=step, done=done, total=total))


def _tell(report: Report) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(report) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
