"""Channels, overrides, messages and reactions over the simple door."""

from typing import Any
from uuid import uuid4

import pytest

from rift.doors.simple import ids
from rift.doors.simple.bits import SimplePermission
from rift.permissions import Permission
from tests.nouns.artwork import emoji
from tests.nouns.circles import befriend
from tests.server import Server
from tests.simple_door.caller import PASSWORD, Caller

_THUMB = "%F0%9F%91%8D"
_SEND = int(SimplePermission.SEND_MESSAGES)
_VIEW = int(SimplePermission.VIEW_CHANNELS)

Json = dict[str, Any]


async def room(server: Server) -> tuple[Caller, Caller, Json, Json]:
    """An owner, a member, their server and a channel in it."""
    owner, member = await Caller.new(server), await Caller.new(server)
    made = await owner.server_of_own()
    await owner.bring(member, made["id"])
    return owner, member, made, await owner.channel(made["id"])


async def test_channels_are_made_changed_listed_and_deleted(server: Server) -> None:
    owner, member, made, channel = await room(server)
    category = await owner.channel(made["id"], "Things", kind="category")
    path = f"/channels/{channel['id']}"
    form = {"name": "renamed", "topic": "words", "category_id": category["id"]}
    changed = await owner.patch(path, form)
    assert (changed["name"], changed["topic"]) == ("renamed", "words")
    assert changed["category_id"] == category["id"]
    assert await member.get(path) == changed
    listed = {one["id"]: one for one in await member.get(f"/servers/{made['id']}/channels")}
    assert listed[channel["id"]] == changed
    assert listed[category["id"]]["kind"] == "category"
    await member.refused(403, "PATCH", path, {"name": "mine"})
    await member.refused(403, "DELETE", path)
    await member.refused(403, "POST", f"/servers/{made['id']}/channels", {"name": "mine"})
    await owner.delete(path)
    await owner.refused(404, "GET", path)


async def test_messages_are_sent_read_changed_and_deleted(server: Server) -> None:
    owner, member, _, channel = await room(server)
    said = await owner.say(channel["id"], "hello")
    assert (said["content"], said["author_id"]) == ("hello", owner.id)
    assert said["edited_at"] is None
    path = f"/messages/{said['id']}"
    assert await member.get(path) == said
    await member.refused(403, "PATCH", path, {"content": "not mine"})
    await member.refused(403, "DELETE", path)
    changed = await owner.patch(path, {"content": "hello again"})
    assert changed["content"] == "hello again"
    assert changed["edited_at"] is not None
    form = {"content": "yes", "reply_to": said["id"]}
    reply = await member.post(f"/channels/{channel['id']}/messages", form)
    assert reply["reply_to"] == said["id"]
    await owner.delete(path)
    await owner.refused(404, "GET", path)
    await owner.delete(f"/messages/{reply['id']}")


async def test_messages_are_paged_both_ways(server: Server) -> None:
    owner, member, _, channel = await room(server)
    said = [await owner.say(channel["id"], f"number {number}") for number in range(5)]
    path = f"/channels/{channel['id']}/messages"
    newest_first = said[::-1]
    assert await member.get(path) == newest_first
    assert await member.get(f"{path}?limit=2&before={said[3]['id']}") == newest_first[2:4]
    assert await member.get(f"{path}?limit=2&after={said[1]['id']}") == newest_first[1:3]
    await member.refused(400, "GET", f"{path}?limit=101")
    await member.refused(400, "GET", f"{path}?before=nonsense")


@pytest.mark.parametrize("content", ["", "x" * 100_000, None, 7])
async def test_what_is_no_message_is_refused(server: Server, content: Any) -> None:
    owner, _, _, channel = await room(server)
    path = f"/channels/{channel['id']}/messages"
    assert (await owner.call("POST", path, {"content": content})).status == 400


async def test_a_message_one_may_not_see_is_no_message(server: Server) -> None:
    owner, member, made, channel = await room(server)
    stranger = await Caller.new(server)
    override = {"kind": "role", "deny": _VIEW}
    await owner.put(f"/channels/{channel['id']}/overrides/{made['id']}", override)
    said = await owner.say(channel["id"], "hidden")
    there_is_none = await member.refused(404, "GET", f"/messages/{uuid4()}")
    for caller in (member, stranger):
        for method, body in (("GET", None), ("PATCH", {"content": "x"}), ("DELETE", None)):
            reply = await caller.refused(404, method, f"/messages/{said['id']}", body)
            assert reply.body == there_is_none.body
        await caller.refused(404, "PUT", f"/messages/{said['id']}/reactions/{_THUMB}")
        await caller.refused(403, "GET", f"/channels/{channel['id']}/messages")


async def test_reactions_come_and_go(server: Server) -> None:
    owner, member, _, channel = await room(server)
    said = await owner.say(channel["id"], "react to this")
    path = f"/messages/{said['id']}/reactions"
    await member.put(f"{path}/{_THUMB}")
    assert await member.get(path) == [{"emoji": "👍", "count": 1, "me": True}]
    assert await owner.get(path) == [{"emoji": "👍", "count": 1, "me": False}]
    assert [user["id"] for user in await owner.get(f"{path}/{_THUMB}")] == [member.id]
    await member.delete(f"{path}/{_THUMB}")
    assert await owner.get(path) == []
    await member.refused(400, "PUT", f"{path}/nonsense")


async def test_reactions_take_the_emojis_of_a_server(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    channel = await ann.channel(guild["id"])
    said = await ann.say(channel["id"], "react to this")
    wave = f"wave:{(await emoji(ann, guild))['id']}"
    form = {"username": ann.user["username"], "password": PASSWORD}
    caller = Caller(server, await Caller(server).post("/auth/login", form))
    path = f"/messages/{ids.shown(said['id'])}/reactions"
    await caller.put(f"{path}/{wave}")
    assert await caller.get(path) == [{"emoji": wave, "count": 1, "me": True}]
    assert [user["id"] for user in await caller.get(f"{path}/{wave}")] == [ids.shown(ann.id)]
    await caller.delete(f"{path}/{wave}")
    assert await caller.get(path) == []


async def test_overrides_are_set_shown_and_lifted(server: Server) -> None:
    owner, member, made, channel = await room(server)
    path = f"/channels/{channel['id']}/overrides"
    everyone = f"{path}/{made['id']}"
    put = await owner.put(everyone, {"kind": "role", "deny": _SEND})
    assert put == {"target_id": made["id"], "kind": "role", "allow": 0, "deny": _SEND}
    assert await member.get(path) == [put]
    assert await member.get(everyone) == put
    await member.refused(403, "POST", f"/channels/{channel['id']}/messages", {"content": "x"})
    await owner.put(f"{path}/{member.id}", {"kind": "user", "allow": _SEND})
    await member.say(channel["id"], "now I may")
    await member.refused(403, "PUT", everyone, {"kind": "role"})
    await member.refused(403, "DELETE", everyone)
    await owner.delete(everyone)
    await owner.refused(404, "GET", everyone)
    await owner.refused(404, "DELETE", everyone)


async def test_an_override_keeps_what_this_door_has_no_name_for(server: Server) -> None:
    person = await server.person()
    owner = await Caller.behind(server, person)
    guild = await person.guild()
    channel = await person.channel(guild["id"])
    path = f"/channels/{channel['id']}/permissions/{guild['id']}"
    kept = str(int(Permission.ADD_REACTIONS))
    await person.put(path, {"type": 0, "deny": kept})
    simple = f"/channels/{ids.shown(channel['id'])}/overrides/{ids.shown(guild['id'])}"
    await owner.put(simple, {"kind": "role", "deny": _SEND})
    [overwrite] = (await person.get(f"/channels/{channel['id']}"))["permission_overwrites"]
    assert int(overwrite["deny"]) == Permission.ADD_REACTIONS | Permission.SEND_MESSAGES


async def test_people_write_to_each_other_in_private(server: Server) -> None:
    owner, member, _, channel = await room(server)
    stranger = await Caller.new(server)
    opened = await owner.post("/dm/channels", {"participant_ids": [member.id]})
    assert opened["kind"] == "direct"
    assert [one["id"] for one in opened["participants"]] == [member.id]
    path = f"/dm/channels/{opened['id']}/messages"
    said = await owner.post(path, {"content": "psst"})
    assert await member.get(path) == [said]
    assert [one["id"] for one in await member.get("/dm/channels")] == [opened["id"]]
    await stranger.refused(404, "GET", path)
    await stranger.refused(404, "POST", path, {"content": "me too"})
    await stranger.refused(404, "GET", f"/messages/{said['id']}")
    assert await stranger.get("/dm/channels") == []
    await owner.refused(404, "GET", f"/dm/channels/{channel['id']}/messages")
    await owner.refused(404, "POST", f"/dm/channels/{channel['id']}/messages", {"content": "x"})


async def test_friends_make_a_group(server: Server) -> None:
    people = [await server.person() for _ in range(3)]
    await befriend(people[0], *people[1:])
    caller = await Caller.behind(server, people[0])
    named = [ids.shown(one.id) for one in people[1:]]
    group = await caller.post("/dm/channels", {"participant_ids": named})
    assert (group["kind"], group["owner_id"]) == ("group", caller.id)
    assert {one["id"] for one in group["participants"]} == set(named)


async def test_what_is_said_at_one_door_is_read_at_the_other(server: Server) -> None:
    owner, _, made, channel = await room(server)
    person = await server.person()
    invite = await owner.post(f"/servers/{made['id']}/invites", {})
    await person.post(f"/invites/{invite['code']}", {})
    channel_id = ids.read(channel["id"])
    async with server.gateway(person) as gateway:
        said = await owner.say(channel["id"], "from the simple door")
        heard = await gateway.expect("MESSAGE_CREATE")
        assert heard.data["content"] == "from the simple door"
        assert ids.shown(heard.data["id"]) == said["id"]
    answer = await person.say(str(channel_id), "from the other one")
    [newest, *_] = await owner.get(f"/channels/{channel['id']}/messages")
    assert newest["id"] == ids.shown(answer["id"])
    assert newest["content"] == "from the other one"
    assert newest["author"]["username"] == person.user["username"]


async def test_typing_is_told(server: Server) -> None:
    owner, member, _, channel = await room(server)
    stranger = await Caller.new(server)
    await member.post(f"/channels/{channel['id']}/typing")
    await stranger.refused(403, "POST", f"/channels/{channel['id']}/typing")
    assert owner


async def test_a_forward_is_no_reply(server: Server) -> None:
    person = await server.person()
    guild = await person.guild()
    there, here = [await person.channel(guild["id"], name) for name in ("there", "here")]
    said = await person.say(there["id"], "carried away")
    reference = {"type": 1, "channel_id": there["id"], "message_id": said["id"]}
    body = {"message_reference": reference}
    forward = await person.post(f"/channels/{here['id']}/messages", body)
    caller = await Caller.behind(server, person)
    assert (await caller.get(f"/messages/{ids.shown(forward['id'])}"))["reply_to"] is None
