"""Bots bring people along who consented to it, with the scope `guilds.join`."""

from typing import Any, Final, NamedTuple

import pytest

from rift.permissions import Permission
from tests.api import Person
from tests.nouns.company import Company, company
from tests.nouns.elsewhere import Client
from tests.server import Server

SCOPE: Final = "guilds.join"


class Door(NamedTuple):
    """A guild, and a bot that may bring somebody into it."""

    group: Company
    bot: Person
    client: Client
    person: Person
    token: str

    @classmethod
    async def ajar(cls, server: Server, scope: str = SCOPE) -> "Door":
        group, person = await company(server), await server.person()
        bot = await server.bot(group.owner, group.id)
        client = await Client.of(server, group.owner, bot.id)
        given = await client.tokens(person, scope)
        return cls(group, bot, client, person, given["access_token"])

    @property
    def path(self) -> str:
        return self.group.member(self.person)

    def body(self, **more: Any) -> dict[str, Any]:
        return {"access_token": self.token, **more}


async def test_who_consented_is_brought_along(server: Server) -> None:
    door = await Door.ajar(server)
    made = await door.group.owner.post(f"/guilds/{door.group.id}/roles", {"name": "guests"})
    role = made["id"]
    async with server.gateway(door.person) as gateway:
        reply = await door.bot.call("PUT", door.path, door.body(nick="Guest", roles=[role]))
        come = await gateway.expect("GUILD_CREATE", lambda it: it["id"] == door.group.id)
    assert (reply.status, reply.body["nick"], reply.body["roles"]) == (201, "Guest", [role])
    assert door.person.id in [one["user"]["id"] for one in come.data["members"]]
    assert await door.person.get(door.path) == reply.body
    again = await door.bot.call("PUT", door.path, door.body(nick="Other"))
    assert (again.status, again.body) == (204, None)
    assert (await door.person.get(door.path))["nick"] == "Guest"


@pytest.mark.parametrize("scope", ["identify", "guilds"])
async def test_another_consent_does_not_do(server: Server, scope: str) -> None:
    door = await Door.ajar(server, scope)
    assert (await door.bot.refused("PUT", door.path, door.body())).code == 50025
    await door.group.owner.refused("GET", door.path)


async def test_a_token_is_for_its_user_and_its_bot(server: Server) -> None:
    door, stranger = await Door.ajar(server), await server.person()
    theirs = door.group.member(stranger)
    assert (await door.bot.refused("PUT", theirs, door.body())).code == 50025
    other = await server.bot(door.group.owner, door.group.id)
    assert (await other.refused("PUT", door.path, door.body())).code == 50025
    wrong = {"access_token": "nobody-has-it"}
    assert (await door.bot.refused("PUT", door.path, wrong)).code == 50025
    assert (await door.group.owner.refused("PUT", door.path, door.body())).code == 20002


async def test_a_consent_that_was_withdrawn_is_none(server: Server) -> None:
    door = await Door.ajar(server)
    [grant] = await door.person.get("/oauth2/tokens")
    await door.person.delete(f"/oauth2/tokens/{grant['id']}")
    assert (await door.bot.refused("PUT", door.path, door.body())).code == 50025


async def test_the_banned_stay_out(server: Server) -> None:
    door = await Door.ajar(server)
    await door.group.owner.put(f"/guilds/{door.group.id}/bans/{door.person.id}", {})
    assert (await door.bot.refused("PUT", door.path, door.body())).code == 40007


async def test_a_bot_gives_no_more_than_it_may(server: Server) -> None:
    door = await Door.ajar(server)
    group = door.group
    own = next(
        role for role in await group.owner.get(f"/guilds/{group.id}/roles") if role["managed"]
    )
    path = f"/guilds/{group.id}/roles/{own['id']}"
    may = Permission.CREATE_INSTANT_INVITE
    await group.owner.patch(path, {"permissions": str(int(may))})
    for more in ({"nick": "Guest"}, {"roles": [group.role["id"]]}, {"mute": True}, {"deaf": True}):
        assert (await door.bot.refused("PUT", door.path, door.body(**more))).code == 50013
        await group.owner.refused("GET", door.path)
    await door.bot.put(door.path, door.body())
    await group.owner.patch(path, {"permissions": "0"})
    everyone = f"/guilds/{group.id}/roles/{group.id}"
    await group.owner.patch(everyone, {"permissions": "0"})
    assert (await door.bot.refused("PUT", door.path, door.body())).code == 50013
