"""A unit of work: all of it or nothing, and its events in the order of commits."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import msgspec
import pytest

from rift import events
from rift.core.house import House
from rift.core.unit import Unit
from rift.errors import Overloaded, UnknownGuild
from rift.events import Release
from rift.snowflake import Snowflake
from rift.wire.guilds import BanEvent, Guild, UnavailableGuild
from tests.core.houses import Ear, emit, furnish, living
from tests.core.recorder import Recorder
from tests.patience import until
from tests.world import samples

RENAME = "update guilds set name = $2 where id = $1"
NAME = "select name from guilds where id = $1"
REVISION = "select revision from guilds where id = $1"
GUILD = samples.GUILD


@pytest.fixture
async def house(database: str) -> AsyncIterator[House]:
    async with living(database, outlets=[Recorder]) as made:
        await furnish(made.pool)
        yield made


def renamed(name: str) -> events.GuildUpdate:
    return events.GuildUpdate(data=Guild(id=GUILD, name=name, owner_id=samples.USER))


async def name_of(house: House) -> str:
    found: str = await house.pool.fetchval(NAME, GUILD)
    return found


async def test_a_commit_writes_and_tells(house: House) -> None:
    ear = Ear(house)
    await house.world.guild(GUILD)
    async with Unit(house) as unit:
        assert await unit.run(RENAME, GUILD, "new") == 1
        unit.emit(renamed("new"))
        assert ear.events == []
    assert await name_of(house) == "new"
    assert ear.releases == [Release(events=(renamed("new"),), guild_id=GUILD, revision=1)]
    picture = house.world.get(GUILD)
    assert picture is not None
    assert picture.guild.name == "new"


async def test_what_is_for_afterwards_is_done_after_a_commit_and_after_a_refusal(
    house: House,
) -> None:
    done: list[str] = []

    async def look() -> None:
        done.append(await name_of(house))

    async def rename(name: str, error: Exception | None = None) -> None:
        async with Unit(house) as unit:
            unit.afterwards(look)
            await unit.run(RENAME, GUILD, name)
            assert name not in done
            if error is not None:
                raise error

    await rename("new")
    assert done == ["new"]
    with pytest.raises(UnknownGuild):
        await rename("refused", UnknownGuild())
    assert done == ["new", "new"]
    with pytest.raises(ZeroDivisionError):
        await rename("failed", ZeroDivisionError())
    assert done == ["new", "new"]


async def test_a_refusal_undoes_everything_and_tells_nobody(house: House) -> None:
    ear = Ear(house)

    async def fail() -> None:
        async with Unit(house) as unit:
            await unit.run(RENAME, GUILD, "new")
            unit.emit(renamed("new"))
            raise UnknownGuild

    with pytest.raises(UnknownGuild):
        await fail()
    assert await name_of(house) == "guild"
    assert ear.events == []
    assert house.pool.get_idle_size() == house.pool.get_size()


async def test_a_reading_unit_takes_no_transaction(house: House) -> None:
    for reading in (True, False):
        async with Unit(house, reading=reading) as unit:
            await unit.one("select 1 as one")
            assert unit._connection is not None
            assert unit._connection.is_in_transaction() is not reading


async def test_a_unit_without_a_query_takes_no_connection(house: House) -> None:
    before = house.pool.get_size()
    async with Unit(house) as unit:
        unit.emit(events.PresenceAsked(data=UnavailableGuild(id=GUILD)))
    assert house.pool.get_size() == before
    assert unit._connection is None


@pytest.mark.parametrize("reading", [True, False])
async def test_an_event_that_matters_is_never_told_without_a_commit(
    house: House, reading: bool
) -> None:
    ear = Ear(house)
    ban = BanEvent(guild_id=GUILD, user=samples.user())
    async with Unit(house, reading=reading) as unit:
        if reading:
            await unit.one("select 1 as one")
        unit.emit(renamed("x"))
        unit.emit(events.BanAdd(data=ban))
    assert [release.revision for release in ear.releases] == [1, 0]
    noted = await house.pool.fetch("select event from outbox order by id")
    assert [row["event"] for row in noted] == ["GuildUpdate", "BanAdd"]


async def test_revisions_have_no_gaps_and_the_order_of_commits(house: House) -> None:
    ear = Ear(house)
    picture = await house.world.guild(GUILD)
    assert picture is not None

    async def change(number: int) -> None:
        async with Unit(house) as unit:
            if number % 2:
                await unit.run(RENAME, GUILD, f"name {number}")
            await asyncio.sleep(0.001 * (number % 7))
            if not number % 2:
                await unit.run(RENAME, GUILD, f"name {number}")
            unit.emit(renamed(f"name {number}"))
            if number % 10 == 0:
                raise UnknownGuild

    found = await asyncio.gather(*map(change, range(50)), return_exceptions=True)
    refused = sum(isinstance(it, UnknownGuild) for it in found)
    overloaded = sum(isinstance(it, Overloaded) for it in found)
    committed = 50 - refused - overloaded
    assert refused == 5
    assert [release.revision for release in ear.releases] == list(range(1, committed + 1))
    assert picture.guild.name == await name_of(house)
    assert not picture.early


async def test_two_guilds_in_one_unit_are_two_releases(house: House) -> None:
    await house.pool.execute("insert into guilds (id, owner_id, name) values (1001, 11, 'other')")
    ear = Ear(house)
    other = events.GuildUpdate(data=Guild(id=Snowflake("1001"), name="y", owner_id=samples.USER))
    await emit(house, other, renamed("x"), samples.said(), other)
    assert [(it.guild_id, it.revision, len(it.events)) for it in ear.releases] == [
        ("1000", 1, 1),
        ("1001", 1, 2),
        (None, 0, 1),
    ]


async def test_the_end_of_a_guild_is_its_last_release(house: House) -> None:
    ear = Ear(house)
    await house.world.guild(GUILD)
    async with Unit(house) as unit:
        await unit.run("delete from guilds where id = $1", GUILD)
        unit.emit(events.GuildDelete(data=UnavailableGuild(id=GUILD)))
    assert [release.revision for release in ear.releases] == [Release.LAST]
    assert GUILD not in house.world
    assert await house.world.guild(GUILD) is None


class Stalling:
    """A transaction whose commit is told of only when it is too late."""

    def __init__(self, real: Any, *, arrives: bool) -> None:
        self.real = real
        self.arrives = arrives
        self.reached = asyncio.Event()

    async def commit(self) -> None:
        if self.arrives:
            await self.real.commit()
        else:
            await self.real.rollback()
        self.reached.set()
        await asyncio.Event().wait()


@pytest.mark.parametrize("arrives", [True, False])
async def test_a_commit_of_unknown_fate_has_the_guild_loaded_again(
    house: House, arrives: bool
) -> None:
    picture = await house.world.guild(GUILD)
    assert picture is not None
    healed = asyncio.Event()
    house.world.on_healed = lambda _picture: healed.set()
    stalling: list[Stalling] = []

    async def change() -> None:
        async with Unit(house) as unit:
            await unit.run(RENAME, GUILD, "new")
            unit.emit(renamed("new"))
            stalling.append(Stalling(unit._transaction, arrives=arrives))
            unit._transaction = stalling[0]  # type: ignore[assignment]

    changing = asyncio.create_task(change())
    await until(lambda: bool(stalling))
    async with asyncio.timeout(5):
        await stalling[0].reached.wait()
        changing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await changing
        await healed.wait()
    assert picture.guild.name == ("new" if arrives else "guild")
    assert picture.revision == int(arrives)
    await emit(house, renamed("newer"))
    assert picture.guild.name == "newer"


async def test_cancelled_at_any_moment_the_world_has_the_truth(house: House) -> None:
    """Whatever a cancellation hits, nothing stays open and nothing stays wrong."""
    picture = await house.world.guild(GUILD)
    assert picture is not None

    async def change(number: int) -> None:
        async with Unit(house) as unit:
            await unit.run(RENAME, GUILD, f"name {number}")
            unit.emit(renamed(f"name {number}"))

    for number in range(120):
        task = asyncio.create_task(change(number))
        await asyncio.sleep(0.00005 * number)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await emit(house, samples.said())
    revision = int(await house.pool.fetchval(REVISION, GUILD))
    await until(lambda: picture.revision == revision)
    assert picture.guild.name == await name_of(house)
    await until(lambda: house.pool.get_idle_size() == house.pool.get_size())


async def test_a_lost_connection_does_not_hide_why_the_unit_failed(house: House) -> None:
    async def fail() -> None:
        async with Unit(house) as unit:
            await unit.run(RENAME, GUILD, "x")
            assert unit._connection is not None
            unit._connection.terminate()
            raise UnknownGuild

    with pytest.raises(UnknownGuild):
        await fail()
    assert await name_of(house) == "guild"


async def test_a_query_that_must_answer_a_row_does(house: House) -> None:
    async with Unit(house) as unit:
        assert await unit.maybe(NAME, "1") is None
        assert await unit.all(NAME, "1") == []
        with pytest.raises(LookupError):
            await unit.one(NAME, "1")
    with pytest.raises(asyncpg.PostgresError):
        async with Unit(house) as unit:
            await unit.one("select 1 / 0 as nothing")
    assert msgspec.to_builtins(await name_of(house)) == "guild"
