"""Connections: pipelining, bodies, deadlines, CORS, stopping."""

import asyncio
import json
import socket
from typing import Any

import pytest

from rift.doors.http.connections import Pace
from tests.http.serving import TOKEN, House, request, serving, settle

MESSAGES = "/channels/42/messages"
LATER = "/channels/42/later"
QUICK = Pace(
    sweep_s=0.05, keep_alive_s=0.3, head_s=0.3, body_s=0.3, body_bytes_per_s=100_000, write_s=1.0
)


def note(content: str, path: str = MESSAGES, **headers: str) -> bytes:
    return request("POST", path, {"content": content}, **headers)


async def test_a_connection_serves_many_requests(house: House) -> None:
    client = await house.connect()
    for number in range(20):
        path = LATER if number % 3 else MESSAGES
        reply = await client.ask("POST", path, {"content": str(number)})
        assert reply.json["content"] == str(number)
    client.close()


async def test_pipelined_requests_are_answered_in_order(house: House) -> None:
    client = await house.connect()
    paths = [MESSAGES, LATER, MESSAGES, "/page", LATER, MESSAGES] * 5
    sent = [
        request("GET", path) if path == "/page" else note(str(number), path)
        for number, path in enumerate(paths)
    ]
    client.send(b"".join(sent))
    for number, path in enumerate(paths):
        reply = await client.reply()
        assert reply.status == 200
        if path != "/page":
            assert reply.json["content"] == str(number)
    client.close()


async def test_a_request_may_come_byte_by_byte(house: House) -> None:
    client = await house.connect()
    for byte in note("slow"):
        client.send(bytes([byte]))
        await asyncio.sleep(0)
    assert (await client.reply()).json["content"] == "slow"
    client.close()


async def test_a_chunked_body_is_read(house: House) -> None:
    client = await house.connect()
    body = b'{"content": "chunks"}'
    head = request("POST", MESSAGES, content_type="application/json", transfer_encoding="chunked")
    client.send(head + b"".join(b"1\r\n%c\r\n" % byte for byte in body) + b"0\r\n\r\n")
    assert (await client.reply()).json["content"] == "chunks"
    assert (await client.ask("GET", "/page")).status == 200
    client.close()


async def test_expect_100_continue_is_honoured(house: House) -> None:
    client = await house.connect()
    head, _, body = note("after", expect="100-continue").partition(b"\r\n\r\n")
    client.send(head + b"\r\n\r\n")
    assert (await client.reply()).status == 100
    client.send(body)
    assert (await client.reply()).json["content"] == "after"
    client.close()


async def test_connection_close_is_honoured(house: House) -> None:
    client = await house.connect()
    for path in (MESSAGES, LATER):
        client = await house.connect()
        reply = await client.ask("POST", path, {"content": "x"}, connection="close")
        assert reply.headers["connection"] == "close"
        assert await client.ended()


async def test_http_1_0_is_answered_and_closed(house: House) -> None:
    client = await house.connect()
    client.send(note("old").replace(b"HTTP/1.1", b"HTTP/1.0"))
    assert (await client.reply()).json["content"] == "old"
    assert await client.ended()


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_too_large_is_refused_before_its_end(house: House, chunked: bool) -> None:
    client = await house.connect()
    if chunked:
        client.send(
            request("POST", MESSAGES, content_type="application/json", transfer_encoding="chunked")
        )
        piece = b"2000\r\n" + b" " * 0x2000 + b"\r\n"
    else:
        client.send(
            request("POST", MESSAGES, content_type="application/json", content_length="524288")
        )
        piece = b" " * 0x2000
    for _ in range(32):
        client.send(piece)
    reply = await client.reply()
    assert (reply.status, reply.json["code"]) == (413, 40005)
    for _ in range(32):
        client.send(piece)
    client.send(b"0\r\n\r\n" if chunked else b"")
    assert (await client.ask("GET", "/page")).status == 200
    client.close()


async def test_a_refused_body_is_not_read_for_ever(hot: bool) -> None:
    pace = Pace(sweep_s=0.05, discarded_bytes=200_000)
    async with serving(hot=hot, pace=pace) as house:
        client = await house.connect()
        client.send(
            request("POST", MESSAGES, content_type="application/json", content_length="9999999")
        )
        for _ in range(40):
            client.send(b" " * 0x4000)
        assert (await client.reply()).status == 413
        assert await client.ended()


async def test_garbage_is_400_and_closed(house: House) -> None:
    client = await house.connect()
    client.send(b"\x16\x03\x01 hello\r\n\r\n")
    reply = await client.reply()
    assert reply.json == {"message": "400: Bad Request", "code": 0}
    assert await client.ended()


async def test_a_header_too_large_is_431(house: House) -> None:
    client = await house.connect()
    client.send(request("GET", "/page", cookie="x" * 40_000))
    assert (await client.reply()).status == 431
    assert await client.ended()


async def test_a_header_that_never_ends_is_431(house: House) -> None:
    client = await house.connect()
    client.send(b"GET /api/v10/page HTTP/1.1\r\ncookie: ")
    for _ in range(11):
        client.send(b"x" * 3000)
        await asyncio.sleep(0.002)
    assert (await client.reply()).status == 431
    assert await client.ended()


async def test_a_long_body_does_not_count_as_a_header(house: House) -> None:
    client = await house.connect()
    for _ in range(3):
        body = {"content": "x", "deep": "y" * 40_000}
        assert (await client.ask("POST", MESSAGES, body)).status == 200
    client.close()


async def test_a_slow_header_a_slow_body_and_an_idle_connection_are_ended(hot: bool) -> None:
    async with serving(hot=hot, pace=QUICK) as house:
        starts = [b"", b"POST /api", note("x")[:-3]]
        clients = [await house.connect() for _ in starts]
        for client, start in zip(clients, starts, strict=True):
            client.send(start)
        idle = await house.connect()
        assert (await idle.ask("GET", "/page")).status == 200
        for client in (*clients, idle):
            assert await client.ended()


async def test_a_dripping_header_is_ended_all_the_same(hot: bool) -> None:
    async with serving(hot=hot, pace=QUICK) as house:
        client = await house.connect()
        client.send(b"GET /api/v10/page HTTP/1.1\r\n")

        async def drip() -> None:
            while True:
                client.send(b"x: y\r\n")
                await asyncio.sleep(0.05)

        dripping = asyncio.create_task(drip())
        assert await client.ended()
        dripping.cancel()


async def test_a_waiting_request_is_not_idle(hot: bool) -> None:
    async with serving(hot=hot, pace=QUICK) as house:
        client = await house.connect()
        client.send(request("GET", "/wait"))
        await asyncio.sleep(0.8)
        house.verbs.gate.set()
        assert (await client.reply()).status == 204
        client.close()


async def test_a_client_that_leaves_does_not_stop_its_verb(house: House) -> None:
    client = await house.connect()
    client.send(request("GET", "/wait"))
    await house.verbs.started.wait()
    client.close()
    await asyncio.sleep(0.05)
    house.verbs.gate.set()
    await settle(lambda: house.verbs.units == ["committed"])
    assert (await house.ask("GET", "/page")).status == 200


async def test_a_stop_finishes_what_is_being_served(hot: bool) -> None:
    async with serving(hot=hot) as house:
        client, idle = await house.connect(), await house.connect()
        client.send(request("GET", "/wait"))
        await house.verbs.started.wait()
        stopping = asyncio.create_task(house.server.stop())
        assert await idle.ended()
        with pytest.raises(OSError, match=r"."):
            await house.connect()
        house.verbs.gate.set()
        reply = await client.reply()
        assert reply.status == 204
        assert await client.ended()
        await stopping


async def test_connections_of_one_address_are_bounded(hot: bool) -> None:
    pace = Pace(sweep_s=0.05, connections_per_address=2)
    async with serving(hot=hot, pace=pace) as house:
        first, second, third = [await house.connect() for _ in range(3)]
        assert (await first.ask("GET", "/page")).status == 200
        assert (await third.reply()).status == 503
        assert await third.ended()
        second.close()
        await asyncio.sleep(0.05)
        assert (await house.ask("GET", "/page")).status == 200
        first.close()


async def test_a_client_that_never_reads_does_not_hold_the_server(hot: bool) -> None:
    async with serving(hot=hot, pace=QUICK, rate_limits=False) as house:
        deaf = socket.socket()
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(deaf, ("127.0.0.1", house.port))

        async def talk() -> None:
            data = note("x" * 2000) * 200
            while True:
                await loop.sock_sendall(deaf, data)

        with pytest.raises(OSError, match=r"."):
            async with asyncio.timeout(20):
                await talk()
        deaf.close()


async def test_pages_of_other_origins_are_let_in_only_by_name(hot: bool) -> None:
    page = {"origin": "https://app.example"}
    async with serving(hot=hot) as house:
        reply = await house.ask("GET", "/page", **page)
        assert "access-control-allow-origin" not in reply.headers
    async with serving(hot=hot, cors_allowed_origins=("https://app.example",)) as house:
        reply = await house.ask("GET", "/page", **page)
        assert reply.headers["access-control-allow-origin"] == "https://app.example"
        assert reply.headers["vary"] == "Origin"
        assert "X-RateLimit-Remaining" in reply.headers["access-control-expose-headers"]
        other = await house.ask("GET", "/page", origin="https://evil.example")
        assert "access-control-allow-origin" not in other.headers


async def test_a_preflight_is_answered(hot: bool) -> None:
    asked = {
        "origin": "https://app.example",
        "access_control_request_method": "POST",
        "access_control_request_headers": "authorization",
        "authorization": "",
    }
    async with serving(hot=hot, cors_allowed_origins=("*",)) as house:
        reply = await house.ask("OPTIONS", MESSAGES, **asked)
        assert reply.status == 204
        assert reply.headers["access-control-allow-origin"] == "*"
        assert reply.headers["access-control-allow-methods"] == "OPTIONS, POST"
        assert "Authorization" in reply.headers["access-control-allow-headers"]


async def test_what_is_not_the_api_goes_to_the_site(hot: bool) -> None:
    async def site(scope: Any, _: Any, send: Any) -> None:
        body = json.dumps([scope["path"], scope["client"][0], scope["scheme"]]).encode()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body})

    async with serving(hot=hot, site=site) as house:
        client = await house.connect()
        client.send(f"GET /any?x HTTP/1.1\r\nHost: x\r\nAuthorization: {TOKEN}\r\n\r\n".encode())
        head = await client.reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200")
        assert b'["/any", "127.0.0.1", "http"]' in await client.reader.readuntil(b"0\r\n\r\n")
        assert (await client.ask("GET", "/api/v8/page")).status == 404
        assert (await client.ask("GET", "/page")).status == 200
        client.close()


async def test_an_upgrade_to_something_else_is_declined_quietly(house: House) -> None:
    client = await house.connect()
    upgrade = {"connection": "Upgrade, HTTP2-Settings", "upgrade": "h2c"}
    client.send(request("GET", "/page", **upgrade) + request("GET", "/page?limit=9"))
    assert (await client.reply()).status == 200
    assert (await client.reply()).json["limit"] == 9
    client.send(note("with a body", **upgrade) + note("and another"))
    assert [(await client.reply()).json["content"] for _ in range(2)] == [
        "with a body",
        "and another",
    ]
    client.close()
