"""Several serving processes on one port: started, watched, restarted and stopped together."""

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

import msgspec

from rift.app.failure import CannotStart
from rift.app.process import Workplan

_log = logging.getLogger(__name__)
_READY = b"ready\n"
_READY_S: Final = 60.0
_STOP_S: Final = 30.0
_FIRST_PAUSE_S: Final = 0.2
_LONGEST_PAUSE_S: Final = 10.0


class Crew:
    """As many processes as the settings say; a fallen one is replaced."""

    def __init__(self, plan: Workplan) -> None:
        self._plan = plan
        self._running: dict[int, asyncio.subprocess.Process] = {}

    @asynccontextmanager
    async def working(self, progress: Callable[[str], None]) -> AsyncIterator[None]:
        """All are serving while this is entered."""
        count = self._plan.settings.server.workers
        progress(f"Starting {count} workers")
        watching: list[asyncio.Task[None]] = []
        try:
            await self._start_all(count)
            watching += [asyncio.create_task(self._watch(index)) for index in range(count)]
            yield
        finally:
            for task in watching:
                task.cancel()
            await asyncio.gather(*watching, return_exceptions=True)
            await asyncio.gather(*map(_end, self._running.values()))

    async def _start_all(self, count: int) -> None:
        try:
            await asyncio.gather(*(self._start(index) for index in range(count)))
        except (OSError, RuntimeError) as error:
            problem = str(error) or "A worker took too long to start"
            raise CannotStart(f"{problem}.", "What it wrote above says why.") from error

    async def _start(self, index: int) -> None:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "rift.app.worker",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        self._running[index] = process
        plan = msgspec.structs.replace(self._plan, index=index, parent=os.getpid())
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("a worker was started without its pipes")
        process.stdin.write(msgspec.json.encode(plan) + b"\n")
        await process.stdin.drain()
        async with asyncio.timeout(_READY_S):
            line = await process.stdout.readline()
        if line != _READY:
            raise RuntimeError(f"Worker {index} did not start")

    async def _watch(self, index: int) -> None:
        pause_s = _FIRST_PAUSE_S
        while True:
            code = await self._running[index].wait()
            _log.error("worker %d ended with %s and is replaced", index, code)
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)
            try:
                await self._start(index)
                pause_s = _FIRST_PAUSE_S
            except (OSError, RuntimeError) as error:
                _log.error("worker %d could not be replaced yet: %s", index, error)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _STOP_S)
    except TimeoutError:
        process.kill()
        await process.wait()
