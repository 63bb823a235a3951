"""Builds the house of one process: pool, world, bus and the parts that verbs work with."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Final

from rift.bus import Bus, LocalBus, NatsBus
from rift.config import Settings
from rift.core.accounts.passwords import Passwords
from rift.core.accounts.throttles import Throttles
from rift.core.accounts.tokens import Tokens
from rift.core.house import House
from rift.core.messages.inbox import Inbox
from rift.db.claims import Claims, open_claims
from rift.db.pool import Pool, open_pool
from rift.events import CATALOGUE, Event
from rift.outlets import Outlet
from rift.protocols.ratelimit import Throttle
from rift.snowflake import Generator
from rift.world import World

_DAY_S: Final = 86_400.0

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


def make_bus(url: str) -> Bus:
    """In-process, or through the broker at a URL."""
    return NatsBus(url) if url else LocalBus()


@asynccontextmanager
async def open_house(
    settings: Settings,
    dsn: str,
    bus_url: str = "",
    outlets: Sequence[Outlet] = (),
    clock: Clock = utc_now,
) -> AsyncIterator[House]:
    """The house, closed at the end; its tasks and its bus are started by who lives in it."""
    pool = await open_pool(dsn, size=settings.database.max_connections)
    try:
        async with open_claims(dsn) as claims:
            house = _house(settings, pool, make_bus(bus_url), claims, outlets, clock)
            try:
                yield house
            finally:
                house.passwords.close()
    finally:
        await _close(pool)


def _house(
    settings: Settings,
    pool: Pool,
    bus: Bus,
    claims: Claims,
    outlets: Sequence[Outlet],
    clock: Clock,
) -> House:
    auth = settings.auth
    durable = frozenset(event for outlet in outlets for event in outlet.events)
    _check_durable(durable)
    return House(
        settings=settings,
        pool=pool,
        bus=bus,
        world=World(pool, bus),
        ids=Generator(claims.number, time.time),
        clock=clock,
        passwords=Passwords(
            memory_kib=auth.argon2_memory_kib,
            time_cost=auth.argon2_time_cost,
            parallelism=auth.argon2_parallelism,
        ),
        tokens=Tokens(pool),
        throttles=Throttles(settings),
        inbox=Inbox(pool, bus, durable),
        starts=Throttle(settings.gateway.identifies_per_day, _DAY_S),
        durable=durable,
        claims=claims,
    )


def _check_durable(events: frozenset[type[Event]]) -> None:
    for event in events:
        if event not in CATALOGUE or not event.about.durable:
            raise TypeError(f"{event.__name__} is not durable: no outlet can rely on it")


async def _close(pool: Pool) -> None:
    try:
        await asyncio.wait_for(pool.close(), 5.0)
    except TimeoutError:
        pool.terminate()
