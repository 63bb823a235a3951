"""One administrative act while no server runs."""

from collections.abc import Awaitable, Callable

from rift.app.building import open_house
from rift.app.database import open_database
from rift.config import Settings
from rift.core.unit import Unit

Work = Callable[[Unit], Awaitable[str]]


async def administer(settings: Settings, progress: Callable[[str], None], work: Work) -> str:
    """Do the work in one transaction, where no server runs on this data to do it."""
    async with (
        open_database(settings, progress, share=True) as dsn,
        open_house(settings, dsn, settings.bus.url) as house,
    ):
        await house.bus.start(house.world.receive, lambda: None)
        try:
            async with Unit(house) as unit:
                return await work(unit)
        finally:
            await house.bus.stop()
