"""Who sees whom online: guilds, friends, strangers, the blocked, and one's own other clients."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.api import Person
from tests.gateway import Gateway
from tests.nouns.circles import befriend, block
from tests.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")

OFFICIAL = 22525
_CUSTOM = 4


@asynccontextmanager
async def online(server: Server, person: Person, **said: Any) -> AsyncIterator[Gateway]:
    """A client of the official kind; without a word of its own it follows the settings."""
    presence = {"status": "unknown", "activities": [], "since": 0, "afk": False, **said}
    async with Gateway.connected(server.url) as gateway:
        token = person.api.bare_token
        await gateway.identify(token, guilds=False, capabilities=OFFICIAL, presence=presence)
        await gateway.expect("READY_SUPPLEMENTAL")
        yield gateway


async def supplement(server: Server, person: Person) -> Any:
    async with Gateway.connected(server.url) as gateway:
        await gateway.identify(person.api.bare_token, guilds=False, capabilities=OFFICIAL)
        return (await gateway.expect("READY_SUPPLEMENTAL")).data


async def together(server: Server) -> tuple[Person, Person, str]:
    """Two in a guild."""
    one, other = await server.person(), await server.person()
    guild = await one.guild("Seeing each other")
    await one.bring(other, (await one.channel(guild["id"]))["id"])
    return one, other, guild["id"]


def _of(person: Person, **fields: Any) -> Any:
    wanted = fields.items()
    return lambda data: data["user"]["id"] == person.id and wanted <= data.items()


async def test_friends_see_each_other_without_a_guild(server: Server) -> None:
    one, other = await server.person(), await server.person()
    await befriend(one, other)
    async with online(server, one) as gateway:
        async with online(server, other) as theirs:
            seen = (await gateway.expect("PRESENCE_UPDATE", _of(other, status="online"))).data
            assert "guild_id" not in seen
            await theirs.send(3, {"status": "idle", "activities": [], "since": 0, "afk": False})
            await gateway.expect("PRESENCE_UPDATE", _of(other, status="idle"))
            friends = (await supplement(server, one))["merged_presences"]["friends"]
            assert [(it["user_id"], it["status"]) for it in friends] == [(other.id, "idle")]
            await theirs.close()
        await gateway.expect("PRESENCE_UPDATE", _of(other, status="offline"))


async def test_becoming_friends_shows_who_is_online(server: Server) -> None:
    one, other = await server.person(), await server.person()
    async with online(server, one) as gateway, online(server, other) as theirs:
        await befriend(one, other)
        await gateway.expect("PRESENCE_UPDATE", _of(other))
        await theirs.expect("PRESENCE_UPDATE", _of(one))


async def test_neither_strangers_nor_the_blocked_learn_who_is_online(server: Server) -> None:
    one, stranger, former = [await server.person() for _ in range(3)]
    await befriend(one, former)
    await block(one, former)
    async with (
        online(server, stranger) as outside,
        online(server, former) as blocked,
        online(server, one) as gateway,
    ):
        await gateway.send(3, {"status": "dnd", "activities": [], "since": 0, "afk": False})
        await outside.quiet("PRESENCE_UPDATE")
        await blocked.quiet("PRESENCE_UPDATE")
        friends = (await supplement(server, former))["merged_presences"]["friends"]
        assert friends == []


async def test_who_is_invisible_is_offline_to_everybody_else(server: Server) -> None:
    one, other, _ = await together(server)
    await befriend(one, other)
    await one.api.patch("/users/@me/settings", {"status": "invisible"})
    async with online(server, other) as gateway:
        async with online(server, one) as own:
            assert {it["status"] for it in own.ready["sessions"]} == {"invisible"}
            await own.send(3, {"status": "invisible", "activities": [{"name": "x", "type": 0}]})
            await gateway.quiet("PRESENCE_UPDATE")
            extra = await supplement(server, other)
            assert extra["merged_presences"] == {"friends": [], "guilds": [[]]}
            async with server.gateway(other) as plain:
                created = plain.history[-1].data if plain.history else {}
                assert one.id not in str(created.get("presences", []))
            await own.close()
        await gateway.quiet("PRESENCE_UPDATE")


async def test_a_custom_status_is_shown_until_it_expires(server: Server) -> None:
    one, other, guild_id = await together(server)
    async with online(server, other) as gateway, online(server, one):
        await gateway.expect("PRESENCE_UPDATE", _of(one, guild_id=guild_id))
        soon = (datetime.now(UTC) + timedelta(seconds=1.5)).isoformat()
        status = {"text": "on a hill", "emoji_name": "⛰", "expires_at": soon}
        await one.api.patch("/users/@me/settings", {"custom_status": status})
        shown = (await gateway.expect("PRESENCE_UPDATE", _of(one))).data["activities"]
        assert [(it["type"], it["state"], it["emoji"]["name"]) for it in shown] == [
            (_CUSTOM, "on a hill", "⛰")
        ]
        assert (await gateway.expect("PRESENCE_UPDATE", _of(one))).data["activities"] == []


async def test_the_status_of_the_settings_is_that_of_all_clients(server: Server) -> None:
    one, other, _ = await together(server)
    async with online(server, other) as gateway, online(server, one) as own:
        await one.api.patch("/users/@me/settings", {"status": "dnd"})
        await gateway.expect("PRESENCE_UPDATE", _of(one, status="dnd"))
        sessions = (await own.expect("SESSIONS_REPLACE")).data
        assert [it["status"] for it in sessions] == ["dnd"]


async def test_ones_clients_know_of_each_other(server: Server) -> None:
    one = await server.person()
    async with online(server, one) as first:
        async with online(server, one, status="idle") as second:
            ids = {first.ready["session_id"], second.ready["session_id"]}
            listed = (await first.expect("SESSIONS_REPLACE")).data
            assert {it["session_id"] for it in listed} == {*ids, "all"}
            assert {it["session_id"] for it in second.ready["sessions"]} == {*ids, "all"}
            assert [it["status"] for it in listed if it["session_id"] == "all"] == ["online"]
            await second.close()
        listed = (await first.expect("SESSIONS_REPLACE")).data
        assert [it["session_id"] for it in listed] == [first.ready["session_id"]]


async def test_what_one_plays_is_kept_from_those_it_is_not_for(server: Server) -> None:
    one, other, guild_id = await together(server)
    game = [{"name": "chess", "type": 0}]
    async with online(server, other) as gateway, online(server, one) as own:
        await gateway.expect("PRESENCE_UPDATE", _of(one))
        await one.api.patch("/users/@me/settings", {"activity_restricted_guild_ids": [guild_id]})
        await own.send(3, {"status": "idle", "activities": game, "since": 0, "afk": False})
        seen = (await gateway.expect("PRESENCE_UPDATE", _of(one, status="idle"))).data
        assert seen["activities"] == []
        await one.api.patch(
            "/users/@me/settings",
            {"activity_restricted_guild_ids": [], "show_current_game": False},
        )
        await asyncio.sleep(0.1)
        await own.send(3, {"status": "dnd", "activities": game, "since": 0, "afk": False})
        seen = (await gateway.expect("PRESENCE_UPDATE", _of(one, status="dnd"))).data
        assert seen["activities"] == []
        listed = (await own.expect("SESSIONS_REPLACE", lambda it: it[0]["status"] == "dnd")).data
        assert [it["name"] for it in listed[0]["hidden_activities"]] == ["chess"]


async def test_friends_and_correspondents_learn_a_new_name_at_once(server: Server) -> None:
    one, friend, correspondent = [await server.person() for _ in range(3)]
    guild = await one.guild("Where they met")
    channel = await one.channel(guild["id"])
    await one.bring(correspondent, channel["id"])
    private = await one.api.post("/users/@me/channels", {"recipient_id": correspondent.id})
    await one.say(private["id"], "hello")
    await befriend(one, friend)
    async with online(server, friend) as theirs, online(server, correspondent) as others:
        await one.api.patch("/users/@me", {"global_name": "Zenobia"})
        told = (await theirs.expect("RELATIONSHIP_ADD")).data
        assert (told["type"], told["user"]["global_name"]) == (1, "Zenobia")
        assert told["should_notify"] is False
        changed = (await others.expect("CHANNEL_UPDATE")).data
        assert changed["recipients"][0]["global_name"] == "Zenobia"
