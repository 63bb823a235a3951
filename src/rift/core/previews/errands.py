"""Works off the messages that are to be looked at: several at once, so that one slow site delays
nobody else.
"""

import asyncio
import logging
from collections.abc import Sequence
from typing import Final

from rift.core.house import House
from rift.core.offices import Office, work
from rift.core.previews import placing, queries
from rift.core.previews.looking import Looker
from rift.core.previews.placing import Place
from rift.core.unit import Row, Unit
from rift.db.pool import AWAY
from rift.wire.embeds import Embed

_log = logging.getLogger(__name__)
_OFFICE: Final = "previews"
_AT_ONCE: Final = 16
_IDLE_S: Final = 0.25
_BREATH_S: Final = 0.05


async def note(unit: Unit, places: Sequence[Place]) -> None:
    """Have messages looked at soon; what is looked at just now is looked at once more."""
    ids = [place.channel_id for place in places], [place.message_id for place in places]
    await unit.run(queries.NOTE, *ids)


class Scout:
    """One process of the instance has one at work. What a crash interrupts is begun anew."""

    def __init__(self, house: House, office: Office) -> None:
        self._house = house
        self._office = office
        self._looker = Looker(house)
        self._under_way = dict[str, "asyncio.Task[None]"]()

    async def run(self) -> None:
        """Look for ever."""
        try:
            await work(self._office, _OFFICE, self.step, _IDLE_S)
        finally:
            tasks = list(self._under_way.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def step(self) -> bool:
        """Begin with what there is room for; whether there was any."""
        room = _AT_ONCE - len(self._under_way)
        if room <= 0:
            await asyncio.sleep(_BREATH_S)
            return True
        async with Unit(self._house, reading=True) as unit:
            rows = await unit.all(queries.ERRANDS, list(self._under_way), room)
        for row in rows:
            self._under_way[row["message_id"]] = asyncio.create_task(self._carry_out(row))
        return bool(rows)

    async def _carry_out(self, row: Row) -> None:
        place = Place(row["channel_id"], row["message_id"])
        try:
            await self._look_at(place)
            async with Unit(self._house) as unit:
                await unit.run(queries.DONE, *place, row["version"])
        except AWAY:
            _log.warning("previews wait for the database")
            await asyncio.sleep(_IDLE_S)
        except Exception:  # noqa: BLE001  # the edge of a job: a message can do without
            _log.exception("a message stays without its previews")
            await self._house.pool.execute(queries.DONE, *place, row["version"])
        finally:
            del self._under_way[place.message_id]

    async def _look_at(self, place: Place) -> None:
        async with Unit(self._house, reading=True) as unit:
            links = await placing.wanted(unit, place)
        if not links:
            return
        embeds = await asyncio.gather(*map(self._looker.look, links))
        found: dict[str, Embed] = {
            link: embed for link, embed in zip(links, embeds, strict=True) if embed is not None
        }
        if found:
            async with Unit(self._house) as unit:
                await placing.attach(unit, place, found)
