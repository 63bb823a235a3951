"""The simple WebSocket: who hears what, what can be said, and how it ends."""

import asyncio
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
import websockets

from rift.doors.simple import ids
from tests.server import LIFTED, Server, running_server
from tests.simple_door.caller import Caller
from tests.simple_door.test_channels import room
from tests.simple_door.wire import Wire


async def test_who_subscribes_hears_what_is_written_changed_and_deleted(server: Server) -> None:
    owner, member, made, channel = await room(server)
    async with Wire.of(member, made) as wire:
        said = await owner.say(channel["id"], "hello")
        assert await wire.expect("MessageCreate") == said
        changed = await owner.patch(f"/messages/{said['id']}", {"content": "hello again"})
        del changed["reactions"]  # they stay, and whose they are differs for each
        assert await wire.expect("MessageUpdate") == changed
        await owner.delete(f"/messages/{said['id']}")
        gone = await wire.expect("MessageDelete")
        assert gone == {"id": said["id"], "channel_id": channel["id"]}
        await owner.post(f"/channels/{channel['id']}/typing")
        typing = await wire.expect("TypingStart")
        assert typing == {"channel_id": channel["id"], "user_id": owner.id}


async def test_a_channel_is_subscribed_to_alone(server: Server) -> None:
    owner, member, made, channel = await room(server)
    other = await owner.channel(made["id"], "other")
    async with Wire.of(member) as wire:
        await wire.say("SubscribeChannel", channel_id=channel["id"])
        await wire.say("SubscribeChannel", channel_id=str(uuid4()))
        assert (await wire.expect("Error"))["error"]
        await owner.say(other["id"], "elsewhere")
        said = await owner.say(channel["id"], "here")
        assert await wire.expect("MessageCreate") == said
        await wire.quiet("MessageCreate")


async def test_messages_and_typing_are_sent_from_here(server: Server) -> None:
    owner, member, made, channel = await room(server)
    async with Wire.of(owner, made) as listening, Wire.of(member) as wire:
        await wire.say("StartTyping", channel_id=channel["id"])
        assert (await listening.expect("TypingStart"))["user_id"] == member.id
        await wire.say("SendMessage", channel_id=channel["id"], content="from the socket")
        heard = await listening.expect("MessageCreate")
        assert (heard["content"], heard["author_id"]) == ("from the socket", member.id)
    [newest] = await owner.get(f"/channels/{channel['id']}/messages")
    assert newest == heard


async def test_both_doors_hear_each_other(server: Server) -> None:
    owner, member, made, channel = await room(server)
    person = await server.person()
    invite = await owner.post(f"/servers/{made['id']}/invites", {})
    await person.post(f"/invites/{invite['code']}", {})
    async with server.gateway(person) as gateway, Wire.of(member, made) as wire:
        online = await gateway.expect(
            "PRESENCE_UPDATE", lambda it: it["user"]["id"] == member.snowflake
        )
        assert online.data["status"] == "online"
        await wire.say("SendMessage", channel_id=channel["id"], content="to the other door")
        heard = await gateway.expect("MESSAGE_CREATE")
        assert heard.data["content"] == "to the other door"
        await wire.expect("MessageCreate", content="to the other door")
        await person.say(str(ids.read(channel["id"])), "and back")
        assert (await wire.expect("MessageCreate"))["content"] == "and back"
        await wire.say("UpdatePresence", status="idle")
        idle = await gateway.expect("PRESENCE_UPDATE", lambda it: it["status"] == "idle")
        assert idle.data["user"]["id"] == member.snowflake
        await gateway.send(3, {"status": "dnd", "since": None, "activities": [], "afk": False})
        told = await wire.expect("PresenceUpdate", status="dnd")
        assert told["user_id"] == ids.shown(person.id)
    async with server.gateway(person) as gateway:
        await gateway.quiet("MESSAGE_CREATE")


async def test_members_ask_who_is_online(server: Server) -> None:
    owner, member, made, _ = await room(server)
    path = f"/servers/{made['id']}/presences"
    assert await owner.get(path) == []
    async with Wire.of(owner, made) as listening, Wire.of(member) as wire:
        await wire.say("UpdatePresence", status="idle")
        await listening.expect("PresenceUpdate", status="idle")
        ordered = [
            {"user_id": owner.id, "status": "online"},
            {"user_id": member.id, "status": "idle"},
        ]
        assert await owner.get(path) == ordered
        assert await owner.get(f"{path}?limit=1") == ordered[:1]
        assert await owner.get(f"{path}?after={owner.id}") == ordered[1:]
        await wire.say("UpdatePresence", status="invisible")
        await listening.expect("PresenceUpdate", status="offline")
        assert await owner.get(path) == ordered[:1]


async def test_private_messages_come_without_asking_and_to_nobody_else(server: Server) -> None:
    owner, member, _, _ = await room(server)
    stranger = await Caller.new(server)
    opened = await owner.post("/dm/channels", {"participant_ids": [member.id]})
    async with Wire.of(member) as wire, Wire.of(stranger) as eavesdropping:
        await eavesdropping.say("SubscribeChannel", channel_id=opened["id"])
        assert await eavesdropping.expect("Error")
        said = await owner.post(f"/dm/channels/{opened['id']}/messages", {"content": "psst"})
        assert await wire.expect("MessageCreate") == said
        await eavesdropping.quiet("MessageCreate")
        assert said["id"] not in "".join(eavesdropping.raw)


async def test_who_may_not_see_a_channel_hears_nothing_of_it(server: Server) -> None:
    """Also not who might until a moment ago, nor a stranger who names the server."""
    owner, member, made, channel = await room(server)
    stranger = await Caller.new(server)
    open_to_all = await owner.channel(made["id"], "open")
    async with Wire.of(member, made) as wire, Wire.of(stranger) as outside:
        for field, id_ in (("server_id", made["id"]), ("channel_id", channel["id"])):
            kind = "SubscribeServer" if field == "server_id" else "SubscribeChannel"
            await outside.say(kind, **{field: id_})
            assert await outside.expect("Error")
        await wire.say("SubscribeChannel", channel_id=channel["id"])
        await owner.say(channel["id"], "still seen")
        await wire.expect("MessageCreate", content="still seen")
        path = f"/channels/{channel['id']}/overrides/{made['id']}"
        await owner.put(path, {"kind": "role", "deny": 1})
        hidden = await owner.say(channel["id"], "hidden-from-them")
        await owner.patch(f"/messages/{hidden['id']}", {"content": "hidden-from-them too"})
        await owner.post(f"/channels/{channel['id']}/typing")
        await owner.delete(f"/messages/{hidden['id']}")
        await owner.say(open_to_all["id"], "the end")
        await wire.expect("MessageCreate", content="the end")
        await owner.delete(f"/servers/{made['id']}/members/{member.id}")
        await owner.say(open_to_all["id"], "after-they-left")
        await wire.quiet("MessageCreate")
        heard = "".join(wire.raw + outside.raw)
        for secret in ("hidden-from-them", "after-they-left", hidden["id"]):
            assert secret not in heard
        assert outside.raw == [raw for raw in outside.raw if "Error" in raw or "Ready" in raw]


async def test_who_joins_later_hears_from_then_on(server: Server) -> None:
    owner, newcomer = await Caller.new(server), await Caller.new(server)
    made = await owner.server_of_own()
    channel = await owner.channel(made["id"])
    async with Wire.of(newcomer) as wire:
        await owner.bring(newcomer, made["id"])
        await wire.say("SubscribeServer", server_id=made["id"])
        await wire.say("SendMessage", channel_id=channel["id"], content="I am here")
        assert (await wire.expect("MessageCreate", content="I am here"))["author_id"] == newcomer.id


async def test_the_first_message_is_the_token(server: Server) -> None:
    async with Wire.connected(server.url) as wire:
        await wire.say("SendMessage", channel_id=str(uuid4()), content="x")
        assert await wire.closing() == 4003
    for token in ("", "a.b.c", "x" * 1000):
        async with Wire.connected(server.url) as wire:
            await wire.say("Identify", token=token)
            assert await wire.closing() == 4004
    person = await server.person()
    async with Wire.connected(server.url) as wire:
        await wire.say("Identify", token=person.api.token)
        assert await wire.closing() == 4004


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"type":"Nothing"}', '"x"', "[" * 5000])
async def test_nonsense_closes_who_has_not_identified(server: Server, text: str) -> None:
    async with Wire.connected(server.url) as wire:
        await wire.socket.send(text)
        assert await wire.closing() == 4002


async def test_nonsense_is_answered_with_an_error_afterwards(server: Server) -> None:
    owner, _, _, channel = await room(server)
    async with Wire.of(owner) as wire:
        for text in ("{", '{"type":"Nothing"}', '{"type":"SendMessage","channel_id":7}'):
            await wire.socket.send(text)
            assert (await wire.expect("Error"))["error"]
        for content in ("", "x" * 4500):
            await wire.say("SendMessage", channel_id=channel["id"], content=content)
            assert (await wire.expect("Error"))["error"]
        await wire.say("UpdatePresence", status="elsewhere")
        assert await wire.expect("Error")
        await wire.say("SendMessage", channel_id="nonsense", content="x")
        assert await wire.expect("Error")
        await wire.socket.send("x" * 60_000)
        assert await wire.closing() == 4002


async def test_the_longest_message_fits_into_a_command(server: Server) -> None:
    owner, _, made, channel = await room(server)
    async with Wire.of(owner, made) as wire:
        longest = "\U0001f4e2" * 2000
        await wire.say("SendMessage", channel_id=channel["id"], content=longest)
        assert (await wire.expect("MessageCreate"))["content"] == longest


async def test_a_session_that_ends_takes_its_sockets_along(server: Server) -> None:
    caller = await Caller.new(server)
    async with Wire.of(caller) as wire:
        await caller.post("/auth/logout")
        assert await wire.closing() == 4004


async def test_a_newer_token_of_the_same_session_goes_on(server: Server) -> None:
    caller = await Caller.new(server)
    async with Wire.of(caller) as wire:
        spent = {"refresh_token": caller.tokens["refresh_token"]}
        fresh = Caller(server, await caller.post("/auth/refresh", spent), caller.name)
        await wire.identify(fresh)
        other = await Caller.new(server)
        await wire.say("Identify", token=other.token)
        assert await wire.closing() == 4004


async def test_pages_of_other_origins_may_not_connect(server: Server) -> None:
    with pytest.raises(websockets.InvalidStatus) as refused:
        async with Wire.connected(server.url, origin="https://elsewhere.example"):
            pass
    assert refused.value.response.status_code == 403
    async with Wire.connected(server.url, origin=server.url) as wire:
        await wire.identify(await Caller.new(server))


async def test_too_many_messages_close_the_socket(strict_server: Server) -> None:
    caller = await Caller.new(strict_server)
    async with Wire.of(caller) as wire:
        for _ in range(130):
            await wire.say("UpdatePresence", status="online")
        assert await wire.closing() == 4008


async def test_a_bucket_is_one_for_both_ways_of_sending(strict_server: Server) -> None:
    owner = await Caller.new(strict_server)
    made = await owner.server_of_own()
    channel = await owner.channel(made["id"])
    for number in range(5):
        await owner.say(channel["id"], f"number {number}")
    async with Wire.of(owner, made) as wire:
        await wire.say("SendMessage", channel_id=channel["id"], content="one too many")
        assert (await wire.expect("Error"))["retry_after"] > 0
        await wire.quiet("MessageCreate")


async def test_who_does_not_read_is_closed_and_costs_no_more(database: str, tmp_path: Path) -> None:
    environment = {**LIFTED, "DATABASE_URL": database, "RIFT_GATEWAY_SESSION_BYTES": "65536"}
    async with running_server(tmp_path, environment) as server:
        owner, member, made, channel = await room(server)
        async with Wire.of(member, made) as wire:
            await owner.say(channel["id"], "read this")
            await wire.expect("MessageCreate")
            wire.socket.transport.pause_reading()
            loud = "\U0001f4e2" * 2000
            for _ in range(80):
                await asyncio.gather(*(owner.say(channel["id"], loud) for _ in range(20)))
            wire.socket.transport.resume_reading()
            assert await wire.closing() in (1006, 1013)
        assert (await owner.get("/users/me"))["id"] == owner.id


async def test_an_account_of_the_other_door_listens_here(server: Server) -> None:
    person = await server.person()
    caller = await Caller.behind(server, person)
    guild = await person.guild()
    async with Wire.of(caller, {"id": ids.shown(guild["id"])}) as wire:
        await person.say(guild["system_channel_id"], "hello")
        heard = await wire.expect("MessageCreate", content="hello")
        assert msgspec.json.encode(heard)
