"""What a guild says of those who come and go."""

from typing import Any

from tests.api import Person
from tests.server import Server

SUPPRESS_JOINS, ANNOUNCE_DEPARTURES = 1 << 0, 1 << 20


async def a_guild(server: Server, flags: int) -> tuple[Person, str, str]:
    """Its owner, its id and its system channel."""
    ann = await server.person()
    guild = await ann.guild()
    channel = await ann.channel(guild["id"], "arrivals")
    body = {"system_channel_id": channel["id"], "system_channel_flags": flags}
    await ann.patch(f"/guilds/{guild['id']}", body)
    return ann, guild["id"], channel["id"]


async def said(ann: Person, channel_id: str) -> list[tuple[int, Any]]:
    messages = await ann.get(f"/channels/{channel_id}/messages")
    return [(it["type"], it["author"]["id"]) for it in messages]


async def test_who_joins_is_welcomed_in_the_system_channel(server: Server) -> None:
    ann, _, channel_id = await a_guild(server, 0)
    bob = await server.person()
    async with server.gateway(ann) as gateway:
        await ann.bring(bob, channel_id)
        told = await gateway.expect("MESSAGE_CREATE")
    assert (told.data["type"], told.data["author"]["id"]) == (7, bob.id)
    assert await said(ann, channel_id) == [(7, bob.id)]


async def test_a_guild_may_want_nothing_said(server: Server) -> None:
    ann, guild_id, channel_id = await a_guild(server, SUPPRESS_JOINS)
    bob = await server.person()
    await ann.bring(bob, channel_id)
    await bob.delete(f"/users/@me/guilds/{guild_id}")
    assert await said(ann, channel_id) == []


async def test_a_guild_may_want_to_hear_of_those_who_leave(server: Server) -> None:
    ann, guild_id, channel_id = await a_guild(server, SUPPRESS_JOINS | ANNOUNCE_DEPARTURES)
    bob, carl = await server.person(), await server.person()
    for person in (bob, carl):
        await ann.bring(person, channel_id)
    await bob.delete(f"/users/@me/guilds/{guild_id}")
    await ann.delete(f"/guilds/{guild_id}/members/{carl.id}")
    assert await said(ann, channel_id) == [(2, bob.id)]
