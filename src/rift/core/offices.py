"""Work that one process of the instance does for all of them, for ever."""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import ClassVar, Final, LiteralString

from rift.core.bells import Bell
from rift.core.house import House
from rift.core.unit import Unit
from rift.events import Event

_log = logging.getLogger(__name__)
_VACANCY_S: Final = 2.0
"""Until a process asks again whether an office is nobody's by now."""

Office = Callable[[str], Awaitable[bool]]
"""Whether this process is the one of the instance that does what the name says."""


class Officer(ABC):
    """Works off what is due; every process has one, of which one holds the office.

    Where there is nothing to do it sleeps: until its bell rings, until the next is due, or until it
    has been patient for long enough, for a call can be lost.
    """

    office: str
    bell: ClassVar[Bell]
    rung_by: Sequence[type[Event]] = ()
    """The events whose commit rings the bell; whatever else makes work rings it by `Unit.rouse`."""
    next_due: ClassVar[LiteralString | None] = None
    """What asks the database when something is due."""
    pace_s: ClassVar[float] = 1.0
    """It looks no more often than this while it finds nothing, however often it is called."""
    patience_s: ClassVar[float] = 15.0
    retry_s: ClassVar[float] = 5.0

    def __init__(self, house: House, holds: Office) -> None:
        self._house = house
        self._holds = holds
        self._sleeper = house.bells.sleeper(self.bell, self.rung_by)

    async def run(self) -> None:
        """Do one step after the other, for ever."""
        time = asyncio.get_running_loop().time
        while True:
            self._sleeper.listen()
            looked_at = time()
            try:
                pause_s = await self._turn()
            except Exception:  # noqa: BLE001  # the edge of a task
                _log.exception("the office of %s stumbled and goes on", self.office)
                await asyncio.sleep(self.retry_s)
                continue
            if pause_s:
                await self._sleeper.sleep(pause_s)
                await asyncio.sleep(looked_at + self.pace_s - time())

    async def _turn(self) -> float:
        """One step, if this is the process to do it; how long to sleep then."""
        self._sleeper.serves = await self._holds(self.office)
        if not self._sleeper.serves:
            await asyncio.sleep(_VACANCY_S)
            return 0
        if await self.step():
            return 0
        due_at = await self.due_at()
        if due_at is None:
            return self.patience_s
        left_s = (due_at - self._house.clock()).total_seconds()
        return min(max(left_s, self.pace_s), self.patience_s)

    @abstractmethod
    async def step(self) -> bool:
        """Some of the work; whether there may be more of it at once."""

    async def due_at(self) -> datetime | None:
        """When there is something to do even if nobody rings; asked when there is nothing now."""
        if self.next_due is None:
            return None
        async with Unit(self._house, reading=True) as unit:
            due_at: datetime | None = (await unit.one(self.next_due))["due_at"]
        return due_at
