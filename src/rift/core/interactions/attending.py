"""Sees that interactions are answered in time, or that their people learn that they are not."""

import asyncio
import logging
from typing import Final

from rift import events
from rift.core.house import House
from rift.core.interactions import answering, calls, queries, tokens
from rift.core.interactions.calls import CalledInVain
from rift.core.interactions.desk import Errand
from rift.core.unit import Unit
from rift.errors import Refusal
from rift.wire import interactions as wire

_log = logging.getLogger(__name__)
_SOON_S: Final = tokens.SOON.total_seconds()


class Attendant:
    """One process has one, for what began at it."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def run(self) -> None:
        """Attend for ever."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                errand = await self._house.desk.next()
                tasks.create_task(self._attend(errand))

    async def _attend(self, errand: Errand) -> None:
        ends = asyncio.get_running_loop().time() + _SOON_S
        try:
            if errand.url is not None and errand.key is not None:
                async with asyncio.timeout_at(ends):
                    await self._call(errand, errand.url, errand.key)
        except (CalledInVain, Refusal, TimeoutError) as why:
            _log.info("interaction %s was not answered: %r", errand.id, why)
            ends = 0.0
        except Exception:  # noqa: BLE001  # the edge of a task: others wait to be answered too
            _log.exception("interaction %s could not be attended to", errand.id)
        await asyncio.sleep(ends - asyncio.get_running_loop().time())
        await self._give_up(errand)

    async def _call(self, errand: Errand, url: str, key: bytes) -> None:
        said = await calls.call(self._house, url, key, errand.body)
        if said is None:
            return
        async with Unit(self._house, reading=True) as glance:
            row = await tokens.found(glance, errand.token)
        async with Unit(self._house) as unit:
            await answering.answer(unit, row, said)

    async def _give_up(self, errand: Errand) -> None:
        """Where nobody has said anything by now, nobody will."""
        try:
            async with Unit(self._house) as unit:
                if await unit.run(queries.FAIL, errand.id):
                    failed = wire.InteractionFailed(
                        id=errand.id, nonce=errand.nonce, reason_code=wire.TIMEOUT
                    )
                    whom = (errand.user_id,)
                    told = events.InteractionFailure(data=failed, to=whom, session=errand.session)
                    unit.emit(told)
        except Exception:  # noqa: BLE001  # the edge of a task, as above
            _log.exception("interaction %s could not be given up", errand.id)
