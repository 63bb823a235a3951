"""Who may write to somebody, as the blocked, the stranger and the guild mate find out."""

import pytest

from tests.api import Person
from tests.nouns.circles import (
    ACCEPTED,
    PENDING,
    REJECTED,
    at_once,
    befriend,
    direct,
    friends,
    mates,
    open_channels,
)
from tests.server import Server

PRIVACY = "/users/@me/privacy"


async def writes(person: Person, other: Person) -> int:
    """The code of the refusal, or 0."""
    channel = await direct(person, other)
    reply = await person.call("POST", f"/channels/{channel['id']}/messages", {"content": "hello"})
    return reply.code if reply.status >= 400 else 0


@pytest.mark.parametrize(
    ("accepts", "friend", "mate", "stranger"),
    [("everyone", 0, 0, 0), ("guilds", 0, 0, 50007), ("friends", 0, 50007, 50007)],
)
async def test_one_chooses_who_may_write(
    server: Server, accepts: str, friend: int, mate: int, stranger: int
) -> None:
    ann, bob = await mates(server)
    cid, eve = await server.person(), await server.person()
    await befriend(ann, cid)
    changed = await ann.patch(PRIVACY, {"direct_messages_from": accepts})
    assert changed["direct_messages_from"] == accepts
    assert [await writes(one, ann) for one in (cid, bob, eve)] == [friend, mate, stranger]


async def test_strangers_do_not_write_unless_one_lets_them(server: Server) -> None:
    ann, eve = await server.person(), await server.person()
    assert (await ann.get(PRIVACY))["direct_messages_from"] == "guilds"
    assert await writes(eve, ann) == 50007
    assert await open_channels(ann) == {}


async def test_a_guild_can_be_excepted(server: Server) -> None:
    ann, bob = await mates(server)
    [guild] = await ann.get("/users/@me/guilds")
    elsewhere = (await bob.guild())["id"]
    await ann.patch(PRIVACY, {"restricted_guilds": [guild["id"], elsewhere]})
    assert (await ann.get(PRIVACY))["restricted_guilds"] == [guild["id"]]
    assert await writes(bob, ann) == 50007
    await ann.patch(PRIVACY, {"restricted_guilds": []})
    assert await writes(bob, ann) == 0


async def test_new_guilds_are_excepted_if_one_wants(server: Server) -> None:
    ann, bob = await server.person(), await server.person()
    await ann.patch(PRIVACY, {"default_guilds_restricted": True})
    guild = await bob.guild()
    await bob.bring(ann, guild["system_channel_id"])
    assert (await ann.get(PRIVACY))["restricted_guilds"] == [guild["id"]]
    assert await writes(bob, ann) == 50007
    bot = await server.bot(bob, guild["id"])
    assert await writes(bot, ann) == 50007


async def test_who_leaves_the_only_shared_guild_is_a_stranger(server: Server) -> None:
    ann, bob = await mates(server)
    channel = await direct(bob, ann)
    await bob.say(channel["id"], "hello")
    [guild] = await bob.get("/users/@me/guilds")
    await bob.delete(f"/users/@me/guilds/{guild['id']}")
    path = f"/channels/{channel['id']}"
    assert (await bob.refused("POST", f"{path}/messages", {"content": "x"})).code == 50007
    assert (await bob.refused("POST", f"{path}/typing")).code == 50007


async def test_a_guild_mate_asks_by_their_first_message(server: Server) -> None:
    ann, bob = await mates(server)
    async with server.gateway(ann) as listener, server.gateway(bob) as sender:
        channel = await direct(bob, ann)
        said = await bob.say(channel["id"], "may I?")
        asked = (await listener.expect("CHANNEL_CREATE")).data
        assert (await listener.expect("MESSAGE_CREATE")).data["id"] == said["id"]
        assert (await sender.expect("CHANNEL_CREATE")).data["is_message_request"] is False
        await bob.say(channel["id"], "again")
        await listener.quiet("CHANNEL_CREATE", 0.1)
        await sender.quiet("CHANNEL_UPDATE", 0.1)
    assert asked["is_message_request"] is True
    assert asked["is_message_request_timestamp"]
    assert asked["is_spam"] is False
    query = f"channel_ids={channel['id']}&channel_ids=1"
    [shown] = await ann.get(f"/users/@me/message-requests/supplemental-data?{query}")
    assert shown["channel_id"] == channel["id"]
    assert shown["message_preview"]["id"] == said["id"]
    assert await bob.get(f"/users/@me/message-requests/supplemental-data?{query}") == []


async def test_first_messages_at_once_are_one_request(server: Server) -> None:
    ann, bob = await mates(server)
    channel = await direct(bob, ann)
    async with server.gateway(ann) as listener:
        said = await at_once(*(bob.say(channel["id"], f"{number}") for number in range(10)))
        for _ in said:
            await listener.expect("MESSAGE_CREATE")
        created = [event for event in listener.history if event.name == "CHANNEL_CREATE"]
        assert len(created) == 1
        first = next(event for event in listener.history if event.name.endswith("_CREATE"))
        assert first.name in ("CHANNEL_CREATE", "GUILD_CREATE")


async def test_an_accepted_request_is_a_conversation(server: Server) -> None:
    ann, bob = await mates(server)
    channel = await direct(bob, ann)
    await bob.say(channel["id"], "may I?")
    path = f"/channels/{channel['id']}/recipients/@me"
    async with server.gateway(ann) as listener:
        assert (await ann.refused("PUT", path, {"consent_status": REJECTED})).code == 50035
        accepted = await ann.put(path, {"consent_status": ACCEPTED})
        assert accepted["is_message_request"] is False
        told = (await listener.expect("CHANNEL_UPDATE")).data
        assert told["is_message_request"] is False
        assert told["is_message_request_timestamp"] is None
    assert PENDING not in {one["is_message_request"] for one in (await open_channels(ann)).values()}


async def test_an_answer_accepts_too(server: Server) -> None:
    ann, bob = await mates(server)
    channel = await direct(bob, ann)
    await bob.say(channel["id"], "may I?")
    async with server.gateway(ann) as listener:
        await ann.say(channel["id"], "you may")
        assert (await listener.expect("CHANNEL_UPDATE")).data["is_message_request"] is False


async def test_friendship_accepts_too(server: Server) -> None:
    ann, bob = await mates(server)
    channel = await direct(bob, ann)
    await bob.say(channel["id"], "may I?")
    async with server.gateway(ann) as listener:
        await befriend(ann, bob)
        assert (await listener.expect("CHANNEL_UPDATE")).data["is_message_request"] is False


async def test_who_was_turned_away_is_not_heard_and_not_told(server: Server) -> None:
    ann, bob = await mates(server)
    channel = await direct(bob, ann)
    here = f"/channels/{channel['id']}"
    await bob.say(channel["id"], "may I?")
    async with server.gateway(ann) as listener, server.gateway(bob) as sender:
        rejected = await ann.delete(f"{here}/recipients/@me")
        assert rejected["id"] == channel["id"]
        assert (await listener.expect("CHANNEL_DELETE")).data["id"] == channel["id"]
        listener.raw.clear()
        said = await bob.say(channel["id"], "hello?")
        await bob.post(f"{here}/typing")
        await bob.patch(f"{here}/messages/{said['id']}", {"content": "HELLO?"})
        assert (await sender.expect("MESSAGE_CREATE")).data["id"] == said["id"]
        await listener.quiet("MESSAGE_CREATE")
        assert not any(channel["id"].encode() in raw for raw in listener.raw)
    assert await open_channels(ann) == {}
    assert (await ann.refused("DELETE", f"{here}/recipients/@me")).code == 10003
    await ann.say((await direct(ann, bob))["id"], "I changed my mind")
    async with server.gateway(ann) as listener:
        await bob.say(channel["id"], "at last")
        assert (await listener.expect("MESSAGE_CREATE")).data["content"] == "at last"


async def test_many_are_turned_away_at_once(server: Server) -> None:
    ann, *others = await mates(server, 4)
    channels = [await direct(one, ann) for one in others]
    for one, channel in zip(others, channels, strict=True):
        await one.say(channel["id"], "buy this")
    ids = [channel["id"] for channel in channels]
    body = {"channel_ids": [*ids[:2], "1"]}
    gone = await ann.put("/channels/recipients/@me/batch-reject", body)
    assert {one["id"] for one in gone} == set(ids[:2])
    assert set(await open_channels(ann)) == {ids[2]}


async def test_requests_can_be_switched_off(server: Server) -> None:
    ann, bob = await mates(server)
    await ann.patch(PRIVACY, {"message_requests": False})
    channel = await direct(bob, ann)
    await bob.say(channel["id"], "hello")
    assert (await open_channels(ann))[channel["id"]]["is_message_request"] is False


async def test_friends_and_who_was_written_to_first_do_not_ask(server: Server) -> None:
    ann, bob = await friends(server, 2)
    channel = await direct(bob, ann)
    await bob.say(channel["id"], "hello")
    assert (await open_channels(ann))[channel["id"]]["is_message_request"] is False
    cid, dan = await mates(server)
    opened = await direct(cid, dan)
    await cid.say(opened["id"], "hello")
    async with server.gateway(cid) as listener:
        await dan.say(opened["id"], "oh, hello")
        await listener.expect("MESSAGE_CREATE")
        await listener.quiet("CHANNEL_UPDATE", 0.1)


async def test_privacy_is_for_people_and_keeps_what_is_not_named(server: Server) -> None:
    ann = await server.person()
    bot = await server.bot(ann)
    before = await ann.get(PRIVACY)
    after = await ann.patch(PRIVACY, {"message_requests": False})
    assert after == {**before, "message_requests": False}
    assert await ann.patch(PRIVACY, {}) == after
    assert (await ann.patch(PRIVACY, {"default_guilds_restricted": True})) == {
        **after,
        "default_guilds_restricted": True,
    }
    assert (await ann.refused("PATCH", PRIVACY, {"direct_messages_from": "nobody"})).code == 50035
    assert (await bot.refused("GET", PRIVACY)).code == 20001
