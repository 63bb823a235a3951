"""The world is what the database holds: through disorder, gaps, loads and forgetting."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from rift import events
from rift.core.house import House
from rift.events import Release
from rift.wire import gateway as wire
from rift.wire.guilds import Guild, UnavailableGuild
from rift.world import Picture
from tests.core.houses import EVERYONE, GUILDS, MEMBERS, Ear, emit
from tests.patience import until
from tests.world import samples

GUILD = samples.GUILD
ADVANCE = "update guilds set name = $2, revision = revision + 1 where id = $1"
NOBODY: Callable[[Picture], set[str]] = lambda _picture: set()  # noqa: E731


def renaming(revision: int, name: str | None = None) -> Release:
    guild = Guild(id=GUILD, name=name or f"name {revision}", owner_id=samples.USER)
    return Release(events=(events.GuildUpdate(data=guild),), guild_id=GUILD, revision=revision)


async def change_unheard(house: House, name: str) -> None:
    """A change whose release this process never receives."""
    await house.pool.execute(ADVANCE, GUILD, name)


async def loaded(house: House) -> Picture:
    picture = await house.world.guild(GUILD)
    assert picture is not None
    return picture


@asynccontextmanager
async def locked(house: House, table: str) -> AsyncIterator[None]:
    """Nobody reads the table until this is left."""
    async with house.pool.acquire() as connection, connection.transaction():
        await connection.execute(f"lock table {table} in access exclusive mode")
        yield


# Order


async def test_releases_that_come_early_wait_for_their_turn(house: House) -> None:
    ear, picture = Ear(house), await loaded(house)
    for revision in (3, 2, 5, 4):
        house.world.receive([renaming(revision)])
    assert ear.releases == []
    house.world.receive([renaming(1)])
    assert [release.revision for release in ear.releases] == [1, 2, 3, 4, 5]
    assert picture.guild.name == "name 5"
    house.world.receive([renaming(3)])
    assert len(ear.releases) == 5
    assert picture.early == {}


async def test_any_order_is_put_right(house: House) -> None:
    ear, picture = Ear(house), await loaded(house)
    releases = [renaming(number) for number in range(1, 101)] * 2
    random.Random(7).shuffle(releases)
    for release in releases:
        house.world.receive([release])
    assert [release.revision for release in ear.releases] == list(range(1, 101))
    assert picture.guild.name == "name 100"


async def test_a_gap_is_healed_by_a_reload_within_a_moment(house: House) -> None:
    ear, picture = Ear(house), await loaded(house)
    healed: list[Picture] = []
    house.world.on_healed = healed.append
    for number in (1, 2, 3):
        await change_unheard(house, f"name {number}")
    house.world.receive([renaming(3)])
    assert picture.guild.name == "guild"
    await until(lambda: healed == [picture], 2.5)
    assert (picture.guild.name, picture.revision) == ("name 3", 3)
    assert house.world.get(GUILD) is picture
    house.world.receive([renaming(4)])
    assert [release.revision for release in ear.releases] == [4]


async def test_what_comes_during_the_healing_is_applied_after_it(house: House) -> None:
    ear, picture = Ear(house), await loaded(house)
    seen: list[str] = []
    house.world.on_healed = lambda it: seen.append(it.guild.name)
    await change_unheard(house, "name 1")
    await change_unheard(house, "name 2")
    async with locked(house, "members"):
        house.world.doubt([GUILD])
        await asyncio.sleep(0.1)
        house.world.receive([renaming(3)])
    await until(lambda: picture.revision == 3)
    assert seen == ["name 2"]
    assert picture.guild.name == "name 3"
    assert [release.revision for release in ear.releases] == [3]


async def test_a_reload_never_steps_back(house: House) -> None:
    """Releases in their turn that come while a reload is under way are newer than what it read."""
    ear, picture = Ear(house), await loaded(house)
    async with locked(house, "roles"):
        house.world.doubt([GUILD])
        await asyncio.sleep(0.1)
        house.world.receive([renaming(1), renaming(2)])
    await asyncio.sleep(0.2)
    assert picture.revision == 2
    house.world.receive([renaming(3)])
    assert picture.guild.name == "name 3"
    assert [release.revision for release in ear.releases] == [1, 2, 3]


async def test_a_guild_whose_end_was_missed_is_told_to_be_gone(house: House) -> None:
    ear = Ear(house)
    await loaded(house)
    await house.pool.execute("delete from guilds where id = $1", GUILD)
    house.world.doubt_all()
    await until(lambda: GUILD not in house.world)
    gone = events.GuildDelete(data=UnavailableGuild(id=GUILD))
    assert ear.events == [gone]


async def test_an_end_is_an_end_whatever_is_missing(house: House) -> None:
    ear, picture = Ear(house), await loaded(house)
    gone = events.GuildDelete(data=UnavailableGuild(id=GUILD))
    last = Release(events=(gone,), guild_id=GUILD, revision=Release.LAST)
    house.world.receive([renaming(3), last])
    assert ear.releases == [last]
    assert GUILD not in house.world
    assert house.world._guild_of == {}
    await asyncio.sleep(1.1)
    assert house.world.get(GUILD) is None
    assert picture.early == {}


async def test_a_doubt_is_not_lost_however_many_there_are(house: House) -> None:
    ids = [str(number) for number in range(2000, 2250)]
    await house.pool.execute(GUILDS, ids, "11")
    await house.world.load(ids)
    await house.pool.execute("update guilds set name = 'new', revision = 1")
    house.world.doubt_all()
    house.world.doubt_all()
    await until(lambda: all(it.guild.name == "new" for it in house.world.loaded()))


async def test_healing_goes_on_when_the_database_was_away(house: House) -> None:
    picture = await loaded(house)
    await change_unheard(house, "new")
    await house.pool.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where datname = current_database() and pid <> pg_backend_pid()"
    )
    house.world.doubt_all()
    await until(lambda: picture.guild.name == "new")


async def test_an_event_that_cannot_be_taken_in_is_fetched_instead(house: House) -> None:
    picture = await loaded(house)
    await change_unheard(house, "new")
    broken = Release(events=(events.ChannelUpdate(data=None),), guild_id=GUILD, revision=1)
    house.bus.publish([broken])
    await until(lambda: picture.guild.name == "new")


# Loading


async def test_releases_during_a_load_are_applied_exactly_once(house: House) -> None:
    ear = Ear(house)
    await change_unheard(house, "name 1")
    async with locked(house, "members"):
        loading_ = asyncio.create_task(house.world.guild(GUILD))
        await asyncio.sleep(0.1)
        house.world.receive([renaming(1), renaming(2)])
        house.world.receive([renaming(3)])
        assert ear.releases == []
    picture = await loading_
    assert picture is not None
    assert (picture.revision, picture.guild.name) == (3, "name 3")
    assert [release.revision for release in ear.releases] == [2, 3]


async def test_a_message_during_a_load_is_the_channels_last(house: House) -> None:
    async with locked(house, "members"):
        loading_ = asyncio.create_task(house.world.guild(GUILD))
        await asyncio.sleep(0.1)
        house.bus.publish([Release(events=(samples.said("4001"),))])
    picture = await loading_
    assert picture is not None
    assert picture.channel(samples.CHANNEL).last_message_id == "4001"
    house.bus.publish([Release(events=(samples.said("4003"), samples.said("4002")))])
    assert picture.channel(samples.CHANNEL).last_message_id == "4003"


async def test_loads_of_one_guild_are_one_load(house: House) -> None:
    asked = await watch_queries(house)
    found = await asyncio.gather(*(house.world.guild(GUILD) for _ in range(50)))
    assert len({id(picture) for picture in found}) == 1
    assert len(reads(asked)) == 13


async def test_who_leaves_during_a_load_does_not_make_others_miss_the_guild(house: House) -> None:
    async with locked(house, "members"):
        first = asyncio.create_task(house.world.guild(GUILD))
        await asyncio.sleep(0.05)
        second = asyncio.create_task(house.world.guild(GUILD))
        await asyncio.sleep(0.05)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
    found = await asyncio.wait_for(second, 5)
    assert found is not None
    assert not house.world._held
    assert not house.world._loading


async def test_a_guild_that_does_not_exist_is_none_and_leaves_nothing(house: House) -> None:
    followed: list[str] = []
    house.bus.follow = followed.append  # type: ignore[method-assign]
    house.bus.unfollow = followed.remove  # type: ignore[method-assign]
    assert await house.world.guild("1") is None
    assert await house.world.place("1") is None
    assert followed == []
    assert not house.world._held


async def test_a_hundred_guilds_take_few_queries(house: House) -> None:
    ids = [str(number) for number in range(5000, 5100)]
    await house.pool.execute(GUILDS, ids, "11")
    await house.pool.execute(EVERYONE, ids)
    await house.pool.execute(
        "insert into channels (id, guild_id, type, name)"
        " select guild * 100 + number, guild, 0, 'channel'"
        " from unnest($1::bigint[]) as guild, generate_series(1, 20) as number",
        ids,
    )
    asked = await watch_queries(house)
    await house.world.load(ids)
    assert len(reads(asked)) == 13
    assert sum(len(picture.channels) for picture in house.world.loaded()) == 2000
    found = house.world.known_guild_of_channel("500007")
    assert found is not None
    assert found.id == "5000"


async def watch_queries(house: House) -> list[str]:
    """What is asked of the database from now on."""
    asked: list[str] = []
    async with AsyncExitStack() as stack:
        pool = house.world._pool
        for _ in range(pool.get_max_size()):
            connection = await stack.enter_async_context(pool.acquire())
            connection.add_query_logger(lambda record: asked.append(record.query))
    return asked


def reads(asked: list[str]) -> list[str]:
    return [query for query in asked if query.strip().startswith("select")]


# Members


async def test_who_is_no_member_is_asked_for_again(house: House) -> None:
    picture = await loaded(house)
    await house.pool.execute("insert into users (id, username) values (99, 'new')")
    assert await house.world.member(picture, "99") is None
    assert "99" not in picture.touched
    await house.pool.execute(MEMBERS, GUILD, ["99"])
    assert await house.world.member(picture, "99") is not None


async def test_members_come_in_the_order_asked(house: House) -> None:
    picture = await loaded(house)
    found = await house.world.members(picture, ["13", "99", "11", "13", "12"])
    assert [member.user.id for member in found] == ["13", "11", "12"]


async def test_who_leaves_while_being_fetched_is_not_remembered(house: House) -> None:
    picture = await loaded(house)
    async with locked(house, "users"):
        asking = asyncio.create_task(house.world.member(picture, "12"))
        await asyncio.sleep(0.1)
        left = wire.GuildMemberRemove(guild_id=GUILD, user=samples.user("12"))
        house.world.receive(
            [Release(events=(events.MemberRemove(data=left),), guild_id=GUILD, revision=1)]
        )
    await asking
    await house.pool.execute("delete from members where user_id = 12")
    picture.members.pop("12", None)
    assert await house.world.member(picture, "12") is None


async def test_a_busy_guild_does_not_keep_anybody_from_being_fetched(house: House) -> None:
    picture = await loaded(house)
    busy = True

    async def keep_busy() -> None:
        revision = 0
        while busy:
            revision += 1
            house.world.receive([renaming(revision)])
            await asyncio.sleep(0)

    turmoil = asyncio.create_task(keep_busy())
    found = await asyncio.wait_for(house.world.member(picture, "12"), 5)
    busy = False
    await turmoil
    assert found is not None


async def test_a_users_own_members_come_in_one_go(house: House) -> None:
    ids = [str(number) for number in range(6000, 6010)]
    await house.pool.execute(GUILDS, ids, "11")
    for id_ in ids[:5]:
        await house.pool.execute(MEMBERS, id_, ["12"])
    await house.world.load(ids)
    await house.world.load_own_members("12", [*ids, "1"])
    there = [picture.id for picture in house.world.loaded() if "12" in picture.members]
    assert there == ids[:5]


# Forgetting


async def test_a_sweep_forgets_members_nobody_asked_for(house: House) -> None:
    picture = await loaded(house)
    await house.world.members(picture, ["11", "12", "13"])
    house.world.sweep(lambda _picture: {"13"})
    assert set(picture.members) == {"11", "12", "13"}
    await house.world.member(picture, "12")
    house.world.sweep(lambda _picture: {"13"})
    assert set(picture.members) == {"12", "13"}


async def test_a_guild_nobody_asks_for_is_dropped(house: House) -> None:
    unfollowed: list[str] = []
    house.bus.unfollow = unfollowed.append  # type: ignore[method-assign]
    picture = await loaded(house)
    for _ in range(2):
        house.world.sweep(NOBODY)
    assert house.world.get(GUILD) is picture
    house.world.sweep(NOBODY)
    assert GUILD not in house.world
    assert house.world._guild_of == {}
    assert unfollowed == [f"guild.{GUILD}"]
    assert await loaded(house) is not picture


async def test_a_guild_somebody_asks_for_or_is_in_stays(house: House) -> None:
    picture = await loaded(house)
    for _ in range(5):
        house.world.sweep(NOBODY)
        house.world.known_guild_of_channel(samples.CHANNEL)
    for _ in range(5):
        house.world.sweep(lambda _picture: {"11"})
    for _ in range(2):
        house.world.sweep(NOBODY)
    assert house.world.get(GUILD) is picture


async def test_channels_are_found_as_long_as_they_are_there(house: House) -> None:
    await loaded(house)
    made = samples.channel("2001")
    await emit(house, events.ChannelCreate(data=made))
    assert house.world.known_guild_of_channel("2001") is not None
    await emit(house, events.ChannelDelete(data=made))
    assert house.world.known_guild_of_channel("2001") is None
    assert set(house.world._guild_of) == {samples.CHANNEL}
