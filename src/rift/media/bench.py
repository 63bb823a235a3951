"""One worker process, seen from the loop that gives it tasks."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from typing import Final

import msgspec

from rift.media.tasks import LARGEST_FRAME, LENGTH_BYTES, READY, Answer, Progress, Said, Task, frame

_BUFFER_BYTES: Final = 1024 * 1024
_START_S: Final = 30.0
_END_S: Final = 5.0
_PASSED_ON: Final = ("PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "LANG")
"""A worker learns nothing else of the environment: there are passwords in it."""

_decoder: Final[msgspec.msgpack.Decoder[Said]] = msgspec.msgpack.Decoder(Said)


Report = Callable[[float], None]


class Died(Exception):
    """The process ended instead of answering."""

    def __init__(self, code: int) -> None:
        super().__init__(f"ended with {code}")
        self.was_killed = code == -signal.SIGKILL


class CannotWork(Exception):
    """A new process did not come so far as to take a task."""


class Worker:
    """Does one task at a time. Whoever loses patience ends it and starts another."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("a worker was started without its pipes")
        self._process = process
        self._tasks = process.stdin
        self._answers = process.stdout

    @classmethod
    async def start(cls, memory_bytes: int) -> "Worker":
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            "rift.media.worker",
            str(os.getpid()),
            str(memory_bytes),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=_environment(),
            cwd="/",
            limit=_BUFFER_BYTES,
        )
        worker = cls(process)
        try:
            async with asyncio.timeout(_START_S):
                await worker.expect_ready()
        except BaseException:
            await worker.gone()
            raise
        return worker

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process.returncode is None

    async def expect_ready(self) -> None:
        try:
            await self._answers.readexactly(len(READY))
        except asyncio.IncompleteReadError:
            raise CannotWork(f"ended with {await self._process.wait()}") from None

    async def do(self, task: Task, report: Report | None) -> Answer:
        try:
            await self._give(task)
            while isinstance(said := await self._read(), Progress):
                if report is not None:
                    report(said.share)
        except (asyncio.IncompleteReadError, ConnectionError, msgspec.DecodeError):
            self.kill()
            raise Died(await self._process.wait()) from None
        return said

    async def _give(self, task: Task) -> None:
        if self._tasks.is_closing():  # uvloop would call it a mistake of ours to write now
            raise ConnectionResetError
        for part in frame(task):
            self._tasks.write(part)
        await self._tasks.drain()

    async def _read(self) -> Said:
        length = int.from_bytes(await self._answers.readexactly(LENGTH_BYTES), "big")
        if length > LARGEST_FRAME:
            raise ConnectionError("an answer no task has")
        return _decoder.decode(await self._answers.readexactly(length))

    def kill(self) -> None:
        if self.is_alive:
            self._process.kill()

    async def gone(self) -> None:
        """Killed, and no longer there."""
        self.kill()
        self._tasks.close()
        await asyncio.wait_for(self._process.wait(), _END_S)


def _environment() -> dict[str, str]:
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    if "PYTHONPATH" in passed:  # a worker stands elsewhere
        places = passed["PYTHONPATH"].split(os.pathsep)
        passed["PYTHONPATH"] = os.pathsep.join(map(os.path.abspath, places))
    return {**passed, "MALLOC_ARENA_MAX": "2"}
