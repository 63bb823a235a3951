"""Throws away the files that nobody shows: never posted, or shown by nothing that is left."""

import asyncio
from datetime import datetime, timedelta
from typing import Final

from rift.core.attachments import queries
from rift.core.backups.holding import may_remove
from rift.core.bells import Bell
from rift.core.house import House
from rift.core.offices import Office, Officer
from rift.core.unit import Unit
from rift.snowflake import Snowflake

_BREATH_S: Final = 1.0
_PORTION: Final = 500
_AT_ONCE: Final = 100
_BEGINNING: Final = Snowflake("0")


class Collector(Officer):
    """Walks through all files, and from the end back to the beginning.

    It looks at what is shown now, instead of counting who comes and goes: a file that was
    overlooked is found the next time.
    """

    office = bell = Bell.FILES
    patience_s = 60.0

    def __init__(self, house: House, holds: Office) -> None:
        super().__init__(house, holds)
        self._reached = _BEGINNING

    async def step(self) -> bool:
        """Look at some files; whether there are more of them."""
        more = await self._look()
        while await self._forget():
            pass
        if more:
            await asyncio.sleep(_BREATH_S)
        return more

    async def _look(self) -> bool:
        async with Unit(self._house, reading=True) as unit:
            waits = timedelta(hours=unit.settings.files.unposted_hours)
            asked = (self._reached, _remembered(unit), unit.now() - waits, _PORTION)
            rows = await unit.all(queries.PORTION, *asked)
        unshown = [row["id"] for row in rows if not row["shown"]]
        if unshown:
            await self._forsake(unshown)
        more = len(rows) == _PORTION
        self._reached = rows[-1]["id"] if more else _BEGINNING
        return more

    async def _forsake(self, ids: list[Snowflake]) -> None:
        """Give up those that nobody has begun to show meanwhile.

        Who wants to show one holds its row as well, so that one of us comes first and the other
        one sees it: a statement that begins after the rows are held sees what was committed.
        """
        async with Unit(self._house) as unit:
            since = _remembered(unit)
            held = [row["id"] for row in await unit.all(queries.HOLD, ids)]
            shown = {row["id"] for row in await unit.all(queries.STILL_SHOWN, held, since)}
            await unit.run(queries.FORSAKE, [id_ for id_ in held if id_ not in shown])

    async def _forget(self) -> bool:
        """Let the store forget some of what was given up; whether there was any."""
        files = self._house.files
        async with Unit(self._house) as unit:
            if not await may_remove(unit):
                return False
            keys = [row["key"] for row in await unit.all(queries.FORSAKEN, _AT_ONCE)]
            if not keys:
                return False
            parts = [key for key in keys if key.startswith("parts/")]
            inside = [one for part in parts async for one in files.keys(part)]
            await files.remove([*keys, *inside])
            await unit.run(queries.FORGET, keys)
        return True


def _remembered(unit: Unit) -> datetime:
    """Since when moderators still see the files of what was deleted."""
    return unit.now() - timedelta(days=unit.settings.files.deleted_days)
