"""The world is what the database holds: through disorder, gaps, loads and forgetting."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, LiteralString

import msgspec
import pytest

from rift import events
from rift.core.guilds.queries import HOLD
from rift.core.house import House
from rift.core.unit import Unit
from rift.errors import Unavailable
from rift.events import AnyEvent, Release
from rift.wire import gateway as wire
from rift.wire.channels import Channel
from rift.wire.guilds import Guild, UnavailableGuild
from rift.world import Picture, World, loading
from rift.world import queries as world_queries
from tests.core.houses import CHANNEL, EVERYONE, GUILDS, MEMBERS, USERS, Ear, emit, furnish, living
from tests.patience import until
from tests.world import samples

GUILD = samples.GUILD
ADVANCE = "update guilds set name = $2, revision = revision + 1 where id = $1"
NOBODY: Callable[[Picture], set[str]] = lambda _picture: set()  # noqa: E731


@pytest.fixture
async def house(database: str) -> AsyncIterator[House]:
    async with living(database) as made:
        await furnish(made.pool)
        await made.pool.execute(CHANNEL, samples.CHANNEL, GUILD, "general")
        yield made


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
    assert len(reads(asked)) == 4


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
    assert await house.world.guild_of_channel("1") is None
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
    assert len(reads(asked)) == 4
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


# Convergence


def channel(row: dict[str, Any], overwrites: Any = ()) -> Channel:
    return loading._channel({**row, "last_message_id": None}, overwrites)


class Life:
    """Random changes of a guild: each is written and told, as verbs do it."""

    def __init__(self, house: House, seed: int) -> None:
        self.house = house
        self.random = random.Random(seed)
        self.numbers = iter(range(7000, 99_999))

    @asynccontextmanager
    async def holding(self) -> AsyncIterator[Unit]:
        """A unit that holds the guild, as every verb does that changes one."""
        async with Unit(self.house) as unit:
            await unit.one(HOLD, GUILD)
            yield unit

    async def change(
        self, event: Callable[[dict[str, Any]], AnyEvent], query: LiteralString, *args: object
    ) -> None:
        async with self.holding() as unit:
            row = await unit.maybe(query, *args)
            if row is not None:
                unit.emit(event(row))

    async def rename(self) -> None:
        await self.change(
            lambda row: events.GuildUpdate(data=loading.guild_from_row(row)),
            "update guilds set name = $2 where id = $1 returning *",
            GUILD,
            f"name {next(self.numbers)}",
        )

    async def add_channel(self) -> None:
        await self.change(
            lambda row: events.ChannelCreate(data=channel(row)),
            "insert into channels (id, guild_id, type, name, topic)"
            " values ($1, $2, 0, 'new', 'what') returning *",
            str(next(self.numbers)),
            GUILD,
        )

    async def change_channel(self) -> None:
        async with self.holding() as unit:
            row = await unit.maybe(
                "update channels set name = $1 where id = (select id from channels"
                " order by random() limit 1) returning *",
                f"channel-{next(self.numbers)}",
            )
            if row is None:
                return
            role = await unit.maybe("select id from roles order by random() limit 1")
            if role is not None:
                await unit.run(
                    "insert into overwrites (channel_id, id, type, allow, deny)"
                    " values ($1, $2, 0, 1024, 0) on conflict do nothing",
                    row["id"],
                    role["id"],
                )
            overwrites = await unit.all(
                "select channel_id, id, type, allow, deny from overwrites"
                " where channel_id = $1 order by id",
                row["id"],
            )
            unit.emit(events.ChannelUpdate(data=channel(row, overwrites)))

    async def remove_channel(self) -> None:
        await self.change(
            lambda row: events.ChannelDelete(data=channel(row)),
            "delete from channels where id = (select id from channels"
            " order by random() limit 1) returning *",
        )

    async def add_role(self) -> None:
        await self.change(
            lambda row: events.RoleCreate(data=self.role_change(row)),
            "insert into roles (id, guild_id, name, position, permissions)"
            " values ($1, $2, 'role', 1, 8) returning *",
            str(next(self.numbers)),
            GUILD,
        )

    async def change_role(self) -> None:
        await self.change(
            lambda row: events.RoleUpdate(data=self.role_change(row)),
            "update roles set permissions = permissions # 1024, name = 'changed'"
            " where id = (select id from roles order by random() limit 1) returning *",
        )

    async def remove_role(self) -> None:
        async with self.holding() as unit:
            row = await unit.maybe(
                "delete from roles where id = (select id from roles where id <> guild_id"
                " order by random() limit 1) returning *"
            )
            if row is None:
                return
            await unit.run("update members set roles = array_remove(roles, $1)", row["id"])
            await unit.run("delete from overwrites where id = $1", row["id"])
            gone = wire.GuildRoleDelete(guild_id=GUILD, role_id=row["id"])
            unit.emit(events.RoleDelete(data=gone))

    async def join(self) -> None:
        user_id = str(next(self.numbers))
        async with self.holding() as unit:
            await unit.run(USERS, [user_id])
            await unit.run(MEMBERS, GUILD, [user_id])
            unit.emit(events.MemberAdd(data=await self.member(unit, user_id, wire.GuildMemberAdd)))

    async def change_member(self) -> None:
        async with self.holding() as unit:
            row = await unit.maybe(
                "update members set nick = $1, roles = (select coalesce(array_agg(id), '{}')"
                " from (select id from roles where id <> guild_id order by random() limit 2))"
                " where user_id = (select user_id from members order by random() limit 1)"
                " returning user_id",
                f"nick {next(self.numbers)}",
            )
            if row is not None:
                shown = await self.member(unit, row["user_id"], wire.GuildMemberUpdate)
                unit.emit(events.MemberUpdate(data=shown))

    async def leave(self) -> None:
        async with self.holding() as unit:
            row = await unit.maybe(
                "delete from members where user_id = (select user_id from members"
                " where user_id <> 11 order by random() limit 1) returning user_id"
            )
            if row is not None:
                left = wire.GuildMemberRemove(guild_id=GUILD, user=samples.user(row["user_id"]))
                unit.emit(events.MemberRemove(data=left))

    async def speak(self) -> None:
        async with self.holding() as unit:
            row = await unit.maybe(
                "insert into messages (channel_id, id, author_id) select id, $1, 11"
                " from channels order by random() limit 1 returning id, channel_id",
                str(next(self.numbers)),
            )
            if row is not None:
                unit.emit(samples.said(row["id"], row["channel_id"]))

    async def ask(self) -> None:
        """Somebody comes into sight, or everybody goes out of it."""
        picture = await loaded(self.house)
        ids = [str(self.random.randrange(7000, 7100)) for _ in range(5)]
        await self.house.world.members(picture, [*ids, "11", "12"])
        if self.random.random() < 0.2:
            self.house.world.sweep(NOBODY)

    @staticmethod
    async def member(unit: Unit, user_id: str, shape: Any) -> Any:
        row = await unit.one(world_queries.MEMBERS, GUILD, [user_id])
        found = loading.member_from_row(row)
        return shape(guild_id=GUILD, **msgspec.structs.asdict(found))

    @staticmethod
    def role_change(row: dict[str, Any]) -> wire.GuildRoleChange:
        return wire.GuildRoleChange(guild_id=GUILD, role=loading.role_from_row(row))

    async def live(self, steps: int) -> None:
        kinds = [
            *(self.rename, self.add_channel, self.change_channel, self.remove_channel),
            *(self.add_role, self.change_role, self.remove_role),
            *(self.join, self.change_member, self.leave, self.speak, self.ask, self.ask),
        ]
        for _ in range(steps):
            try:
                await self.random.choice(kinds)()
            except Unavailable:
                continue


def shape(picture: Picture) -> dict[str, Any]:
    """All that a picture says."""
    return {
        "guild": picture.whole(),
        "revision": picture.revision,
        "roles": picture.roles,
        "channels": {id_: picture.channel(id_) for id_ in picture.channels},
        "members": picture.members,
        "count": picture.member_count,
        "visible": {id_: picture.visible(member) for id_, member in picture.members.items()},
    }


@pytest.mark.parametrize("seed", range(4))
async def test_the_lived_world_is_the_loaded_one(house: House, seed: int) -> None:
    """Whatever happened, in whatever order it came: as if it had just been loaded."""
    picture = await loaded(house)
    disorder = random.Random(seed)
    real = house.world.receive
    late: list[Release] = []

    def in_disorder(releases: Any) -> None:
        late.extend(releases)
        if disorder.random() < 0.5:
            disorder.shuffle(late)
            real(late)
            late.clear()

    await house.bus.start(in_disorder, lambda: None)
    lives = [Life(house, seed * 10 + number) for number in range(3)]
    for number, life in enumerate(lives):
        life.numbers = iter(range(7000 + number * 1000, 8000 + number * 1000))
    await asyncio.gather(*(life.live(60) for life in lives))
    real(late)
    revision = int(await house.pool.fetchval("select revision from guilds where id = $1", GUILD))
    await until(lambda: picture.revision == revision)
    fresh = World(house.pool, house.bus)
    anew = await fresh.guild(GUILD)
    assert anew is not None
    await fresh.members(anew, list(picture.members))
    assert shape(picture) == shape(anew)
    assert set(house.world._guild_of) == set(picture.channels)
