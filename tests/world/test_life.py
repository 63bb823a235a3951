"""A world that lived through anything, in any order, is the world as it would be loaded."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
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
from rift.world import Picture, World, loading
from rift.world import queries as world_queries
from tests.core.houses import MEMBERS, USERS
from tests.patience import until
from tests.world import samples

GUILD = samples.GUILD
NOBODY: Callable[[Picture], set[str]] = lambda _picture: set()  # noqa: E731


async def loaded(house: House) -> Picture:
    picture = await house.world.guild(GUILD)
    assert picture is not None
    return picture


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
