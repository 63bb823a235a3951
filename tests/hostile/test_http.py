"""Requests no honest client sends: the right refusal, and what they try to slip in does not happen.

What single parts do with them is tested in tests/http; here the whole server is the target.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from urllib.parse import urlsplit

import pytest

from tests.hostile.scene import Scene
from tests.http.serving import Client, request

_PASSWD: Final = b"root:"


@asynccontextmanager
async def connected(scene: Scene) -> AsyncIterator[Client]:
    host, port = urlsplit(scene.server.url).netloc.split(":")
    client = Client(*await asyncio.open_connection(host, int(port)))
    try:
        yield client
    finally:
        client.close()


async def said(scene: Scene, sent: bytes, *, then_close: bool = True) -> bytes:
    """All that the server says to these bytes."""
    async with connected(scene) as client:
        client.send(sent)
        if then_close and client.writer.can_write_eof():
            await asyncio.sleep(0.05)
            client.writer.write_eof()
        async with asyncio.timeout(15):
            try:
                return await client.reader.read()
            except ConnectionResetError:
                return b""


def message(scene: Scene, content: str, **headers: str) -> bytes:
    path = scene.path("/channels/{channel_id}/messages")
    token = str(scene.owner.api.token)
    return request("POST", path, {"content": content}, authorization=token, **headers)


def smuggler(scene: Scene, *lines: str, body: bytes) -> bytes:
    """A request whose length can be read in two ways."""
    token = str(scene.owner.api.token)
    head = ["GET /api/v10/users/@me HTTP/1.1", "Host: rift.test", f"Authorization: {token}", *lines]
    return "\r\n".join([*head, "", ""]).encode() + body


SHAPES: Final = {
    "a length and chunks": ("Content-Length: {all}", "Transfer-Encoding: chunked"),
    "chunks and a length": ("Transfer-Encoding: chunked", "Content-Length: {all}"),
    "two lengths": ("Content-Length: 5", "Content-Length: {all}"),
    "a list of lengths": ("Content-Length: 5, {all}",),
    "a signed length": ("Content-Length: +5",),
    "a negative length": ("Content-Length: -1",),
    "a hexadecimal length": ("Content-Length: 0x5",),
    "an endless length": ("Content-Length: 99999999999999999999999",),
    "a length with a space inside": ("Content-Length: 5 0",),
    "a space before the colon": ("Transfer-Encoding : chunked", "Content-Length: 5"),
    "chunks that are not the last coding": ("Transfer-Encoding: chunked, identity",),
    "chunks twice": ("Transfer-Encoding: chunked", "Transfer-Encoding: chunked, chunked"),
    "a folded header": ("Transfer-Encoding:", " chunked", "Content-Length: 5"),
    "an unknown coding": ("Transfer-Encoding: xchunked", "Content-Length: 5"),
    "a tab in the coding": ("Transfer-Encoding: \tchunked", "Content-Length: 5"),
    "a carriage return alone": ("X: y\rTransfer-Encoding: chunked", "Content-Length: 5"),
    "a NUL in a header": ("X: y\0Transfer-Encoding: chunked", "Content-Length: 5"),
}


@pytest.mark.parametrize("shape", SHAPES)
async def test_no_request_is_smuggled_in_a_body(scene: Scene, shape: str) -> None:
    hidden = message(scene, "smuggled")
    body = b"0\r\n\r\n" + hidden
    lines = [line.format(all=len(body)) for line in SHAPES[shape]]
    async with scene.unchanged():
        answer = await said(scene, smuggler(scene, *lines, body=body))
    assert answer.count(b"HTTP/1.1 400") + answer.count(b"HTTP/1.1 413") == 1, answer
    assert b"HTTP/1.1 200" not in answer


@pytest.mark.parametrize(
    "chunk",
    [
        b"-1\r\n",
        b"0x5\r\nhello\r\n0\r\n\r\n",
        b"ffffffffffffffffffff\r\n",
        b"5;\nhello\r\n0\r\n\r\n",
        b"5\r\nhelloworld\r\n0\r\n\r\n",
        b"\r\n\r\n",
        b"g\r\n",
        b" 5\r\nhello\r\n0\r\n\r\n",
    ],
)
async def test_broken_chunks_are_refused(scene: Scene, chunk: bytes) -> None:
    head = message(scene, "x").partition(b"\r\n\r\n")[0].split(b"\r\n")
    kept = [line for line in head if not line.lower().startswith(b"content-length")]
    lines = [*kept, b"Transfer-Encoding: chunked", b"", b""]
    async with scene.unchanged():
        answer = await said(scene, b"\r\n".join(lines) + chunk)
    assert b" 200 " not in answer
    assert answer.count(b"HTTP/1.1 400") == 1, answer


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 64,
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET /\r\n\r\n",
        b"GET / HTTP/7.3\r\n\r\n",
        b"GET  /  HTTP/1.1\r\n\r\n",
        b"get /healthz HTTP/1.1\r\n\r\n",
        b"\0" * 100,
        b"\r\n" * 10 + b"nonsense\r\n\r\n",
        b"GET /healthz HTTP/1.1\nHost: a\n\x01: b\n\n",
        b"CONNECT rift.test:80 HTTP/1.1\r\nHost: rift.test:80\r\n\r\n",
        b"TRACE /api/v10/users/@me HTTP/1.1\r\nHost: a\r\n\r\n",
        b"BREW /api/v10/users/@me HTTP/1.1\r\nHost: a\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET http:// HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET http://[::1 HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET \xff\xfe\x80 HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /\xff\xfe/%zz/%u0041 HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /api/v10/%zz%/%f HTTP/1.1\r\nHost: a\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.6\r\n",
    ],
)
async def test_what_is_hardly_http_harms_nobody(scene: Scene, garbage: bytes) -> None:
    async with scene.unchanged():
        answer = await said(scene, garbage)
    assert b"HTTP/1.1 5" not in answer
    assert b"HTTP/1.1 200" not in answer or b"<!doctype html>" in answer.lower(), answer


async def test_http_1_0_is_answered_once_and_closed(scene: Scene) -> None:
    async with connected(scene) as client:
        client.send(b"GET /healthz HTTP/1.0\r\n\r\n")
        async with asyncio.timeout(5):
            answer = await client.reader.read()
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.endswith(b'{"status":"ok"}')


async def test_pipelined_requests_are_answered_in_order_up_to_the_broken_one(scene: Scene) -> None:
    token = str(scene.owner.api.token)
    paths = ["/users/@me", scene.path("/channels/{channel_id}"), "/nothing"] * 20
    sent = b"".join(request("GET", path, authorization=token) for path in paths)
    async with scene.unchanged(), connected(scene) as client:
        client.send(sent + b"nonsense\r\n\r\n" + message(scene, "after the end"))
        for path in paths:
            reply = await client.reply()
            assert reply.status == (404 if path == "/nothing" else 200)
        assert await client.ended(), "what was broken must not look like an answer to what was not"


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param([f"X-{n}: {n}" for n in range(20_000)], id="many"),
        pytest.param(["X: " + "a" * 1_000_000], id="one long value"),
        pytest.param(["X" * 1_000_000 + ": a"], id="one long name"),
        pytest.param(["Cookie: a=b"] * 5_000, id="many of one name"),
        pytest.param(["Authorization: Bot " + "x" * 100_000], id="a long token"),
    ],
)
async def test_header_bombs_are_431(scene: Scene, headers: list[str]) -> None:
    async with scene.unchanged():
        bomb = "\r\n".join(["GET /api/v10/users/@me HTTP/1.1", "Host: a", *headers, "", ""])
        answer = await said(scene, bomb.encode(), then_close=False)
    assert answer.startswith(b"HTTP/1.1 431 ") or answer == b"", answer[:200]


async def test_a_long_address_is_431(scene: Scene) -> None:
    answer = await said(scene, b"GET /%b HTTP/1.1\r\nHost: a\r\n\r\n" % (b"a" * 100_000))
    assert answer.startswith(b"HTTP/1.1 431 ") or answer == b"", answer[:200]


@pytest.mark.parametrize("length", ["1048577", "99999999999", "9223372036854775807"])
async def test_a_body_declared_too_large_is_refused_before_it_is_sent(
    scene: Scene, length: str
) -> None:
    head, _, _ = message(scene, "x").partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.startswith(b"content-length")]
    async with scene.unchanged(), connected(scene) as client:
        client.send(b"\r\n".join([*lines, b"Content-Length: " + length.encode(), b"", b'{"con']))
        reply = await client.reply()
    assert reply.status == 413
    assert reply.json["code"] == 40005


async def test_a_body_without_an_end_is_refused_at_its_limit(scene: Scene) -> None:
    head, _, _ = message(scene, "x").partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.startswith(b"content-length")]
    async with scene.unchanged(), connected(scene) as client:
        client.send(b"\r\n".join([*lines, b"Transfer-Encoding: chunked", b"", b""]))
        chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        for _ in range(20):
            client.send(chunk)
        reply = await client.reply()
    assert reply.status == 413
    assert reply.json["code"] == 40005


@pytest.mark.parametrize("path", ["/channels/{channel_id}", "/channels/{channel_id}/messages"])
async def test_a_body_that_goes_wrong_halfway_is_400(scene: Scene, path: str) -> None:
    method = "POST" if path.endswith("messages") else "PATCH"
    token = str(scene.owner.api.token)
    chunked = {"content_length": "", "transfer_encoding": "chunked"}
    sent = request(method, scene.path(path), b"", authorization=token, **chunked)
    async with scene.unchanged(), connected(scene) as client:
        client.send(sent + b"2\r\n{}\r\n")
        await asyncio.sleep(0.1)
        client.send(b"nonsense\r\n")
        assert (await client.reply()).status == 400
        assert await client.ended()


async def test_a_body_that_breaks_off_changes_nothing(scene: Scene) -> None:
    async with scene.unchanged():
        answer = await said(scene, message(scene, "cut off, and never said")[:-3])
        assert b"HTTP/1.1 2" not in answer


@pytest.mark.parametrize(
    "path",
    [
        "/../../../../etc/passwd",
        "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2f..%2f..%2f..%2fetc/passwd",
        "/assets/../../../../../../etc/passwd",
        "/assets/..%5c..%5c..%5cetc%5cpasswd",
        "//etc/passwd",
        "///etc///passwd",
        "/%2fetc%2fpasswd",
        "/etc/passwd%00.html",
        "/cdn/../../../etc/passwd",
        "/api/../../../etc/passwd",
        "/.git/config",
        "/index.html/../../pyproject.toml",
        "/....//....//etc/passwd",
        "/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
        "/file:///etc/passwd",
    ],
)
async def test_no_path_leads_out_of_the_site(scene: Scene, path: str) -> None:
    sent = f"GET {path} HTTP/1.1\r\nHost: rift.test\r\nConnection: close\r\n\r\n"
    answer = await said(scene, sent.encode(), then_close=False)
    assert _PASSWD not in answer
    assert b"[core]" not in answer
    assert b"[project]" not in answer
    assert answer.startswith((b"HTTP/1.1 404 ", b"HTTP/1.1 400 ", b"HTTP/1.1 200 ")), answer[:100]


async def test_clients_that_leave_at_any_moment_harm_nobody(scene: Scene) -> None:
    whole = request("GET", "/users/@me", authorization=str(scene.owner.api.token))
    async with scene.unchanged():
        for cut in range(0, len(whole), 7):
            async with connected(scene) as client:
                client.send(whole[:cut])
                await client.writer.drain()
                client.writer.transport.abort()
