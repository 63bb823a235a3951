"""Closes stages on which nobody has spoken for minutes."""

from datetime import datetime, timedelta
from typing import Final

from rift.core.bells import Bell
from rift.core.guilds import holding
from rift.core.happenings import changing
from rift.core.house import House
from rift.core.offices import Office, Officer
from rift.core.stages import queries
from rift.core.unit import Row, Unit
from rift.errors import UnknownGuild

_SILENCE: Final = timedelta(minutes=5)


class Warden(Officer):
    """Since when a stage is quiet only the one that has the office remembers."""

    office = bell = Bell.STAGES

    def __init__(self, house: House, holds: Office) -> None:
        super().__init__(house, holds)
        self._silent: dict[str, datetime] = {}

    async def step(self) -> bool:
        """Close what was quiet for too long."""
        now = self._house.clock()
        async with Unit(self._house, reading=True) as unit:
            rows = await unit.all(queries.SILENT)
        self._silent = {row["id"]: self._silent.get(row["id"], now) for row in rows}
        for row in rows:
            if now - self._silent[row["id"]] >= _SILENCE:
                async with Unit(self._house) as unit:
                    await _close(unit, row)
        return False


async def _close(unit: Unit, row: Row) -> None:
    try:
        guild = await holding.hold(unit, row["guild_id"])
    except UnknownGuild:
        return
    stage = guild.stages.get(row["channel_id"])
    if stage is not None and stage.id == row["id"]:
        await changing.close_stage(unit, None, guild, stage)
