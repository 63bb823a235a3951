"""What the gateway bounds: sends, starts, connections, and the patience with slow readers."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.api import Person
from tests.gateway import Gateway
from tests.server import LIFTED, Server, running_server


async def test_too_many_sends_close_with_4008(strict_server: Server) -> None:
    async with Gateway.connected(strict_server.url) as gateway:
        for _ in range(121):
            await gateway.send(1, None)
        assert (await gateway.closing()).code == 4008


async def test_a_large_payload_closes_with_4002(server: Server) -> None:
    async with Gateway.connected(server.url) as gateway:
        await gateway.send(3, {"status": "x" * 20_000})
        assert (await gateway.closing()).code == 4002


async def test_a_bot_begins_one_session_in_five_seconds(strict_server: Server) -> None:
    ann = await strict_server.person()
    bot = await strict_server.bot(ann)
    async with (
        strict_server.gateway(bot, intents=0),
        Gateway.connected(strict_server.url) as second,
    ):
        await second.send(2, {"token": bot.api.bare_token, "properties": {}, "intents": 0})
        assert await second.heard(9) is False


async def test_a_bot_asks_for_all_members_of_a_guild_once_in_half_a_minute(
    strict_server: Server,
) -> None:
    ann = await strict_server.person()
    guild, other = await ann.guild(), await ann.guild()
    bot = await strict_server.bot(ann, guild["id"], flags=1 << 14)
    consent = {"guild_id": other["id"], "authorize": True}
    await ann.post(f"/oauth2/authorize?client_id={bot.id}&scope=bot", consent)
    asked = {"guild_id": guild["id"], "query": "", "limit": 0}
    async with strict_server.gateway(bot, intents=1 << 1) as gateway:
        await gateway.send(8, {**asked, "nonce": "first"})
        assert (await gateway.expect("GUILD_MEMBERS_CHUNK")).data["nonce"] == "first"
        await gateway.send(8, {**asked, "nonce": "again"})
        told = (await gateway.expect("RATE_LIMITED")).data
        assert told["opcode"] == 8
        assert 0 < told["retry_after"] <= 30
        assert told["meta"] == {"guild_id": guild["id"], "nonce": "again"}
        for more in ({"guild_id": other["id"]}, {"limit": 5}, {"user_ids": [ann.id]}):
            await gateway.send(8, {**asked, **more})
            await gateway.expect("GUILD_MEMBERS_CHUNK")


async def test_the_starts_that_are_left_are_counted(strict_server: Server) -> None:
    bot = await strict_server.bot(await strict_server.person())
    before = (await bot.get("/gateway/bot"))["session_start_limit"]
    async with strict_server.gateway(bot, intents=0):
        after = (await bot.get("/gateway/bot"))["session_start_limit"]
    assert (before["total"], before["remaining"], after["remaining"]) == (1000, 1000, 999)


async def test_an_address_that_connects_too_often_is_turned_away(
    database: str, tmp_path: Path
) -> None:
    limits = {"DATABASE_URL": database, "RIFT_GATEWAY_CONNECTS_PER_ADDRESS": "3"}
    async with running_server(tmp_path, limits) as server:
        for _ in range(3):
            async with Gateway.connected(server.url):
                pass
        with pytest.raises(Exception, match="429"):
            async with Gateway.connected(server.url):
                pass


async def test_a_silent_connection_is_closed_with_4009(database: str, tmp_path: Path) -> None:
    fast = {**LIFTED, "DATABASE_URL": database, "RIFT_GATEWAY_HEARTBEAT_INTERVAL_MS": "1000"}
    async with running_server(tmp_path, fast) as server, Gateway.connected(server.url) as gateway:
        assert (await gateway.closing(within_s=40)).code == 4009


async def _narrow(server: Server) -> socket.socket:
    """A connection whose receive buffer is tiny, so that the server's side fills soon."""
    host, port = server.url.removeprefix("http://").split(":")
    plain = socket.socket()
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    plain.setblocking(False)
    await asyncio.get_running_loop().sock_connect(plain, (host, int(port)))
    return plain


@asynccontextmanager
async def _reader_that_stops(server: Server, person: Person) -> AsyncIterator[Gateway]:
    async with Gateway.connected(server.url, sock=await _narrow(server)) as gateway:
        await gateway.identify(person.api.bare_token)
        yield gateway


async def test_a_slow_reader_costs_no_memory_and_catches_up(server: Server) -> None:
    ann = await server.person()
    room = await ann.channel((await ann.guild())["id"])
    async with _reader_that_stops(server, ann) as slow:
        slow.stop_reading()
        for number in range(400):
            await ann.say(room["id"], f"{number:04d} " + "x" * 1900)
        slow.go_on_reading()
        for number in range(400):
            event = await slow.expect("MESSAGE_CREATE")
            assert event.data["content"].startswith(f"{number:04d}")


async def test_a_greeting_larger_than_all_buffers_still_arrives(
    database: str, tmp_path: Path
) -> None:
    small = {**LIFTED, "DATABASE_URL": database, "RIFT_GATEWAY_SESSION_BYTES": "65536"}
    async with running_server(tmp_path, small) as server:
        ann = await server.person()
        topic = "x" * 1000
        for number in range(4):
            guild = await ann.guild(f"guild {number}")
            for _ in range(60):
                await ann.channel(guild["id"], topic=topic)
        async with Gateway.connected(server.url, sock=await _narrow(server)) as gateway:
            await gateway.send(2, {"token": ann.api.bare_token, "properties": {}})
            gateway.stop_reading()
            await asyncio.sleep(1)
            gateway.go_on_reading()
            shown = [(await gateway.expect("GUILD_CREATE")).data for _ in range(4)]
            assert all(len(guild["channels"]) > 60 for guild in shown)


async def test_a_reader_too_slow_for_the_journal_is_cut_off(database: str, tmp_path: Path) -> None:
    small = {**LIFTED, "DATABASE_URL": database, "RIFT_GATEWAY_JOURNAL_EVENTS": "16"}
    async with running_server(tmp_path, small) as server:
        ann = await server.person()
        room = await ann.channel((await ann.guild())["id"])
        async with _reader_that_stops(server, ann) as slow:
            slow.stop_reading()
            for number in range(1500):
                await ann.say(room["id"], f"{number:04d} " + "x" * 1900)
            slow.go_on_reading()
            assert (await slow.closing()).code == 4000


async def test_a_clean_stop_asks_clients_to_come_back(own_server: Server) -> None:
    ann = await own_server.person()
    async with own_server.gateway(ann) as gateway:
        own_server.process.terminate()
        await gateway.heard(7)
        assert (await gateway.closing()).code not in (1000, 4004)
    assert await own_server.stop() == 0
