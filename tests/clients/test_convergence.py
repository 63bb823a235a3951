"""A client library that lived through a guild's changes knows the same as one that just came."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from rift.permissions import Permission
from tests.api import Person, Refused
from tests.clients.client import Client
from tests.clients.conftest import PRIVILEGED
from tests.clients.environments import LIBRARIES, Library
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.clients, pytest.mark.asyncio(loop_scope="session")]

SEED: Final = 20261121
ROUNDS: Final = 120
AT_ONCE: Final = 3
PEOPLE: Final = 6
BITS: Final = (
    Permission.VIEW_CHANNEL,
    Permission.SEND_MESSAGES,
    Permission.READ_MESSAGE_HISTORY,
    Permission.CONNECT,
)

_EXPECTED: Final = (400, 403, 404)

Step = Callable[["Walk"], Awaitable[object]]
STEPS: Final[list[Step]] = []


def step(does: Step) -> Step:
    STEPS.append(does)
    return does


class Walk:
    """A guild, and whom and what one may do things to in it."""

    def __init__(self, owner: Person, guild: dict[str, Any], home: str) -> None:
        self.owner = owner
        self.guild_id = str(guild["id"])
        self.home = home
        self.people: list[Person] = []
        self.bots: list[Person] = []
        self.dice = random.Random(SEED)
        self.path = f"/guilds/{self.guild_id}"

    def someone(self) -> Person:
        return self.dice.choice(self.people)

    def anybody(self) -> Person:
        return self.dice.choice(self.people + self.bots)

    def name(self) -> str:
        return f"name-{self.dice.randrange(10_000)}"

    def bits(self) -> int:
        return sum(int(bit) for bit in BITS if self.dice.random() < 0.5)

    async def role(self) -> str:
        """One of those anybody may be given."""
        roles = await self.owner.get(f"{self.path}/roles")
        free = [role["id"] for role in roles if not role["managed"] and role["position"]]
        return str(self.dice.choice(free or [self.guild_id]))

    async def channel(self, *kinds: int) -> dict[str, Any]:
        channels = await self.owner.get(f"{self.path}/channels")
        fitting = [one for one in channels if one["type"] in kinds or not kinds]
        return dict(self.dice.choice(fitting))

    async def take(self) -> None:
        """A step; what is no longer there, or there already, may refuse it."""
        try:
            await self.dice.choice(STEPS)(self)
        except Refused as refused:
            if refused.status not in _EXPECTED:
                raise


@step
async def _(walk: Walk) -> None:
    words = {"name": walk.name(), "description": walk.name()}
    levels = {"verification_level": walk.dice.randrange(4), "afk_timeout": 300}
    await walk.owner.patch(walk.path, {**words, **levels})


@step
async def _(walk: Walk) -> None:
    quiet, spoken = await walk.channel(0), await walk.channel(2)
    body = {"system_channel_id": quiet["id"], "afk_channel_id": spoken["id"]}
    await walk.owner.patch(walk.path, {**body, "default_message_notifications": 1})


@step
async def _(walk: Walk) -> None:
    await walk.owner.channel(walk.guild_id, walk.name(), type=walk.dice.choice([0, 0, 2, 4, 5]))


@step
async def _(walk: Walk) -> None:
    parent = await walk.channel(4)
    hidden = {"id": walk.guild_id, "type": 0, "allow": "0", "deny": str(walk.bits())}
    body = {"parent_id": parent["id"], "permission_overwrites": [hidden], "topic": walk.name()}
    await walk.owner.channel(walk.guild_id, walk.name(), **body)


@step
async def _(walk: Walk) -> None:
    channel = await walk.channel(0, 5)
    body = {"name": walk.name(), "topic": walk.name(), "nsfw": walk.dice.random() < 0.5}
    slow = {} if channel["type"] == 5 else {"rate_limit_per_user": walk.dice.randrange(9)}
    await walk.owner.patch(f"/channels/{channel['id']}", {**body, **slow})


@step
async def _(walk: Walk) -> None:
    channel, parent = await walk.channel(0, 2), await walk.channel(4)
    body = {"parent_id": walk.dice.choice([None, parent["id"]])}
    await walk.owner.patch(f"/channels/{channel['id']}", body)


@step
async def _(walk: Walk) -> None:
    channel = await walk.channel()
    body = [{"id": channel["id"], "position": walk.dice.randrange(8)}]
    await walk.owner.patch(f"{walk.path}/channels", body)


@step
async def _(walk: Walk) -> None:
    channel = await walk.channel()
    if channel["id"] != walk.home and walk.dice.random() < 0.6:
        await walk.owner.delete(f"/channels/{channel['id']}")


async def _overwrite(walk: Walk, target: str, kind: int) -> None:
    channel = await walk.channel()
    allow = walk.bits()
    body = {"type": kind, "allow": str(allow), "deny": str(walk.bits() & ~allow)}
    if channel["id"] != walk.home:
        await walk.owner.put(f"/channels/{channel['id']}/permissions/{target}", body)


@step
async def _(walk: Walk) -> None:
    await _overwrite(walk, walk.dice.choice([walk.guild_id, await walk.role()]), 0)


@step
async def _(walk: Walk) -> None:
    await _overwrite(walk, walk.anybody().id, 1)


@step
async def _(walk: Walk) -> None:
    channel = await walk.channel()
    for overwrite in channel["permission_overwrites"][:1]:
        await walk.owner.delete(f"/channels/{channel['id']}/permissions/{overwrite['id']}")


@step
async def _(walk: Walk) -> None:
    body = {"name": walk.name(), "permissions": str(walk.bits()), "color": 0x123456}
    await walk.owner.post(f"{walk.path}/roles", {**body, "hoist": walk.dice.random() < 0.5})


@step
async def _(walk: Walk) -> None:
    body = {"permissions": str(walk.bits())}
    role = walk.dice.choice([walk.guild_id, await walk.role()])
    await walk.owner.patch(f"{walk.path}/roles/{role}", body)


@step
async def _(walk: Walk) -> None:
    body = [{"id": await walk.role(), "position": 1 + walk.dice.randrange(6)}]
    await walk.owner.patch(f"{walk.path}/roles", body)


@step
async def _(walk: Walk) -> None:
    if walk.dice.random() < 0.4:
        await walk.owner.delete(f"{walk.path}/roles/{await walk.role()}")


@step
async def _(walk: Walk) -> None:
    path = f"{walk.path}/members/{walk.anybody().id}/roles/{await walk.role()}"
    await walk.dice.choice([walk.owner.put, walk.owner.put, walk.owner.delete])(path)


@step
async def _(walk: Walk) -> None:
    await walk.owner.patch(f"{walk.path}/members/{walk.anybody().id}", {"nick": walk.name()})


@step
async def _(walk: Walk) -> None:
    until = datetime.now(UTC) + timedelta(days=walk.dice.randrange(1, 9))
    body = {"communication_disabled_until": walk.dice.choice([None, until.isoformat()])}
    await walk.owner.patch(f"{walk.path}/members/{walk.anybody().id}", body)


@step
async def _(walk: Walk) -> None:
    await walk.someone().patch("/users/@me", {"global_name": walk.name()})


@step
async def _(walk: Walk) -> None:
    await walk.owner.bring(walk.someone(), walk.home)


@step
async def _(walk: Walk) -> None:
    person = walk.someone()
    going = walk.dice.choice(["leave", "kick", "ban"])
    if going == "leave":
        await person.delete(f"/users/@me/guilds/{walk.guild_id}")
    elif going == "kick":
        await walk.owner.delete(f"{walk.path}/members/{person.id}")
    else:
        await walk.owner.put(f"{walk.path}/bans/{person.id}", {})


@step
async def _(walk: Walk) -> None:
    for ban in await walk.owner.get(f"{walk.path}/bans"):
        await walk.owner.delete(f"{walk.path}/bans/{ban['user']['id']}")


async def _walk(server: Server) -> Walk:
    owner = await server.person()
    guild = await owner.guild("Weather")
    walk = Walk(owner, guild, (await owner.channel(guild["id"], "home"))["id"])
    await owner.channel(guild["id"], "voices", type=2)
    await owner.channel(guild["id"], "shelf", type=4)
    walk.people = [await server.person() for _ in range(PEOPLE)]
    return walk


async def _humble_bot(server: Server, walk: Walk) -> Person:
    """One whose own role grants nothing, so that what it sees depends on all the others."""
    bot = await server.bot(walk.owner, walk.guild_id, flags=PRIVILEGED)
    walk.bots.append(bot)
    roles = await walk.owner.get(f"{walk.path}/roles")
    own = next(role for role in roles if role.get("tags", {}).get("bot_id") == bot.id)
    await walk.owner.patch(f"{walk.path}/roles/{own['id']}", {"permissions": "0"})
    return bot


async def _compare(
    stack: AsyncExitStack, server: Server, library: Library, bot: Person, lived: Client
) -> None:
    running = Client.running(library, server.url, bot.api.bare_token)
    fresh = await stack.enter_async_context(running)
    known = await lived.do("cache")
    assert [guild["name"] for guild in known.values()] == ["The end"]
    assert known == await fresh.do("cache"), library.name
    assert lived.complaints == fresh.complaints == [], library.name


async def test_who_lived_through_it_knows_what_a_newcomer_knows(server: Server) -> None:
    walk = await _walk(server)
    async with AsyncExitStack() as stack:
        bots = [await _humble_bot(server, walk) for _ in LIBRARIES]
        starting = (
            stack.enter_async_context(Client.running(library, server.url, bot.api.bare_token))
            for library, bot in zip(LIBRARIES, bots, strict=True)
        )
        lived = await asyncio.gather(*starting)
        for _ in range(ROUNDS):
            await asyncio.gather(*(walk.take() for _ in range(AT_ONCE)))
        await walk.owner.patch(walk.path, {"name": "The end"})
        for client in lived:
            await client.settles(
                "world", lambda world: world["name"] == "The end", guild_id=walk.guild_id
            )
        for meeting in zip(LIBRARIES, bots, lived, strict=True):
            await _compare(stack, server, *meeting)
