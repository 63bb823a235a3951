"""The picture that events keep is the picture that is loaded afresh."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import pytest

from rift.config.settings import Limits
from rift.core.actor import Actor
from rift.core.channels import verbs as channels
from rift.core.guilds import verbs as guilds
from rift.core.roles import verbs as roles
from rift.core.unit import Unit
from rift.errors import Refusal
from rift.permissions import Permission
from rift.snowflake import Snowflake, decode_hook
from rift.wire.channels import (
    ChannelPosition,
    CreateChannel,
    DeleteChannelQuery,
    ModifyChannel,
    PutOverwrite,
)
from rift.wire.guilds import ModifyGuild
from rift.wire.roles import CreateRole, ModifyRole, RolePosition
from rift.wire.users import CurrentUser
from rift.world import Picture, loading
from tests.nouns.parlour import GUILD, QUIET, TEXT, Parlour, parlour

Step = Callable[[], Awaitable[Any]]
STEPS = 60


class Walk:
    """The owner of a guild who does whatever comes to mind."""

    def __init__(self, room: Parlour, seed: int) -> None:
        self._house = room.house
        self._dice = random.Random(seed)
        ann = CurrentUser(id=Snowflake(room.ann.id), username=room.ann.name)
        self._actor = Actor(user=ann, account=ann, session_id=Snowflake(room.ann.id))
        self._members = [room.ann.id, room.bob.id, room.cid.id]
        self.refused = 0

    @property
    def picture(self) -> Picture:
        picture = self._house.world.get(GUILD)
        assert picture is not None
        return picture

    async def do(self, verb: Callable[..., Awaitable[Any]], *args: Any) -> None:
        try:
            async with Unit(self._house) as unit:
                await verb(unit, self._actor, *args)
        except Refusal:
            self.refused += 1

    async def step(self) -> None:
        steps: list[Step] = [
            self.create_channel,
            self.create_channel,
            self.modify_channel,
            self.delete_channel,
            self.order_channels,
            self.allow,
            self.forget,
            self.create_role,
            self.modify_role,
            self.delete_role,
            self.order_roles,
            self.modify_guild,
        ]
        await self._dice.choice(steps)()

    def channel(self) -> str:
        return self._dice.choice(list(self.picture.channels) or ["1"])

    def category(self) -> str | None:
        found = [id_ for id_, channel in self.picture.channels.items() if channel.type == 4]
        return self._dice.choice([None, *found])

    def role(self) -> str:
        return self._dice.choice(list(self.picture.roles))

    def subject(self) -> str:
        return self._dice.choice([self.role(), self._dice.choice(self._members)])

    def bits(self) -> str:
        return str(self._dice.choice(list(Permission)).value)

    async def create_channel(self) -> None:
        shape = {
            "name": f"Room {self._dice.randrange(100)}",
            "type": self._dice.choice([0, 2, 4, 5]),
            "parent_id": self.category(),
        }
        await self.do(channels.create, GUILD, form(shape, CreateChannel))

    async def modify_channel(self) -> None:
        everything = {
            "name": f"Space {self._dice.randrange(100)}",
            "topic": self._dice.choice([None, "talk"]),
            "nsfw": self._dice.choice([True, False, None]),
            "parent_id": self.category(),
            "position": self._dice.randrange(8),
            "type": self._dice.choice([0, 5]),
            "permission_overwrites": [{"id": self.subject(), "allow": self.bits()}],
        }
        chosen = self._dice.sample(sorted(everything), 2)
        shape = {field: everything[field] for field in chosen}
        await self.do(channels.modify, self.channel(), form(shape, ModifyChannel))

    async def delete_channel(self) -> None:
        await self.do(channels.delete, self.channel(), DeleteChannelQuery())

    async def order_channels(self) -> None:
        shape = [
            {
                "id": self.channel(),
                "position": self._dice.randrange(8),
                "parent_id": self.category(),
                "lock_permissions": self._dice.choice([True, False]),
            }
            for _ in range(3)
        ]
        await self.do(channels.reorder, GUILD, form(shape, list[ChannelPosition]))

    async def allow(self) -> None:
        shape = {"allow": self.bits(), "deny": self.bits()}
        await self.do(
            channels.put_overwrite, self.channel(), self.subject(), form(shape, PutOverwrite)
        )

    async def forget(self) -> None:
        await self.do(channels.delete_overwrite, self.channel(), self.subject())

    async def create_role(self) -> None:
        shape = {"name": "role", "color": self._dice.randrange(1 << 24), "hoist": True}
        await self.do(roles.create, GUILD, form(shape, CreateRole))

    async def modify_role(self) -> None:
        shape = {"permissions": self.bits()}
        await self.do(roles.modify, GUILD, self.role(), form(shape, ModifyRole))

    async def delete_role(self) -> None:
        await self.do(roles.delete, GUILD, self.role())

    async def order_roles(self) -> None:
        chosen = {self.role() for _ in range(3)} - {GUILD}
        shape = [{"id": id_, "position": self._dice.randrange(8)} for id_ in sorted(chosen)]
        await self.do(roles.reorder, GUILD, form(shape, list[RolePosition]))

    async def modify_guild(self) -> None:
        shape = {
            "description": f"number {self._dice.randrange(100)}",
            "system_channel_id": self._dice.choice([None, self.channel()]),
            "verification_level": self._dice.randrange(5),
        }
        await self.do(guilds.modify, GUILD, form(shape, ModifyGuild))


def form(shape: Any, type_: Any) -> Any:
    return msgspec.convert(shape, type_, dec_hook=decode_hook)


async def afresh(room: Parlour) -> Picture:
    pool = room.house.pool
    [fresh] = await loading.pictures(pool, [GUILD])
    kept = room.house.world.get(GUILD)
    assert kept is not None
    known = list(kept.members)
    fresh.members = {it.user.id: it for it in await loading.members(pool, GUILD, known)}
    return fresh


def shown(picture: Picture) -> dict[str, Any]:
    return {
        "members": msgspec.to_builtins(picture.members),
        "revision": picture.revision,
        "guild": msgspec.to_builtins(picture.whole()),
        "member_count": picture.member_count,
        "channels": {id_: msgspec.to_builtins(picture.channel(id_)) for id_ in picture.channels},
    }


@pytest.mark.parametrize("seed", range(6))
async def test_after_any_series_of_changes_the_kept_picture_is_the_stored_one(
    database: str, seed: int
) -> None:
    async with parlour(database) as room:
        picture = await room.house.world.guild(GUILD)
        assert picture is not None
        await room.house.world.members(picture, [room.ann.id, room.bob.id, room.cid.id])
        walk = Walk(room, seed)
        for _ in range(STEPS):
            await walk.step()
            fresh = await afresh(room)
            assert shown(walk.picture) == shown(fresh)
        assert walk.refused < STEPS // 2
        places = sorted(role.position for role in walk.picture.roles.values())
        assert places == list(range(len(places)))


async def test_roles_made_at_once_stand_on_places_of_their_own(database: str) -> None:
    async with parlour(database) as room:
        await room.house.world.guild(GUILD)
        walk = Walk(room, 0)
        await asyncio.gather(*(walk.create_role() for _ in range(12)))
        assert walk.refused == 0
        places = sorted(role.position for role in walk.picture.roles.values())
        assert places == list(range(4 + 12))
        assert shown(walk.picture) == shown(await afresh(room))


@pytest.mark.parametrize("seed", range(3))
async def test_changes_made_at_once_never_wait_for_each_other_for_ever(
    database: str, seed: int
) -> None:
    async with parlour(database) as room:
        await room.house.world.guild(GUILD)
        said = [await room.ann.say("pin me", QUIET) for _ in range(10)]
        walks = [Walk(room, seed * 100 + number) for number in range(40)]
        pins = [
            room.ann.ask("PUT", f"/channels/{QUIET}/messages/pins/{message['id']}")
            for message in said
        ]
        await asyncio.wait_for(asyncio.gather(*(walk.step() for walk in walks), *pins), 30)
        assert shown(walks[0].picture) == shown(await afresh(room))


async def test_guild_limits_hold_when_many_ask_at_once(database: str) -> None:
    limits = Limits(channels_per_guild=8, roles_per_guild=8)
    async with parlour(database, limits=limits) as room:
        await room.house.world.guild(GUILD)
        walk = Walk(room, 0)
        await asyncio.gather(*(walk.create_role() for _ in range(10)))
        assert len(walk.picture.roles) == 8
        shape = form({"name": "room"}, CreateChannel)
        await asyncio.gather(*(walk.do(channels.create, GUILD, shape) for _ in range(10)))
        assert len(walk.picture.channels) == 8


async def test_a_change_on_its_way_is_seen_by_the_next_one(database: str) -> None:
    """Another process changed the guild, and its event has not come here yet."""
    async with parlour(database) as room:
        kept = await room.house.world.guild(GUILD)
        assert kept is not None
        await room.run("update roles set position = position + 1 where id <> $1", GUILD)
        await room.run("update guilds set revision = revision + 1 where id = $1", GUILD)
        walk = Walk(room, 0)
        await walk.create_role()
        fresh = await afresh(room)
        places = sorted(role.position for role in fresh.roles.values())
        assert places == [0, 1, 2, 3, 4]


async def test_what_was_written_in_a_deleted_channel_is_erased(database: str) -> None:
    async with parlour(database) as room:
        message = await room.ann.say("secret", TEXT)
        path = f"/channels/{TEXT}/messages/{message['id']}"
        await room.ann.ask("PATCH", path, {"content": "a secret"})
        await room.ann.ask("PUT", f"{path}/reactions/%F0%9F%91%8D/@me")
        kept = await room.ann.say("stays", QUIET)
        await Walk(room, 0).do(channels.delete, TEXT, DeleteChannelQuery())
        assert not await erased_all(room)
        assert len(await room.rows("select id from messages")) == 2
        await room.run("update forsaken_channels set forsaken_at = now() - interval '1 hour'")
        assert await erased_all(room)
        assert [row["id"] for row in await room.rows("select id from messages")] == [kept["id"]]
        for table in ("reactions", "message_history", "forsaken_channels"):
            assert await room.rows(f"select * from {table}") == []


async def test_what_a_deleted_channel_published_and_was_brought_is_forgotten(
    database: str,
) -> None:
    async with parlour(database) as room:
        await room.run(
            "insert into publications (channel_id, message_id, id) values ($1, 1, 2), ($2, 3, 4)",
            TEXT,
            QUIET,
        )
        await room.run(
            """
            insert into copies (source_channel_id, source_id, webhook_id, channel_id, message_id)
            values ($1, 1, 7, 8, 9), (5, 6, 7, $1, 10), ($2, 3, 7, 8, 11)
            """,
            TEXT,
            QUIET,
        )
        await Walk(room, 0).do(channels.delete, TEXT, DeleteChannelQuery())
        await room.run("update forsaken_channels set forsaken_at = now() - interval '1 hour'")
        assert await erased_all(room)
        assert [row["message_id"] for row in await room.rows("select * from copies")] == ["11"]
        assert [row["id"] for row in await room.rows("select * from publications")] == ["4"]


async def erased_all(room: Parlour) -> bool:
    """Do the chore until nothing is left; whether there was anything."""
    portions = 0
    while True:
        async with Unit(room.house) as unit:
            if not await channels.erase_forsaken(unit):
                return portions > 0
        portions += 1
