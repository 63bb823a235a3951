"""Work that one process of the instance does for all of them, for ever."""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from typing import ClassVar, Final

from rift.core.house import House

_log = logging.getLogger(__name__)
_RETRY_S: Final = 5.0

Office = Callable[[str], Awaitable[bool]]
"""Whether this process is the one of the instance that does what the name says."""


class Officer(ABC):
    """Works off what is due; every process has one, of which one holds the office."""

    office: ClassVar[str]
    idle_s: ClassVar[float] = 1.0
    """How long to wait where there was nothing to do."""

    def __init__(self, house: House, holds: Office) -> None:
        self._house = house
        self._holds = holds

    async def run(self) -> None:
        """Do one step after the other, for ever."""
        while True:
            try:
                busy = await self._holds(self.office) and await self.step()
            except Exception:  # noqa: BLE001  # the edge of a task
                _log.exception("the office of %s stumbled and goes on", self.office)
                await asyncio.sleep(_RETRY_S)
            else:
                if not busy:
                    await asyncio.sleep(self.idle_s)

    @abstractmethod
    async def step(self) -> bool:
        """Some of the work; whether there may be more of it at once."""
