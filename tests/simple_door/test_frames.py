"""Frames no honest client of the simple WebSocket sends: a code, and others are served."""

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from urllib.parse import urlsplit

import msgspec
import pytest

from tests.fuzz.frames import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT, frame
from tests.http.serving import Client
from tests.http.test_sockets import upgrade
from tests.server import Server
from tests.simple_door.caller import Caller
from tests.simple_door.wire import Wire

_DEADLINE_S: Final = 10.0
_LAWFUL: Final = b'{"type":"UpdatePresence","status":"idle"}'
_AGAINST_THE_PROTOCOL: Final = {
    "not masked": frame(TEXT, b"{}", masked=False),
    "an unknown kind": frame(3, b"x"),
    "an unknown control frame": frame(11, b"x"),
    "a long control frame": frame(PING, b"x" * 200),
    "a control frame in pieces": frame(PING, b"x", fin=False),
    "half a code": frame(CLOSE, b"\x03"),
    "more than a frame may hold": frame(TEXT, b"x" * 2_000_000),
    "an impossible length": b"\x81\xff" + b"\xff" * 8,
}
_NO_MESSAGES: Final = {
    "too long a text": frame(TEXT, b" " * 60_000),
    "too long in binary": frame(BINARY, b" " * 60_000),
    "too long in pieces": frame(TEXT, b" " * 20_000, fin=False)
    + frame(CONTINUATION, b" " * 20_000, fin=False) * 3,
    "the rest of nothing": frame(CONTINUATION, _LAWFUL),
    "a text within a text": frame(TEXT, _LAWFUL[:9], fin=False) + frame(TEXT, _LAWFUL[9:]),
    "compressed without an agreement": frame(TEXT, _LAWFUL, reserved=4),
    "reserved bits": frame(TEXT, _LAWFUL, reserved=3),
    "no UTF-8": frame(TEXT, b'{"type":"StartTyping","channel_id":"\xff\xfe"}'),
    "a surrogate": frame(TEXT, b'{"type":"StartTyping","channel_id":"\xed\xa0\x80"}'),
    "too deep": frame(TEXT, b'{"type":"StartTyping","x":' + b"[" * 10_000),
}


async def _close_code(server: Server, caller: Caller | None, sent: bytes) -> int:
    """With which code a connection ends on which these bytes come."""
    async with _connected(server) as client:
        if caller is not None:
            identify = msgspec.json.encode({"type": "Identify", "token": caller.token})
            client.send(frame(TEXT, identify))
            assert b"Ready" in (await _frame(client))[1]
        client.send(sent)
        while True:
            kind, payload = await _frame(client)
            if kind == CLOSE:
                return int(struct.unpack(">H", payload[:2])[0])


@asynccontextmanager
async def _connected(server: Server) -> AsyncIterator[Client]:
    host, port = urlsplit(server.url).netloc.split(":")
    client = Client(*await asyncio.open_connection(host, int(port)))
    try:
        client.send(upgrade("/ws"))
        assert (await client.reply()).status == 101
        yield client
    finally:
        client.close()


async def _frame(client: Client) -> tuple[int, bytes]:
    async with asyncio.timeout(_DEADLINE_S):
        first, size = await client.reader.readexactly(2)
        if size == 126:
            [size] = struct.unpack(">H", await client.reader.readexactly(2))
        return first & 15, await client.reader.readexactly(size)


@pytest.mark.parametrize("what", _AGAINST_THE_PROTOCOL)
async def test_what_is_against_the_protocol_is_closed(server: Server, what: str) -> None:
    caller = await Caller.new(server)
    async with Wire.of(caller) as bystander:
        for who in (None, caller):
            code = await _close_code(server, who, _AGAINST_THE_PROTOCOL[what])
            assert code in (1002, 1009), what
        await bystander.identify(caller)


@pytest.mark.parametrize("what", _NO_MESSAGES)
async def test_what_is_no_message_is_closed(server: Server, what: str) -> None:
    caller = await Caller.new(server)
    async with Wire.of(caller) as bystander:
        for who in (None, caller):
            assert await _close_code(server, who, _NO_MESSAGES[what]) == 4002, what
        await bystander.identify(caller)
    assert not any("Traceback" in line for line in server.log)


@pytest.mark.parametrize("kind", [TEXT, BINARY])
async def test_a_command_may_come_in_pieces_and_in_binary(server: Server, kind: int) -> None:
    """With a ping in between, as a control frame may come anywhere."""
    caller = await Caller.new(server)
    identify = msgspec.json.encode({"type": "Identify", "token": caller.token})
    async with _connected(server) as client:
        client.send(frame(kind, b"", fin=False) + frame(CONTINUATION, identify[:50], fin=False))
        client.send(frame(PING, b"still there?") + frame(CONTINUATION, identify[50:]))
        assert await _frame(client) == (PONG, b"still there?")
        said, payload = await _frame(client)
        assert (said, b"Ready" in payload) == (TEXT, True)
