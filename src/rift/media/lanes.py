"""A lane of work: so many workers, so many tasks waiting for them, and no more."""

import asyncio
import logging
from typing import Final

from rift.media.bench import CannotWork, Died, Report, Worker
from rift.media.failure import Busy, Unreadable
from rift.media.tasks import Answer, Refused, Task

_log = logging.getLogger(__name__)
_TRIES: Final = 2


class Lane:
    """Workers are started when they are needed and go when they have had nothing to do."""

    def __init__(self, *, workers: int, waiting: int, memory_bytes: int, idle_s: float) -> None:
        self._free = asyncio.Semaphore(workers)
        self._most_waiting = waiting
        self._waiting = 0
        self._memory_bytes = memory_bytes
        self._idle_s = idle_s
        self._idle: dict[Worker, asyncio.TimerHandle] = {}
        self._workers: set[Worker] = set()
        self._closed = False

    @property
    def pids(self) -> frozenset[int]:
        """The processes there are now."""
        return frozenset(worker.pid for worker in self._workers if worker.is_alive)

    async def do(self, task: Task, deadline_s: float, report: Report | None = None) -> Answer:
        """The answer of a worker; Unreadable if the file was too much for it."""
        if self._closed or self._waiting >= self._most_waiting:
            raise Busy
        self._waiting += 1
        try:
            await self._free.acquire()
        finally:
            self._waiting -= 1
        try:
            answer = await self._answered(task, deadline_s, report)
        finally:
            self._free.release()
        if isinstance(answer, Refused):
            raise Unreadable(answer.reason)
        return answer

    async def close(self) -> None:
        self._closed = True
        for timer in self._idle.values():
            timer.cancel()
        self._idle.clear()
        await asyncio.gather(*(worker.gone() for worker in self._workers))
        self._workers.clear()

    async def _answered(self, task: Task, deadline_s: float, report: Report | None) -> Answer:
        """A worker that somebody killed, such as a system short of memory, is given one more go."""
        for tries_left in reversed(range(_TRIES)):
            try:
                return await self._try(task, deadline_s, report)
            except Died as death:
                if self._closed:
                    raise Busy from None
                if not (death.was_killed and tries_left):
                    raise Unreadable("the worker that read it broke down") from None
        raise AssertionError("the last try returns or raises")

    async def _try(self, task: Task, deadline_s: float, report: Report | None) -> Answer:
        worker = await self._take()
        answered = False
        try:
            async with asyncio.timeout(deadline_s):
                answer = await worker.do(task, report)
            answered = True
        except TimeoutError:
            raise Unreadable(f"it could not be read within {deadline_s:g} s") from None
        finally:
            if answered:
                self._put_back(worker)
            else:
                await worker.gone()
        return answer

    async def _take(self) -> Worker:
        """The one that was busy last: the others may grow old."""
        self._workers = {worker for worker in self._workers if worker.is_alive}
        while self._idle:
            worker, timer = self._idle.popitem()
            timer.cancel()
            if worker.is_alive:
                return worker
        try:
            worker = await Worker.start(self._memory_bytes)
        except (OSError, TimeoutError, CannotWork) as error:
            _log.error("a media worker could not be started: %s", error)
            raise Busy from error
        self._workers.add(worker)
        if self._closed:
            await worker.gone()
            raise Busy
        return worker

    def _put_back(self, worker: Worker) -> None:
        if self._closed:
            return
        loop = asyncio.get_running_loop()
        self._idle[worker] = loop.call_later(self._idle_s, self._retire, worker)

    def _retire(self, worker: Worker) -> None:
        if self._idle.pop(worker, None) is not None:
            worker.kill()
