"""Sessions of the gateway: greeting, identifying, heartbeats, resuming, closing."""

import pytest

from tests.api import Person
from tests.gateway import Closed, Gateway
from tests.server import Server

GUILDS = 1
MESSAGES = 1 << 9
CONTENT = 1 << 15


@pytest.fixture
async def ann(server: Server) -> Person:
    return await server.person()


async def test_hello_names_the_heartbeat_interval(server: Server) -> None:
    async with Gateway.connected(server.url) as gateway:
        await gateway.send(1, None)
        await gateway.heard(11)


async def test_ready_names_user_session_and_guilds(server: Server, ann: Person) -> None:
    guild = await ann.guild()
    async with server.gateway(ann) as gateway:
        assert gateway.ready["user"]["id"] == ann.id
        assert gateway.ready["v"] == 10
        assert gateway.ready["guilds"] == [{"id": guild["id"], "unavailable": True}]
        assert gateway.ready["resume_gateway_url"].startswith("ws://127.0.0.1:")


@pytest.mark.parametrize("encoding", ["json", "etf"])
@pytest.mark.parametrize("compress", ["", "zlib-stream", "zstd-stream"])
async def test_messages_arrive_in_every_form(
    server: Server, ann: Person, encoding: str, compress: str
) -> None:
    channel = await ann.channel((await ann.guild())["id"])
    connection = {"encoding": encoding, "compress": compress}
    async with server.gateway(ann, connection=connection) as gateway:
        for number in range(5):
            await ann.say(channel["id"], f"message {number} ü 👍 %s")
        for number in range(5):
            event = await gateway.expect("MESSAGE_CREATE")
            assert event.data["content"] == f"message {number} ü 👍 %s"
            assert event.data["author"]["id"] == ann.id
            assert event.data["guild_id"] == channel["guild_id"]


async def test_large_payloads_are_compressed_for_those_who_ask(server: Server, ann: Person) -> None:
    for number in range(3):
        await ann.guild(f"A guild with number {number}")
    async with server.gateway(ann, compress=True) as gateway:
        assert len(gateway.ready["guilds"]) == 3


async def test_a_resumed_session_gets_what_it_missed_exactly_once(
    server: Server, ann: Person
) -> None:
    channel = await ann.channel((await ann.guild())["id"])
    async with server.gateway(ann) as gateway:
        await ann.say(channel["id"], "before")
        await gateway.expect("MESSAGE_CREATE")
        session, sequence = gateway.ready["session_id"], gateway.sequence
        gateway.leave()
        for number in range(30):
            await ann.say(channel["id"], f"while away {number}")
    async with Gateway.connected(server.url, compress="zlib-stream") as gateway:
        await gateway.resume(ann.api.bare_token, session, sequence)
        for number in range(30):
            event = await gateway.expect("MESSAGE_CREATE")
            assert event.data["content"] == f"while away {number}"
        await gateway.expect("RESUMED")
        await ann.say(channel["id"], "after")
        assert (await gateway.expect("MESSAGE_CREATE")).data["content"] == "after"


async def test_an_unknown_session_cannot_be_resumed(server: Server, ann: Person) -> None:
    async with Gateway.connected(server.url) as gateway:
        await gateway.resume(ann.api.bare_token, "0" * 32, 1)
        assert await gateway.heard(9) is False
        await gateway.identify(ann.api.bare_token)


async def test_somebody_elses_session_cannot_be_resumed(server: Server, ann: Person) -> None:
    bob = await server.person()
    async with server.gateway(ann) as gateway:
        session = gateway.ready["session_id"]
    async with Gateway.connected(server.url) as gateway:
        await gateway.resume(bob.api.bare_token, session, 1)
        assert await gateway.heard(9) is False


async def test_a_goodbye_ends_the_session(server: Server, ann: Person) -> None:
    async with server.gateway(ann) as gateway:
        session, sequence = gateway.ready["session_id"], gateway.sequence
        await gateway.close(1000)
    async with Gateway.connected(server.url) as gateway:
        await gateway.resume(ann.api.bare_token, session, sequence)
        assert await gateway.heard(9) is False


async def test_a_wrong_token_closes_with_4004(server: Server) -> None:
    async with Gateway.connected(server.url) as gateway:
        await gateway.send(2, {"token": "no.such.token", "properties": {}, "intents": 0})
        assert (await gateway.closing()).code == 4004


async def test_a_revoked_token_closes_the_session_at_once(server: Server, ann: Person) -> None:
    async with server.gateway(ann) as gateway:
        await ann.post("/auth/logout", {})
        assert (await gateway.closing()).code == 4004


@pytest.mark.parametrize(
    ("op", "data", "code"),
    [
        (3, {"status": "online"}, 4003),
        (99, None, 4001),
        (2, {"token": 5}, 4002),
        (2, {"token": "x", "properties": {}, "shard": [5, 2], "intents": 0}, 4004),
    ],
)
async def test_what_is_wrong_is_closed_with_its_code(
    server: Server, op: int, data: object, code: int
) -> None:
    async with Gateway.connected(server.url) as gateway:
        await gateway.send(op, data)
        assert (await gateway.closing()).code == code


async def test_a_second_identify_closes_with_4005(server: Server, ann: Person) -> None:
    async with server.gateway(ann) as gateway:
        await gateway.send(2, {"token": ann.api.bare_token, "properties": {}, "intents": 0})
        assert (await gateway.closing()).code == 4005


async def test_an_impossible_shard_closes_with_4010(server: Server, ann: Person) -> None:
    async with Gateway.connected(server.url) as gateway:
        body = {"token": ann.api.bare_token, "properties": {}, "shard": [5, 2], "intents": 0}
        await gateway.send(2, body)
        assert (await gateway.closing()).code == 4010


async def test_an_unknown_version_closes_with_4012(server: Server) -> None:
    with pytest.raises(Closed) as closed:
        async with Gateway.connected(server.url, version=3):
            pass
    assert closed.value.code == 4012


async def test_a_bot_needs_leave_for_privileged_intents(server: Server, ann: Person) -> None:
    guild = await ann.guild()
    bot = await server.bot(ann, guild["id"])
    async with Gateway.connected(server.url) as gateway:
        body = {"token": bot.api.bare_token, "properties": {}, "intents": CONTENT}
        await gateway.send(2, body)
        assert (await gateway.closing()).code == 4014


async def test_a_bot_without_the_intent_reads_no_content(server: Server, ann: Person) -> None:
    guild = await ann.guild()
    channel = await ann.channel(guild["id"])
    bot = await server.bot(ann, guild["id"])
    async with server.gateway(bot, intents=GUILDS | MESSAGES) as gateway:
        await ann.say(channel["id"], "a secret")
        assert (await gateway.expect("MESSAGE_CREATE")).data["content"] == ""
        await ann.say(channel["id"], f"hello <@{bot.id}>")
        assert (await gateway.expect("MESSAGE_CREATE")).data["content"] == f"hello <@{bot.id}>"
        await bot.say(channel["id"], "my own")
        assert (await gateway.expect("MESSAGE_CREATE")).data["content"] == "my own"


async def test_a_shard_only_hears_its_own_guilds(server: Server, ann: Person) -> None:
    guilds = [await ann.guild() for _ in range(4)]
    heard = set()
    for number in range(2):
        async with server.gateway(ann, shard=[number, 2]) as gateway:
            mine = {guild["id"] for guild in gateway.ready["guilds"]}
            assert all((int(id_) >> 22) % 2 == number for id_ in mine)
            heard |= mine
    assert heard == {guild["id"] for guild in guilds}
