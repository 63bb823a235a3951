"""A person's client library, unmodified, where the others are bots'."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
import pytest_asyncio

from tests.api import Person
from tests.clients.cable import Cable, cable_to
from tests.clients.client import Client
from tests.clients.environments import PERSONAL
from tests.patience import until
from tests.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")
_INCOMING: Final = "incoming_request"


@dataclass
class Stage:
    """Somebody who uses the library, and a friend who does not."""

    server: Server
    client: Client
    cable: Cable
    person: Person
    friend: Person
    guild_id: str
    channel_id: str
    private_id: str

    async def do(self, verb: str, /, **what: Any) -> Any:
        return await self.client.do(verb, **what)


async def _befriend(one: Person, other: Person) -> None:
    await one.api.put(f"/users/@me/relationships/{other.id}", {})
    await other.api.put(f"/users/@me/relationships/{one.id}", {})


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def set_stage(server: Server) -> AsyncIterator[Stage]:
    person, friend = await server.person(), await server.person()
    guild = await person.guild("Home of a person")
    channel = await person.channel(guild["id"])
    await person.bring(friend, channel["id"])
    await _befriend(person, friend)
    private = await person.api.post("/users/@me/channels", {"recipient_id": friend.id})
    async with cable_to(urlsplit(server.url).port or 0) as cable:
        token = person.api.bare_token
        async with Client.running(PERSONAL, cable.url, token) as client:
            places = (guild["id"], channel["id"], private["id"])
            yield Stage(server, client, cable, person, friend, *places)


@pytest_asyncio.fixture(loop_scope="session")
async def stage(set_stage: Stage) -> AsyncIterator[Stage]:
    """The library logged in; at the end it may not have complained about anything."""
    set_stage.client.heard.clear()
    yield set_stage
    complaints = list(set_stage.client.complaints)
    set_stage.client.complaints.clear()
    assert complaints == []


async def test_ready_shows_everything(stage: Stage) -> None:
    world = await stage.do("world")
    guild = world["guilds"][stage.guild_id]
    assert guild["name"] == "Home of a person"
    assert guild["member_count"] == 2
    assert stage.channel_id in guild["channels"]
    assert world["relationships"] == [{"user_id": stage.friend.id, "type": "friend"}]
    assert world["private_channels"] == [{"id": stage.private_id, "with": [stage.friend.id]}]
    assert world["status"] == "online"
    assert len(set(world["sessions"]) - {"all"}) == 1


async def test_messages_go_and_come_in_guilds_and_in_private(stage: Stage) -> None:
    for channel_id in (stage.channel_id, stage.private_id):
        sent = await stage.do("send", channel_id=channel_id, content="from the library")
        assert sent["author_id"] == stage.person.id
        said = await stage.friend.say(channel_id, "to the library")
        await stage.client.expect("message", id=said["id"], content="to the library")
    written = await stage.do("write_to", user_id=stage.friend.id, content="by name")
    assert written["channel_id"] == stage.private_id


async def test_a_request_is_accepted_and_the_friend_is_seen_online(stage: Stage) -> None:
    stranger = await stage.server.person()
    await stranger.api.put(f"/users/@me/relationships/{stage.person.id}", {})
    await stage.client.expect("relationship_add", user_id=stranger.id, type=_INCOMING)
    await stage.do("accept", user_id=stranger.id)
    await stage.client.expect("relationship_update", user_id=stranger.id, type="friend")
    listed = await stranger.api.get("/users/@me/relationships")
    assert [(it["id"], it["type"]) for it in listed] == [(stage.person.id, 1)]
    async with stage.server.gateway(stranger):
        await stage.client.expect("presence", user_id=stranger.id, status="online")


async def test_what_is_read_is_acknowledged(stage: Stage) -> None:
    said = await stage.friend.say(stage.channel_id, "read me")
    await stage.client.expect("message", id=said["id"])
    async with stage.server.gateway(stage.person) as other:
        await stage.do("ack", channel_id=stage.channel_id, message_id=said["id"])
        heard = (await other.expect("MESSAGE_ACK")).data
        assert heard["message_id"] == said["id"]


async def test_what_was_said_is_found(stage: Stage) -> None:
    wanted = await stage.friend.say(stage.channel_id, "the kingfisher came back")
    await stage.friend.say(stage.private_id, "no kingfisher here")

    async def found() -> bool:
        results = await stage.do("search", guild_id=stage.guild_id, content="kingfishers")
        return [it["id"] for it in results] == [wanted["id"]]

    await until(found)


async def test_settings_are_changed_and_heard_of(stage: Stage) -> None:
    await stage.do("theme", theme="light")
    await stage.client.expect("settings", theme="light")


async def test_notes_are_written_and_heard_of(stage: Stage) -> None:
    await stage.do("note", user_id=stage.friend.id, text="met on a hill")
    await stage.client.expect("note", user_id=stage.friend.id, note="met on a hill")
    written = await stage.person.api.get(f"/users/@me/notes/{stage.friend.id}")
    assert written["note"] == "met on a hill"


async def test_a_presence_reaches_the_friend(stage: Stage) -> None:
    async with stage.server.gateway(stage.friend) as theirs:
        await stage.client.expect("presence", user_id=stage.friend.id, status="online")
        await stage.do("presence", status="idle", custom="on a hill")
        idle = await theirs.expect(
            "PRESENCE_UPDATE",
            lambda it: it["user"]["id"] == stage.person.id and it["status"] == "idle",
        )
        assert [it["state"] for it in idle.data["activities"]] == ["on a hill"]


async def test_the_member_list_is_shown(stage: Stage) -> None:
    members = await stage.do("members", guild_id=stage.guild_id)
    assert members == sorted([stage.person.id, stage.friend.id])
    assert stage.client.all("member_list")
    newcomer = await stage.server.person()
    await stage.person.bring(newcomer, stage.channel_id)
    found = await stage.do("query", guild_id=stage.guild_id, query=newcomer.user["username"])
    assert found == [newcomer.id]


async def test_a_session_is_resumed_after_a_cut(stage: Stage) -> None:
    await stage.cable.cut()
    said = await stage.friend.say(stage.channel_id, "while you were away")
    stage.cable.repair()
    await stage.client.expect("message", id=said["id"])
    await stage.client.expect("resumed")
    stage.client.forgive_broken_connections()
