"""Invites: made, shown, accepted, used up, withdrawn."""

import asyncio
from typing import Any

from tests.api import Person
from tests.server import Server


async def hall(server: Server, **fields: Any) -> tuple[Person, dict[str, Any], dict[str, Any]]:
    """An owner, their guild, and a channel of it."""
    owner = await server.person()
    guild = await owner.guild(**fields)
    return owner, guild, await owner.channel(guild["id"])


async def test_an_invite_brings_somebody_in(server: Server) -> None:
    owner, guild, channel = await hall(server)
    guest = await server.person()
    invite = await owner.post(f"/channels/{channel['id']}/invites", {})
    assert len(invite["code"]) == 8
    assert (invite["max_age"], invite["max_uses"], invite["uses"]) == (86_400, 0, 0)
    assert invite["inviter"]["id"] == owner.id
    async with server.gateway(guest) as gateway:
        accepted = await guest.post(f"/invites/{invite['code']}", {})
        assert accepted["guild"]["id"] == guild["id"]
        entered = await gateway.expect("GUILD_CREATE")
        assert entered.data["id"] == guild["id"]
    [listed] = await owner.get(f"/channels/{channel['id']}/invites")
    assert listed["uses"] == 1


async def test_of_many_at_once_an_invite_admits_as_many_as_it_says(server: Server) -> None:
    owner, guild, channel = await hall(server)
    people = await asyncio.gather(*(server.person() for _ in range(20)))
    body = {"max_uses": 3}
    invite = await owner.post(f"/channels/{channel['id']}/invites", body)
    replies = await asyncio.gather(
        *(person.call("POST", f"/invites/{invite['code']}", {}) for person in people)
    )
    assert sorted(reply.status for reply in replies) == [200] * 3 + [404] * 17
    assert {reply.code for reply in replies if reply.status == 404} == {10006}
    inside = await owner.get(f"/guilds/{guild['id']}?with_counts=true")
    assert inside["approximate_member_count"] == 4
