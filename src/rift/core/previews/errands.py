"""Works off the messages that are to be looked at: several at once, so that one slow site delays
nobody else.
"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from rift.core.bells import Bell
from rift.core.house import House
from rift.core.offices import Office, Officer
from rift.core.previews import placing, queries
from rift.core.previews.looking import Looker
from rift.core.previews.placing import Place
from rift.core.unit import Row, Unit
from rift.db.pool import AWAY
from rift.wire.embeds import Embed
from rift.wire.messages import Message

_log = logging.getLogger(__name__)
_AT_ONCE: Final = 8
_LINKS_AT_ONCE: Final = 2
_TOO_LATE: Final = timedelta(hours=1)


async def note(unit: Unit, messages: Sequence[Message]) -> None:
    """Have messages looked at soon; what is looked at just now is looked at once more."""
    rows = [(message.channel_id, message.id, message.author.id) for message in messages]
    await unit.run(queries.NOTE, *map(list, zip(*rows, strict=True)))
    unit.rouse(Bell.PREVIEWS)


async def prune(unit: Unit) -> None:
    """Give up what waited so long that nobody looks for it any more."""
    await unit.run(queries.TOO_LATE, unit.now() - _TOO_LATE)


class Scout(Officer):
    """One process of the instance has one at work. What a crash interrupts is begun anew.

    Of each author one message is looked at at a time: who links to what never answers waits for
    themselves.
    """

    office = bell = Bell.PREVIEWS
    pace_s = 0.25

    def __init__(self, house: House, holds: Office) -> None:
        super().__init__(house, holds)
        self._looker = Looker(house)
        self._under_way = dict[str, "asyncio.Task[None]"]()
        """By author."""

    async def run(self) -> None:
        """Look for ever."""
        try:
            await super().run()
        finally:
            tasks = list(self._under_way.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def step(self) -> bool:
        """Begin with what there is room for; whether there was any."""
        room = _AT_ONCE - len(self._under_way)
        if room <= 0:
            return False
        async with Unit(self._house, reading=True) as unit:
            rows = await unit.all(queries.ERRANDS, list(self._under_way), room)
        for row in rows:
            self._under_way[row["author_id"]] = asyncio.create_task(self._carry_out(row))
        return bool(rows)

    async def _carry_out(self, row: Row) -> None:
        try:
            await self._look_at(Place(row["channel_id"], row["message_id"]), row["version"])
        except AWAY:
            _log.warning("previews wait for the database")
            await asyncio.sleep(self.pace_s)
        finally:
            del self._under_way[row["author_id"]]
            self._sleeper.call()  # the author's next one may have waited for this one

    async def _look_at(self, place: Place, version: int) -> None:
        try:
            await self._show(place)
        except AWAY:
            raise
        except Exception:  # noqa: BLE001  # the edge of a job: a message can do without
            _log.exception("a message stays without its previews")
        async with Unit(self._house) as unit:
            await unit.run(queries.DONE, *place, version)

    async def _show(self, place: Place) -> None:
        async with Unit(self._house, reading=True) as unit:
            links = await placing.wanted(unit, place)
        found = await self._found(links)
        if found:
            async with Unit(self._house) as unit:
                await placing.attach(unit, place, found)

    async def _found(self, links: Sequence[str]) -> dict[str, Embed]:
        turns = asyncio.Semaphore(_LINKS_AT_ONCE)

        async def look(link: str) -> Embed | None:
            async with turns:
                return await self._looker.look(link)

        embeds = await asyncio.gather(*map(look, links))
        pairs = zip(links, embeds, strict=True)
        return {link: embed for link, embed in pairs if embed is not None}
