"""Says every few seconds who looks at a client here, so that nobody is told what they see."""

import asyncio
import logging
from itertools import islice
from typing import Final

from rift.core.bells import Bell
from rift.core.house import House
from rift.core.pushes import present
from rift.core.unit import Unit
from rift.db.pool import AWAY
from rift.doors.discord.gateway import GatewayDoor
from rift.errors import Refusal

_log = logging.getLogger(__name__)
_EVERY_S: Final = 2.0
_PATIENCE_S: Final = 15.0
_SLICE: Final = 2000


class Attendance:
    """Of one process. It does nothing as long as no device wants to be told anything."""

    def __init__(self, house: House, gateway: GatewayDoor) -> None:
        self._house = house
        self._gateway = gateway
        self._is_empty = False
        """Whether nobody was here when it was noted last."""

    async def run(self) -> None:
        """Note it for ever."""
        interest, sleeper = self._house.interest, self._house.bells.sleeper(Bell.DEVICES)
        while True:
            sleeper.listen()
            try:
                await interest.look(self._house.pool)
                if interest.pushes:
                    await self._note()
            except (*AWAY, Refusal) as error:
                _log.warning("who is present could not be noted: %s", error)
            await (asyncio.sleep(_EVERY_S) if interest.pushes else sleeper.sleep(_PATIENCE_S))

    async def _note(self) -> None:
        here = iter(self._gateway.presences.attentive())
        found: list[str] = []
        while some := list(islice(here, _SLICE)):
            found += some
            await asyncio.sleep(0)
        if not found and self._is_empty:
            return
        async with Unit(self._house) as unit:
            await present.note(unit, found)
        self._is_empty = not found
