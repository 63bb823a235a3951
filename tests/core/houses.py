"""A real house without doors: pool, world, bus and inbox on a database of the test's own."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from rift.app.building import open_house
from rift.config import Settings
from rift.config.settings import Auth, Data, Database
from rift.core.house import House
from rift.core.unit import Unit
from rift.db.pool import Pool
from rift.events import AnyEvent, Event, Release
from rift.outlets import Outlet

USERS = """
insert into users (id, username)
select id, 'user' || id
from unnest($1::bigint[]) as person (id)
"""

GUILDS = """
insert into guilds (id, owner_id, name)
select id, $2, 'guild'
from unnest($1::bigint[]) as guild (id)
"""

EVERYONE = """
insert into roles (id, guild_id, name, position, permissions)
select id, id, '@everyone', 0, 1024
from unnest($1::bigint[]) as guild (id)
"""

CHANNEL = """
insert into channels (id, guild_id, type, name)
values ($1, $2, 0, $3)
"""

MEMBERS = """
insert into members (guild_id, user_id)
select $1, id
from unnest($2::bigint[]) as person (id)
"""

SETTINGS = Settings(auth=Auth(argon2_memory_kib=8), database=Database(max_connections=8))


@asynccontextmanager
async def living(
    dsn: str, bus_url: str = "", outlets: Sequence[type[Outlet]] = ()
) -> AsyncIterator[House]:
    """A house with its bus and its work, but nobody who calls."""
    with TemporaryDirectory() as directory:
        settings = replace(SETTINGS, data=Data(directory=directory))
        async with open_house(settings, dsn, bus_url, outlets) as house:
            await house.bus.start(house.world.receive, house.world.doubt_all)
            tasks = (house.inbox.run(), house.world.heal(), house.bells.run())
            work = [asyncio.create_task(it) for it in tasks]
            try:
                yield house
            finally:
                for task in work:
                    task.cancel()
                await asyncio.gather(*work, return_exceptions=True)
                await house.bus.stop()


async def furnish(
    pool: Pool, guild_ids: Iterable[str] = ("1000",), people: Sequence[str] = ("11", "12", "13")
) -> None:
    """Guilds of user 11; all the people are in each."""
    ids = list(guild_ids)
    await pool.execute(USERS, list(people))
    await pool.execute(GUILDS, ids, people[0])
    await pool.execute(EVERYONE, ids)
    for id_ in ids:
        await pool.execute(MEMBERS, id_, list(people))


class Ear:
    """What the listener of a world is told."""

    def __init__(self, house: House) -> None:
        self.releases: list[Release] = []
        house.world.listener = self.releases.extend

    @property
    def events(self) -> list[AnyEvent]:
        return [event for release in self.releases for event in release.events]


async def emit(house: House, *events: Event) -> None:
    """One commit with these events."""
    async with Unit(house) as unit:
        for event in events:
            unit.emit(event)
