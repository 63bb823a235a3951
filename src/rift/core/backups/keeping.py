"""Makes what backups are due or ordered, in a process of its own that lets everybody else first."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from datetime import datetime, timedelta
from typing import Final

import msgspec

from rift import snowflake
from rift.backups.task import CHECK, Ended, Report, Task, Told
from rift.core.backups import queries
from rift.core.backups.schedule import due_at
from rift.core.bells import Bell
from rift.core.offices import Officer
from rift.core.unit import Row, Unit
from rift.db.embedded import find_running

_KEPT: Final = timedelta(days=90)
_EVERY_S: Final = 1.0
_REPORT: Final[msgspec.json.Decoder[Report]] = msgspec.json.Decoder(Report)
_SILENT: Final = Ended(problem="The process that made it ended without a word.")


class Keeper(Officer):
    """One process of the instance has one at work, on the machine where the backups are to lie."""

    office = bell = Bell.BACKUPS

    async def step(self) -> bool:
        """Carry out what is to be done; whether there was something."""
        run = await self._next()
        if run is None:
            return False
        try:
            ended = await self._carried_out(run)
        except (OSError, ValueError) as error:
            ended = Ended(problem=str(error))
        async with Unit(self._house) as unit:
            await unit.run(queries.END, run["id"], unit.now(), ended.name, ended.problem)
            await unit.run(queries.FORGET, snowflake.at(unit.now() - _KEPT))
        return True

    async def due_at(self) -> datetime | None:
        async with Unit(self._house, reading=True) as unit:
            return await next_at(unit)

    async def _next(self) -> Row | None:
        async with Unit(self._house) as unit:
            due = await next_at(unit)
            if due is not None and due <= unit.now():
                await unit.run(queries.ORDER, unit.new_id(), 0, None)
            return await unit.maybe(queries.BEGIN, unit.now())

    async def _carried_out(self, run: Row) -> Ended:
        settings = self._house.choices.settings
        dsn = settings.database.url or find_running(settings.data_directory / "postgres")
        if not dsn:
            return Ended(problem="The database is away.")
        task = Task(settings=settings, dsn=dsn, check=run["name"] if run["kind"] == CHECK else None)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "rift.backups", stdin=PIPE, stdout=PIPE, start_new_session=True
        )
        try:
            return await self._followed(run["id"], process, task)
        finally:
            if process.returncode is None:
                process.terminate()
                await process.wait()

    async def _followed(self, id_: str, process: Process, task: Task) -> Ended:
        """Note how far it is, until it says how it went. It ends when we let go of its input."""
        if process.stdin is None or process.stdout is None:
            raise ValueError("a process was started without its pipes")
        process.stdin.write(msgspec.json.encode(task) + b"\n")
        noted_at = 0.0
        while line := await process.stdout.readline():
            match _REPORT.decode(line):
                case Ended() as ended:
                    return ended
                case Told(step=step, done=done, total=total):
                    now = asyncio.get_running_loop().time()
                    if now - noted_at > _EVERY_S:
                        noted_at = now
                        numbers = (str(done), str(total))
                        await self._house.pool.execute(queries.ADVANCE, id_, step, *numbers)
        return _SILENT


async def next_at(unit: Unit) -> datetime | None:
    """When the instance makes one by itself again."""
    last: datetime | None = (await unit.one(queries.LAST_MADE))["at"]
    return due_at(unit.settings.backup, last, unit.now())
