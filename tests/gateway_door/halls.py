"""A gateway in this process, with a guild of one owner and as many others as a test wants."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final, NamedTuple

from rift.core.accounts import sessions
from rift.core.house import House
from rift.core.unit import Unit
from rift.doors.discord.gateway.door import GatewayDoor
from rift.snowflake import Snowflake
from rift.world import Picture
from tests.core.houses import CHANNEL, furnish, living
from tests.http.serving import serving

GUILD: Final = Snowflake("1000")
ROOM: Final = Snowflake("2000")
OWNER: Final = Snowflake("11")


class Hall(NamedTuple):
    """The house, its gateway, where that is, and the owner's token."""

    house: House
    door: GatewayDoor
    url: str
    token: str

    @property
    def picture(self) -> Picture:
        found = self.house.world.get(GUILD)
        assert found is not None
        return found


@asynccontextmanager
async def open_hall(database: str, others: Sequence[str]) -> AsyncIterator[Hall]:
    async with living(database) as house:
        await furnish(house.pool, [GUILD], [OWNER, *others])
        await house.pool.execute(CHANNEL, ROOM, GUILD, "room")
        async with Unit(house) as unit:
            token = (await sessions.begin(unit, OWNER, "")).token
        door = GatewayDoor(house)
        running = asyncio.create_task(door.run())
        async with serving(sockets={"/gateway": door.accept}) as served:
            yield Hall(house, door, f"http://127.0.0.1:{served.port}", token)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
