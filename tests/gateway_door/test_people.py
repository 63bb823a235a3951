"""What people's clients are greeted with, by the capabilities they name."""

from typing import Any

import pytest

from tests.api import Person
from tests.gateway import Gateway
from tests.server import Server

OFFICIAL = 22525
"""What the official client and those like it send."""
_DEDUPE = 1 << 4
_PRIORITIZED = 1 << 5
_STATE_V2 = 1 << 10

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def _greeted(server: Server, person: Person, capabilities: int, **more: Any) -> Any:
    async with Gateway.connected(server.url) as gateway:
        token = person.api.bare_token
        await gateway.identify(token, guilds=False, capabilities=capabilities, **more)
        supplement = None
        if capabilities & _PRIORITIZED:
            supplement = (await gateway.expect("READY_SUPPLEMENTAL")).data
        await gateway.quiet("GUILD_CREATE")
        return gateway.ready, supplement


async def _befriend(one: Person, other: Person) -> None:
    await one.api.put(f"/users/@me/relationships/{other.id}", {})
    await other.api.put(f"/users/@me/relationships/{one.id}", {})


async def test_ready_holds_the_guilds_whole_and_every_user_once(server: Server) -> None:
    person, friend = await server.person(), await server.person()
    guild = await person.guild("All at once")
    channel = await person.channel(guild["id"])
    await person.bring(friend, channel["id"])
    await _befriend(person, friend)
    private = await person.api.post("/users/@me/channels", {"recipient_id": friend.id})
    said = await friend.say(channel["id"], "hello")
    ready, supplement = await _greeted(server, person, OFFICIAL)
    (shown,) = ready["guilds"]
    assert shown["properties"]["name"] == "All at once"
    assert "name" not in shown
    assert "roles" not in shown["properties"]
    assert [role["id"] for role in shown["roles"]] == [guild["id"]]
    assert {it["id"]: it["last_message_id"] for it in shown["channels"] if it["type"] == 0}[
        channel["id"]
    ] == said["id"]
    assert shown["member_count"] == 2
    assert [user["id"] for user in ready["users"]] == [friend.id]
    assert ready["relationships"][0]["user_id"] == friend.id
    assert "user" not in ready["relationships"][0]
    assert [it["id"] for it in ready["private_channels"]] == [private["id"]]
    assert ready["private_channels"][0]["recipient_ids"] == [friend.id]
    assert "recipients" not in ready["private_channels"][0]
    assert [[it["user_id"] for it in some] for some in ready["merged_members"]] == [[person.id]]
    assert "user_settings" not in ready
    assert "notes" not in ready
    assert {"entries", "version", "partial"} <= ready["read_state"].keys()
    assert [it["session_id"] for it in ready["sessions"]] == [ready["session_id"]]
    assert [it["id"] for it in supplement["guilds"]] == [guild["id"]]
    assert len(supplement["merged_presences"]["guilds"]) == 1


async def test_each_capability_changes_what_it_stands_for(server: Server) -> None:
    person, friend = await server.person(), await server.person()
    await person.guild("Plain")
    await _befriend(person, friend)
    await person.api.put(f"/users/@me/notes/{friend.id}", {"note": "met on a hill"})
    plain, _ = await _greeted(server, person, 0)
    assert plain["guilds"][0]["name"] == "Plain"
    assert "properties" not in plain["guilds"][0]
    assert [it["user"]["id"] for it in plain["guilds"][0]["members"]] == [person.id]
    assert plain["relationships"][0]["user"]["id"] == friend.id
    assert "users" not in plain
    assert "merged_members" not in plain
    assert isinstance(plain["read_state"], list)
    assert isinstance(plain["user_guild_settings"], list)
    assert plain["user_settings"]["theme"] == "dark"
    assert plain["notes"] == {friend.id: "met on a hill"}
    at_once, _ = await _greeted(server, person, _DEDUPE | _STATE_V2)
    assert at_once["guilds"][0]["properties"]["name"] == "Plain"
    assert at_once["merged_presences"] == {"friends": [], "guilds": [[]]}


async def test_ready_shows_only_channels_one_may_see(server: Server) -> None:
    owner, member = await server.person(), await server.person()
    guild = await owner.guild("With a cellar")
    open_one = await owner.channel(guild["id"])
    hidden = {"id": guild["id"], "type": 0, "deny": str(1 << 10)}
    cellar = await owner.channel(guild["id"], "cellar", permission_overwrites=[hidden])
    await owner.bring(member, open_one["id"])
    theirs, _ = await _greeted(server, member, OFFICIAL)
    own, _ = await _greeted(server, owner, OFFICIAL)
    shown = [{it["id"] for it in ready["guilds"][0]["channels"]} for ready in (theirs, own)]
    assert cellar["id"] not in shown[0]
    assert cellar["id"] in shown[1]
    assert open_one["id"] in shown[0] & shown[1]


async def test_events_follow_ready_without_a_gap(server: Server) -> None:
    person = await server.person()
    guild = await person.guild("Live")
    channel = await person.channel(guild["id"])
    async with Gateway.connected(server.url) as gateway:
        await gateway.identify(person.api.bare_token, guilds=False, capabilities=OFFICIAL)
        said = await person.say(channel["id"], "after")
        heard = await gateway.expect("MESSAGE_CREATE")
        assert heard.data["id"] == said["id"]
        another = await person.guild("Founded meanwhile")
        created = await gateway.expect("GUILD_CREATE")
        assert created.data["id"] == another["id"]


async def test_a_change_after_the_first_ready_is_in_the_second(server: Server) -> None:
    person = await server.person()
    guild = await person.guild("Changing")
    channel = await person.channel(guild["id"])
    await _greeted(server, person, OFFICIAL)
    said = await person.say(channel["id"], "one")
    await person.api.put(f"/channels/{channel['id']}/messages/pins/{said['id']}")
    await person.api.patch(f"/channels/{channel['id']}", {"topic": "hills"})
    ready, _ = await _greeted(server, person, OFFICIAL)
    shown = next(it for it in ready["guilds"][0]["channels"] if it["id"] == channel["id"])
    assert shown["topic"] == "hills"
    assert int(shown["last_message_id"]) >= int(said["id"])
    assert shown["last_pin_timestamp"] is not None
