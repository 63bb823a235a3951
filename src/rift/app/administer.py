"""A house of one's own for what is done from the shell."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from rift.app.building import open_house
from rift.app.database import open_database
from rift.config import Settings
from rift.core.house import House
from rift.core.unit import Unit

Work = Callable[[Unit], Awaitable[str]]


async def administer(settings: Settings, progress: Callable[[str], None], work: Work) -> str:
    """Do the work in one transaction, where no server runs on this data to do it."""
    async with visiting(settings, progress) as house:
        await house.bus.start(house.world.receive, lambda: None)
        try:
            async with Unit(house) as unit:
                return await work(unit)
        finally:
            await house.bus.stop()


@asynccontextmanager
async def visiting(settings: Settings, progress: Callable[[str], None]) -> AsyncIterator[House]:
    """A house beside the one that serves, if one does; it hears of nothing that happens there."""
    async with (
        open_database(settings, progress, share=True) as dsn,
        open_house(settings, dsn, settings.bus.url, base=_base(settings)) as house,
    ):
        yield house


def _base(settings: Settings) -> str:
    """Where people reach the server, as far as the settings say."""
    server = settings.server
    return server.public_url.rstrip("/") or f"http://{server.host}:{server.port}"
