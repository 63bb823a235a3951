"""What an OAuth2 token opens, and that it opens nothing else."""

import re

import pytest

from rift.doors.discord.rest import ENDPOINTS
from rift.doors.http.plans import Identity, Plan
from rift.wire.oauth2 import SCOPES
from tests.gateway import Gateway
from tests.nouns.elsewhere import Client, works
from tests.server import Server


async def test_a_token_opens_what_names_its_scope_and_nothing_else(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    guild = await person.guild()
    opened = {
        "identify": "/users/@me",
        "guilds": "/users/@me/guilds",
        "guilds.members.read": f"/users/@me/guilds/{guild['id']}/member",
        "connections": "/users/@me/connections",
        "openid": "/oauth2/userinfo",
    }
    for scope in (*opened, "email"):
        api = await client.api(person, scope)
        for needed, path in opened.items():
            reply = await api.call("GET", path)
            assert reply.status == (200 if needed == scope else 403), f"{scope}: {path}"
            assert reply.status == 200 or reply.code == 50026


async def test_no_other_operation_takes_a_token(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    guild = await person.guild()
    channel = await person.channel(guild["id"])
    scopes = "identify email guilds guilds.members.read connections"
    api = await client.api(person, scopes)
    ids = dict.fromkeys(("user_id", "role_id", "overwrite_id", "message_id", "grant_id"), "1")
    ids |= {"guild_id": guild["id"], "channel_id": channel["id"], "application_id": client.id}
    ids |= {"code": "x", "emoji": "x"}
    takers = [it for it in ENDPOINTS if it.scopes]
    speaking = [it for it in takers if it.path.endswith("/role-connection")]
    assert all(it.scopes == {"role_connections.write"} for it in speaking)
    [attaching] = [it for it in takers if it.path.endswith("/attachment")]
    assert attaching.scopes == SCOPES
    for_people = [
        it for it in takers if "/commands" not in it.path and it not in (*speaking, attaching)
    ]
    assert len(for_people) == 7
    assert all(it.method == "GET" for it in for_people)
    assert all(it.path.startswith("/applications/") for it in takers if "/commands" in it.path)
    others = dict.fromkeys(re.findall(r"{(\w+)}", " ".join(it.path for it in ENDPOINTS)), "1")
    for endpoint in ENDPOINTS:
        path = endpoint.path.format_map(others | ids)
        asks_for_nobody = Plan(endpoint).identity in (Identity.NOBODY, Identity.GUEST)
        if endpoint.scopes or asks_for_nobody:
            continue
        reply = await api.call(endpoint.method, path, {})
        assert (reply.status, reply.code) == (403, 50026), f"{endpoint.method} {path}"
    assert await person.get(f"/channels/{channel['id']}")


async def test_the_address_needs_a_scope_of_its_own(server: Server) -> None:
    client, person = await Client.registered(server), await server.person(email="who@example.org")
    plain = await (await client.api(person)).get("/users/@me")
    assert {"email", "verified", "bio"}.isdisjoint(plain)
    full = await (await client.api(person, "identify email")).get("/users/@me")
    assert full["email"] == "who@example.org"
    assert (await person.get("/users/@me"))["email"] == "who@example.org"


async def test_a_token_tells_what_it_is(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    shown = await (await client.api(person, "identify guilds")).get("/oauth2/@me")
    assert shown["application"]["id"] == client.id
    assert (shown["scopes"], shown["user"]["id"]) == (["guilds", "identify"], person.id)
    shown = await (await client.api(person, "guilds")).get("/oauth2/@me")
    assert "user" not in shown
    assert (await person.refused("GET", "/oauth2/@me")).status == 401


async def test_a_name_changed_since_is_shown(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    api = await client.api(person)
    await person.patch("/users/@me", {"global_name": "Renamed"})
    assert (await api.get("/users/@me"))["global_name"] == "Renamed"


async def test_a_session_is_no_bearer_and_a_bearer_no_session(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    token = (await client.tokens(person))["access_token"]
    assert (await client.bearer(person.api.bare_token).refused("GET", "/users/@me")).code == 50025
    for wrong in (token, f"Bot {token}"):
        assert (await server.guest.with_token(wrong).refused("GET", "/users/@me")).status == 401
    assert await works(server.guest.with_token(f"bearer {token}"))


@pytest.mark.parametrize("prefix", ["", "Bearer ", "Bot "])
async def test_the_gateway_takes_no_bearer(server: Server, prefix: str) -> None:
    client, person = await Client.registered(server), await server.person()
    token = (await client.tokens(person))["access_token"]
    assert await works(client.bearer(token))
    async with Gateway.connected(server.url) as gateway:
        await gateway.send(2, {"token": f"{prefix}{token}", "intents": 0, "properties": {}})
        assert (await gateway.closing()).code == 4004
