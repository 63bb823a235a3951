"""Processes that do the same work, one after the other or at once, and are killed over it."""

import asyncio
import random
import signal
import sys
from typing import Final, NamedTuple

from tests.nouns.elsewhere import told

_KILLED_AT: Final = [1.0, 0.8, 0.6, 0.4]
_SOON_S: Final = 0.05
_PATIENCE_S: Final = 60.0


class Work(NamedTuple):
    """What is due in a database, the office that does it, and what counts how much is left."""

    dsn: str
    office: str
    waiting: str

    async def left(self) -> int:
        [row] = await told(self.dsn, self.waiting)
        return int(row["count"])

    async def done(self) -> None:
        """Return when nothing is left."""
        await self._come_down_to(0, 0.1)

    async def break_off(self, size: int) -> None:
        """Kill those who do it, each soon after a share of the work is left, and leave some."""
        chance = random.Random("kills")
        for share in _KILLED_AT:
            process = await self.begun()
            await self._come_down_to(int(share * size), 0.01)
            await asyncio.sleep(chance.uniform(0.0, _SOON_S))
            process.send_signal(signal.SIGKILL)
            assert await process.wait() == -signal.SIGKILL
        assert await self.left() > 0, "the kills came while there was work"

    async def be_done_by_two(self, falls_at: int = 0) -> None:
        """Two that do not know of each other; one is killed when no more than so much is left."""
        rivals = [await self.begun() for _ in range(2)]
        for process, left in zip(rivals, (falls_at, 0), strict=True):
            await self._come_down_to(left, 0.01)
            process.kill()
            await process.wait()

    async def begun(self) -> asyncio.subprocess.Process:
        """A process that is at it."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.crash.sender", self.dsn, self.office),
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdout is not None
        async with asyncio.timeout(_PATIENCE_S):
            assert await process.stdout.readline() == b"a round\n"
        return process

    async def _come_down_to(self, left: int, step_s: float) -> None:
        async with asyncio.timeout(_PATIENCE_S):
            while await self.left() > left:  # noqa: ASYNC110  # nobody tells us
                await asyncio.sleep(step_s)
