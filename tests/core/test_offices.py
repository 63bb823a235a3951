"""Whoever holds an office sleeps until there is work, and hears of it wherever it was made."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest

from rift import events
from rift.core.bells import Bell
from rift.core.house import House
from rift.core.offices import Officer
from rift.core.unit import Unit
from tests.core.houses import living
from tests.patience import until
from tests.world import samples

_SOON_S = 10.0


class Digger(Officer):
    """Digs what is on the heap, and counts how often it looks there."""

    office = bell = Bell.MAIL
    rung_by = (events.MessageCreate,)
    pace_s = 0.01

    def __init__(self, house: House) -> None:
        super().__init__(house, self._always)
        self.heap: list[str] = []
        self.dug: list[str] = []
        self.looks = 0
        self.goes_on = asyncio.Event()
        self.goes_on.set()
        self.next_at: datetime | None = None

    async def _always(self, _office: str) -> bool:
        return True

    async def step(self) -> bool:
        found, self.heap = self.heap, []
        self.looks += 1
        await self.goes_on.wait()
        self.dug += found
        return bool(found)

    async def due_at(self) -> datetime | None:
        return self.next_at


@asynccontextmanager
async def digging(house: House) -> AsyncIterator[Digger]:
    """One that has looked once and sleeps."""
    digger = Digger(house)
    task = asyncio.create_task(digger.run())
    await until(lambda: digger.looks == 1)
    try:
        yield digger
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def commit(
    house: House, *bells: Bell, event: events.AnyEvent | None = None, fails: bool = False
) -> None:
    async with Unit(house) as unit:
        await unit.one("select 1 as one")
        for bell in bells:
            unit.rouse(bell)
        if event is not None:
            unit.emit(event)
        if fails:
            raise ZeroDivisionError


async def test_a_commit_wakes_who_works_off_what_it_wrote(database: str) -> None:
    async with living(database) as house, digging(house) as digger:
        digger.heap.append("letter")
        await commit(house, Bell.MAIL)
        await until(lambda: digger.dug == ["letter"])
        digger.heap.append("message")
        await commit(house, event=events.MessageCreate(data=samples.message()))
        await until(lambda: digger.dug == ["letter", "message"])


async def test_what_was_rolled_back_wakes_nobody(database: str) -> None:
    async with living(database) as house:
        sleeper = house.bells.sleeper(Bell.MAIL)
        with pytest.raises(ZeroDivisionError):
            await commit(house, Bell.MAIL, fails=True)
        assert not await sleeper.sleep(0)
        await commit(house, Bell.MAIL)
        assert await sleeper.sleep(0)


async def test_what_is_committed_while_somebody_looks_is_looked_for_again(database: str) -> None:
    async with living(database) as house, digging(house) as digger:
        digger.goes_on.clear()
        await commit(house, Bell.MAIL)
        await until(lambda: digger.looks == 2)
        digger.heap.append("late")
        await commit(house, Bell.MAIL)
        digger.goes_on.set()
        await until(lambda: digger.dug == ["late"])


async def test_a_commit_of_another_process_wakes_as_well(database: str) -> None:
    async with living(database) as other, living(database) as house, digging(house) as digger:
        digger.heap.append("from afar")
        await commit(other, Bell.MAIL)
        await until(lambda: digger.dug == ["from afar"])


async def test_who_does_the_work_where_it_was_made_calls_nobody_else(database: str) -> None:
    async with living(database) as other, living(database) as house, digging(house):
        work, news = other.bells.sleeper(Bell.MAIL), other.bells.sleeper(Bell.SETTINGS)
        await commit(house, Bell.MAIL, Bell.SETTINGS)
        assert await news.sleep(_SOON_S)
        assert not await work.sleep(0)


async def test_what_a_newer_version_rings_for_is_not_known_and_does_no_harm(database: str) -> None:
    async with living(database) as house:
        sleeper = house.bells.sleeper(Bell.MAIL)
        await house.pool.execute("select pg_notify('rift', 'alchemy,mail')")
        assert await sleeper.sleep(_SOON_S)


async def test_a_deadline_wakes_by_itself(database: str) -> None:
    async with living(database) as house, digging(house) as digger:
        digger.next_at = house.clock() + timedelta(seconds=0.05)
        await commit(house, Bell.MAIL)
        await until(lambda: digger.looks > 2)
