"""Direct messages: opened, closed, written in, and nobody else's affair."""

from typing import Any

import pytest

from tests.gateway import Gateway
from tests.nouns.circles import (
    at_once,
    befriend,
    block,
    direct,
    friends,
    group,
    mates,
    names,
    open_channels,
)
from tests.server import Server

THUMB = "%F0%9F%91%8D"


async def test_a_direct_message_is_opened_for_oneself_alone(server: Server) -> None:
    ann, bob = await friends(server, 2)
    channel = await direct(ann, bob)
    assert channel["type"] == 1
    assert names(channel) == {bob.id}
    assert set(await open_channels(ann)) == {channel["id"]}
    assert await open_channels(bob) == {}
    assert await ann.get(f"/channels/{channel['id']}") == channel


async def test_the_other_one_sees_it_with_the_first_message(server: Server) -> None:
    ann, bob = await friends(server, 2)
    channel = await direct(ann, bob)
    async with server.gateway(bob) as listener:
        said = await ann.say(channel["id"], "hello")
        created = (await listener.expect("CHANNEL_CREATE")).data
        heard = (await listener.expect("MESSAGE_CREATE")).data
    assert created["id"] == channel["id"]
    assert names(created) == {ann.id}
    assert created["is_message_request"] is False
    assert heard["id"] == said["id"]
    assert heard["channel_type"] == 1
    assert "guild_id" not in heard
    assert "member" not in heard
    assert "guild_id" not in said
    assert (await open_channels(bob))[channel["id"]]["last_message_id"] == said["id"]


async def test_two_people_have_one_channel_however_they_open_it(server: Server) -> None:
    ann, bob = await friends(server, 2)
    made = await at_once(
        *(direct(ann, bob) for _ in range(10)), *(direct(bob, ann) for _ in "x" * 10)
    )
    assert len({channel["id"] for channel in made}) == 1
    again = await ann.post("/users/@me/channels", {"recipients": [bob.id]})
    assert again["id"] == made[0]["id"]
    assert (await ann.get(f"/users/@me/dms/{bob.id}"))["id"] == made[0]["id"]


async def test_what_was_never_opened_is_not_found(server: Server) -> None:
    ann, bob = await friends(server, 2)
    assert (await ann.refused("GET", f"/users/@me/dms/{bob.id}")).code == 10003


async def test_nobody_writes_to_themselves_or_to_nobody(server: Server) -> None:
    ann = await server.person()
    for recipient in (ann.id, "1"):
        reply = await ann.refused("POST", "/users/@me/channels", {"recipient_id": recipient})
        assert reply.code == 50033
    assert (await ann.refused("POST", "/users/@me/channels", {})).code == 50035


async def test_a_closed_channel_opens_again_with_the_next_message(server: Server) -> None:
    ann, bob = await friends(server, 2)
    channel = await direct(ann, bob)
    await ann.say(channel["id"], "one")
    async with server.gateway(bob) as listener:
        assert (await bob.delete(f"/channels/{channel['id']}"))["id"] == channel["id"]
        assert (await listener.expect("CHANNEL_DELETE")).data["id"] == channel["id"]
        assert await open_channels(bob) == {}
        assert set(await open_channels(ann)) == {channel["id"]}
        await ann.say(channel["id"], "two")
        assert (await listener.expect("CHANNEL_CREATE")).data["id"] == channel["id"]
        assert (await listener.expect("MESSAGE_CREATE")).data["content"] == "two"
    history = await bob.get(f"/channels/{channel['id']}/messages")
    assert [message["content"] for message in history] == ["two", "one"]


async def test_who_closed_it_opens_it_by_writing(server: Server) -> None:
    ann, bob = await friends(server, 2)
    channel = await direct(ann, bob)
    await ann.delete(f"/channels/{channel['id']}")
    async with server.gateway(ann) as listener:
        await ann.say(channel["id"], "back again")
        assert (await listener.expect("CHANNEL_CREATE")).data["id"] == channel["id"]
    assert set(await open_channels(ann)) == {channel["id"]}


async def test_every_message_verb_works_in_private(server: Server) -> None:
    ann, bob = await friends(server, 2)
    channel = await direct(ann, bob)
    path = f"/channels/{channel['id']}/messages"
    async with server.gateway(bob) as listener:
        said = await ann.say(channel["id"], "first", nonce="a", enforce_nonce=True)
        again = await ann.say(channel["id"], "first", nonce="a", enforce_nonce=True)
        assert again["id"] == said["id"]
        answer = {"message_reference": {"message_id": said["id"]}}
        reply = await bob.say(channel["id"], f"an answer to <@{ann.id}>", **answer)
        assert reply["referenced_message"]["id"] == said["id"]
        assert [user["id"] for user in reply["mentions"]] == [ann.id]
        await ann.patch(f"{path}/{said['id']}", {"content": "edited"})
        await ann.put(f"{path}/{reply['id']}/reactions/{THUMB}/@me")
        await ann.delete(f"{path}/{reply['id']}/reactions/{THUMB}/@me")
        await ann.put(f"{path}/pins/{reply['id']}")
        await ann.post(f"/channels/{channel['id']}/typing")
        await ann.delete(f"{path}/{said['id']}")
        for event in (
            "MESSAGE_UPDATE",
            "MESSAGE_REACTION_ADD",
            "MESSAGE_REACTION_REMOVE",
            "CHANNEL_PINS_UPDATE",
            "TYPING_START",
            "MESSAGE_DELETE",
        ):
            told = (await listener.expect(event)).data
            assert told["channel_id"] == channel["id"]
            assert "guild_id" not in told
            assert "member" not in told
    shown = await bob.get(path)
    assert [message["type"] for message in shown] == [6, 19]
    assert shown[1]["referenced_message"] is None
    pins = await bob.get(f"{path}/pins")
    assert [item["message"]["id"] for item in pins["items"]] == [reply["id"]]
    assert (await bob.get(f"/channels/{channel['id']}"))["last_pin_timestamp"]


async def test_nobody_moderates_a_private_channel(server: Server) -> None:
    ann, bob = await friends(server, 2)
    channel = await direct(ann, bob)
    path = f"/channels/{channel['id']}/messages"
    ids = [(await ann.say(channel["id"], word))["id"] for word in ("one", "two")]
    await ann.put(f"{path}/{ids[0]}/reactions/{THUMB}/@me")
    refused: list[tuple[str, str, Any]] = [
        ("DELETE", f"{path}/{ids[0]}", None),
        ("POST", f"{path}/bulk-delete", {"messages": ids}),
        ("DELETE", f"{path}/{ids[0]}/reactions", None),
        ("DELETE", f"{path}/{ids[0]}/reactions/{THUMB}/{ann.id}", None),
        ("POST", f"/channels/{channel['id']}/invites", {}),
        ("PUT", f"/channels/{channel['id']}/permissions/{ann.id}", {"type": 1}),
        ("PATCH", f"/channels/{channel['id']}", {"name": "ours"}),
    ]
    for method, where, body in refused:
        assert (await bob.refused(method, where, body)).code == 50003, (method, where)
    assert (await bob.refused("PATCH", f"{path}/{ids[0]}", {"content": "x"})).code == 50005


async def test_nobody_else_finds_a_private_channel(server: Server) -> None:
    ann, bob, eve = await mates(server, 3)
    await befriend(ann, bob, eve)
    for channel in (await direct(ann, bob), await group(ann, bob)):
        said = await ann.say(channel["id"], "between us")
        here, message = (
            f"/channels/{channel['id']}",
            f"/channels/{channel['id']}/messages/{said['id']}",
        )
        tried: list[tuple[str, str, Any]] = [
            ("GET", here, None),
            ("PATCH", here, {"name": "mine"}),
            ("DELETE", here, None),
            ("GET", f"{here}/messages", None),
            ("POST", f"{here}/messages", {"content": "me too"}),
            ("POST", f"{here}/messages/bulk-delete", {"messages": [said["id"], "2"]}),
            ("GET", message, None),
            ("PATCH", message, {"content": "x"}),
            ("DELETE", message, None),
            ("PUT", f"{message}/reactions/{THUMB}/@me", None),
            ("GET", f"{message}/reactions/{THUMB}", None),
            ("GET", f"{here}/messages/pins", None),
            ("PUT", f"{here}/messages/pins/{said['id']}", None),
            ("POST", f"{here}/typing", None),
            ("POST", f"{here}/invites", {}),
            ("PUT", f"{here}/recipients/{eve.id}", None),
            ("PUT", f"{here}/recipients/@me", {"consent_status": 2}),
            ("DELETE", f"{here}/recipients/@me", None),
            ("DELETE", f"{here}/recipients/{ann.id}", None),
        ]
        for method, path, body in tried:
            assert (await eve.refused(method, path, body)).code == 10003, (method, path)
    assert await open_channels(eve) == {}


async def test_nobody_else_hears_of_a_private_channel(server: Server) -> None:
    ann, bob, eve = await mates(server, 3)
    await befriend(ann, bob)
    async with server.gateway(eve) as spy:
        channel = await direct(ann, bob)
        said = await ann.say(channel["id"], f"about <@{eve.id}>")
        path = f"/channels/{channel['id']}/messages/{said['id']}"
        await bob.put(f"{path}/reactions/{THUMB}/@me")
        await bob.put(f"/channels/{channel['id']}/messages/pins/{said['id']}")
        await bob.post(f"/channels/{channel['id']}/typing")
        await ann.patch(path, {"content": "about nobody"})
        await ann.delete(path)
        await _has_heard_all(spy)
        assert not any(channel["id"].encode() in raw for raw in spy.raw)


async def _has_heard_all(spy: Gateway) -> None:
    await spy.send(1, None)
    await spy.heard(11)
    await spy.quiet("MESSAGE_CREATE")


async def test_ready_names_the_open_channels_and_bots_see_none(server: Server) -> None:
    ann, bob = await friends(server, 2)
    bot = await server.bot(ann, (await ann.guild())["id"])
    channel = await direct(ann, bob)
    await direct(bot, ann)
    async with server.gateway(ann) as listener, server.gateway(bot, intents=1 << 12) as machine:
        assert listener.ready["private_channels"] == [channel]
        assert machine.ready["private_channels"] == []
    assert await bot.get("/users/@me/channels") == []


async def test_a_bot_and_a_member_write_to_each_other(server: Server) -> None:
    ann = await server.person()
    bot = await server.bot(ann, (await ann.guild())["id"])
    channel = await direct(bot, ann)
    assert "is_message_request" not in channel
    async with server.gateway(ann) as listener, server.gateway(bot, intents=1 << 12) as machine:
        await bot.say(channel["id"], "beep")
        shown = (await listener.expect("CHANNEL_CREATE")).data
        assert shown["is_message_request"] is False
        await ann.say(channel["id"], "whatever you say")
        heard = (
            await machine.expect("MESSAGE_CREATE", lambda it: it["author"]["id"] == ann.id)
        ).data
        assert heard["content"] == "whatever you say"
        assert not [event for event in machine.history if event.name == "CHANNEL_CREATE"]


async def test_a_bot_hears_private_messages_by_their_own_intents(server: Server) -> None:
    ann = await server.person()
    bot = await server.bot(ann, (await ann.guild())["id"])
    channel = await direct(ann, bot)
    async with (
        server.gateway(bot, intents=1 << 12, guilds=False) as hearing,
        server.gateway(bot, intents=(1 << 9) | 1, guilds=False) as deaf,
        server.gateway(bot, intents=1 << 12, guilds=False, shard=[1, 2]) as second,
    ):
        await ann.say(channel["id"], "psst")
        assert (await hearing.expect("MESSAGE_CREATE")).data["content"] == "psst"
        await deaf.quiet("MESSAGE_CREATE")
        await second.quiet("MESSAGE_CREATE")


async def test_a_bot_does_not_write_to_bots_or_strangers(server: Server) -> None:
    ann, eve = await server.person(), await server.person()
    guild = await ann.guild()
    one, other = await server.bot(ann, guild["id"]), await server.bot(ann, guild["id"])
    reply = await one.refused("POST", "/users/@me/channels", {"recipient_id": other.id})
    assert reply.code == 50007
    channel = await direct(one, eve)
    assert (
        await one.refused("POST", f"/channels/{channel['id']}/messages", {"content": "x"})
    ).code == 50278
    reply = await one.refused("POST", "/users/@me/channels", {"recipients": [ann.id, eve.id]})
    assert reply.code == 20001


@pytest.mark.parametrize("blocker", [0, 1])
async def test_a_block_ends_the_conversation_for_both(server: Server, blocker: int) -> None:
    people = await friends(server, 2)
    ann, bob = people
    channel = await direct(ann, bob)
    said = await ann.say(channel["id"], "hello")
    theirs = await bob.say(channel["id"], "hi")
    await block(people[blocker], people[1 - blocker])
    path = f"/channels/{channel['id']}/messages"
    async with server.gateway(ann) as one, server.gateway(bob) as other:
        for method, where, body in (
            ("POST", path, {"content": "are you there?"}),
            ("PATCH", f"{path}/{said['id']}", {"content": "abuse"}),
            ("PUT", f"{path}/pins/{theirs['id']}", None),
            ("PUT", f"{path}/{theirs['id']}/reactions/{THUMB}/@me", None),
            ("POST", f"/channels/{channel['id']}/typing", None),
        ):
            assert (await ann.refused(method, where, body)).code == 50007, (method, where)
        for name in ("MESSAGE_CREATE", "MESSAGE_UPDATE", "TYPING_START"):
            await one.quiet(name, 0.1)
            await other.quiet(name, 0.1)
    assert len(await bob.get(path)) == 2
    await ann.delete(f"{path}/{said['id']}")


async def test_who_is_blocked_does_not_react_to_the_blocker_anywhere(server: Server) -> None:
    ann, bob = await mates(server)
    guild = (await bob.get("/users/@me/guilds"))[0]
    channel = next(it for it in await bob.get(f"/guilds/{guild['id']}/channels") if it["type"] == 0)
    said = await bob.say(channel["id"], "a thought")
    await block(bob, ann)
    path = f"/channels/{channel['id']}/messages/{said['id']}/reactions/{THUMB}/@me"
    assert (await ann.refused("PUT", path)).code == 90001


async def test_in_a_group_the_blocked_may_speak(server: Server) -> None:
    ann, bob, cid = await friends(server, 3)
    channel = await group(ann, bob, cid)
    await block(bob, cid)
    async with server.gateway(bob) as listener:
        await cid.say(channel["id"], "hello all")
        assert (await listener.expect("MESSAGE_CREATE")).data["content"] == "hello all"
