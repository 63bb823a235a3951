"""Forwarding: what one may read is carried elsewhere, and nothing else is."""

from tests.api import Person
from tests.server import Server


def forward(message: dict[str, str], **more: object) -> dict[str, object]:
    reference = {"type": 1, "channel_id": message["channel_id"], "message_id": message["id"]}
    return {"message_reference": reference, **more}


async def two_channels(server: Server) -> tuple[Person, dict[str, str], str]:
    """Somebody, what they said in one channel, and another channel."""
    ann = await server.person()
    guild = await ann.guild()
    here, there = await ann.channel(guild["id"]), await ann.channel(guild["id"], "there")
    return ann, await ann.say(here["id"], "the **news**"), there["id"]


async def test_a_forward_carries_the_message_as_it_was(server: Server) -> None:
    ann, message, there = await two_channels(server)
    async with server.gateway(ann) as gateway:
        sent = await ann.post(f"/channels/{there}/messages", forward(message))
        told = await gateway.expect("MESSAGE_CREATE", lambda data: data["id"] == sent["id"])
    path = f"/channels/{message['channel_id']}/messages/{message['id']}"
    await ann.patch(path, {"content": "old news"})
    read = await ann.get(f"/channels/{there}/messages/{sent['id']}")
    for shown in (sent, told.data, read):
        [snapshot] = shown["message_snapshots"]
        assert snapshot["message"]["content"] == "the **news**"
        assert "author" not in snapshot["message"]
        assert shown["message_reference"]["type"] == 1
        assert shown["message_reference"]["message_id"] == message["id"]
        assert (shown["content"], shown["flags"]) == ("", 1 << 14)


async def test_a_forward_of_a_forward_carries_the_first(server: Server) -> None:
    ann, message, there = await two_channels(server)
    once = await ann.post(f"/channels/{there}/messages", forward(message))
    twice = await ann.post(f"/channels/{there}/messages", forward(once))
    assert twice["message_snapshots"] == once["message_snapshots"]
    assert twice["message_reference"]["message_id"] == once["id"]


async def test_a_forward_says_nothing_of_its_own(server: Server) -> None:
    ann, message, there = await two_channels(server)
    body = forward(message, content="look")
    assert (await ann.refused("POST", f"/channels/{there}/messages", body)).code == 50035
    sent = await ann.post(f"/channels/{there}/messages", forward(message))
    path = f"/channels/{there}/messages/{sent['id']}"
    assert (await ann.refused("PATCH", path, {"content": "look"})).code == 50035


async def test_nobody_forwards_what_they_may_not_read(server: Server) -> None:
    ann, message, _ = await two_channels(server)
    stranger = await server.person()
    own = await stranger.channel((await stranger.guild())["id"])
    reply = await stranger.refused("POST", f"/channels/{own['id']}/messages", forward(message))
    assert reply.code == 50001
    channel = await ann.get(f"/channels/{message['channel_id']}")
    await ann.bring(stranger, channel["id"])
    no_history = {"type": 0, "allow": "0", "deny": str(1 << 16)}
    await ann.put(f"/channels/{channel['id']}/permissions/{channel['guild_id']}", no_history)
    reply = await stranger.refused("POST", f"/channels/{own['id']}/messages", forward(message))
    assert reply.code == 160014


async def test_a_bot_without_the_content_intent_sees_no_content_of_a_forward(
    server: Server,
) -> None:
    ann, message, there = await two_channels(server)
    bot = await server.bot(ann, guild_id=(await ann.get(f"/channels/{there}"))["guild_id"])
    async with server.gateway(bot, intents=1 << 0 | 1 << 9) as gateway:
        await ann.post(f"/channels/{there}/messages", forward(message))
        told = await gateway.expect("MESSAGE_CREATE")
    assert "news" not in str(told.data)


async def test_a_system_message_is_not_forwarded(server: Server) -> None:
    ann, message, there = await two_channels(server)
    await ann.put(f"/channels/{message['channel_id']}/messages/pins/{message['id']}")
    [pinned, _] = await ann.get(f"/channels/{message['channel_id']}/messages")
    reply = await ann.refused("POST", f"/channels/{there}/messages", forward(pinned))
    assert reply.code == 50021
