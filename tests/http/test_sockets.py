"""The hand-over of a connection to a WebSocket; what we rely on of picows is guarded here."""

import asyncio
import gc
import os
import struct
from collections.abc import Mapping

import pytest
import websockets
from picows import WSFrame, WSListener, WSMsgType, WSTransport

from rift.doors.http.connections import Pace
from rift.doors.http.websocket import descriptor_of, write_at_once
from rift.errors import Forbidden
from tests.http.serving import House, request, serving, settle

UPGRADE = {
    "connection": "keep-alive, Upgrade",
    "upgrade": "websocket",
    "sec_websocket_version": "13",
    "sec_websocket_key": "dGhlIHNhbXBsZSBub25jZQ==",
    "sec_websocket_extensions": "permessage-deflate; client_max_window_bits",
}


class Echo(WSListener):
    def __init__(self, door: "Door") -> None:
        super().__init__()
        self.door = door

    def on_ws_connected(self, _: WSTransport) -> None:
        self.door.connected += 1

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.CLOSE:
            transport.send_close(frame.get_close_code(), frame.get_close_message())
            transport.disconnect()
        elif frame.get_payload_as_bytes() == b"end":
            transport.send_close(4004, b"no")  # type: ignore[arg-type]  # any code will do
            transport.disconnect()
        else:
            transport.send(frame.msg_type, frame.get_payload_as_bytes())

    def on_ws_disconnected(self, _: WSTransport) -> None:
        self.door.disconnected += 1

    def pause_writing(self) -> None:
        self.door.paused += 1

    def resume_writing(self) -> None:
        self.door.resumed += 1


class Door:
    """Lets everybody in who does not ask for /?no, and counts."""

    def __init__(self) -> None:
        self.connected = self.disconnected = self.paused = self.resumed = 0
        self.told = 0
        self.listener: type[Echo] = Echo
        self.seen: tuple[str, str, Mapping[str, str], str] | None = None

    def __call__(
        self, path: str, query: str, headers: Mapping[str, str], address: str
    ) -> WSListener:
        self.seen = (path, query, headers, address)
        if query == "no":
            raise Forbidden
        return self.listener(self)

    def paths(self) -> dict[str, "Door"]:
        return {"/gateway": self, "/": self}


def upgrade(path: str = "/gateway", **headers: str) -> bytes:
    data = request("GET", "/api" + path, **{**UPGRADE, **headers})
    return data.replace(b"GET /api/", b"GET /", 1)


def frame(payload: bytes, opcode: int = 1) -> bytes:
    size = len(payload)
    length = bytes([128 | size]) if size < 126 else b"\xfe" + struct.pack(">H", size)
    return bytes([128 | opcode]) + length + b"\0\0\0\0" + payload


@pytest.mark.parametrize(
    "path", ["/gateway", "/gateway/", "/", "/?v=10&encoding=json", "/gateway/?v=9"]
)
async def test_a_socket_is_let_in_and_echoes(path: str) -> None:
    door = Door()
    async with serving(sockets=door.paths()) as house:
        url = f"ws://127.0.0.1:{house.port}{path}"
        async with websockets.connect(url, compression="deflate") as socket:
            assert "Sec-WebSocket-Extensions" not in socket.response.headers  # type: ignore[union-attr]
            await socket.send("hello")
            assert await socket.recv() == "hello"
            await socket.send(b"\0\1")
            assert await socket.recv() == b"\0\1"
            await (await socket.ping())
        assert socket.close_code == 1000
        await settle(lambda: door.disconnected == 1)
        assert door.seen is not None
        assert door.seen[0] == path.partition("?")[0]
        assert door.seen[1] == path.partition("?")[2]
        assert door.seen[2]["host"] == f"127.0.0.1:{house.port}"
        assert door.seen[3] == "127.0.0.1"


async def test_a_close_code_of_our_own_reaches_the_client() -> None:
    async with serving(sockets=Door().paths()) as house:
        async with websockets.connect(f"ws://127.0.0.1:{house.port}/") as socket:
            await socket.send("end")
            with pytest.raises(websockets.ConnectionClosed):
                await socket.recv()
        assert (socket.close_code, socket.close_reason) == (4004, "no")


async def test_a_connection_is_upgraded_after_ordinary_requests(hot: bool) -> None:
    async with serving(hot=hot, sockets=Door().paths()) as house:
        client = await house.connect()
        for _ in range(3):
            assert (await client.ask("GET", "/page")).status == 200
        client.send(upgrade())
        reply = await client.reply()
        assert reply.status == 101
        assert reply.headers["sec-websocket-accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
        client.send(frame(b"x"))
        assert await client.reader.readexactly(3) == b"\x81\x01x"


@pytest.mark.parametrize("size", [5, 120, 4000, 30_000])
async def test_a_frame_glued_to_the_handshake_is_not_lost(size: int) -> None:
    async with serving(sockets=Door().paths()) as house:
        client = await house.connect()
        sent = [frame(os.urandom(size)[:size], 2), frame(b"two")]
        client.send(upgrade() + b"".join(sent))
        assert (await client.reply()).status == 101
        head = 2 if size < 126 else 4
        assert len(await client.reader.readexactly(head + size)) == head + size
        assert await client.reader.readexactly(5) == b"\x81\x03two"


async def test_a_handshake_with_a_large_cookie_is_understood() -> None:
    async with serving(sockets=Door().paths()) as house:
        client = await house.connect()
        client.send(upgrade(cookie="x" * 6000))
        assert (await client.reply()).status == 101


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/elsewhere", {}, 404),
        ("/gateway?no", {}, 403),
        ("/gateway", {"sec_websocket_key": "short"}, 400),
        ("/gateway", {"sec_websocket_key": ""}, 400),
        ("/gateway", {"sec_websocket_version": "8"}, 426),
    ],
)
async def test_a_wrong_handshake_is_refused(
    path: str, headers: dict[str, str], status: int
) -> None:
    door = Door()
    async with serving(sockets=door.paths()) as house:
        client = await house.connect()
        client.send(upgrade(path, **headers))
        reply = await client.reply()
        assert reply.status == status
        assert "code" in reply.json
        assert await client.ended()
        assert door.connected == 0


async def test_a_frame_too_large_is_closed_with_1009() -> None:
    async with serving(sockets=Door().paths(), pace=Pace(socket_frame_bytes=5000)) as house:
        async with websockets.connect(f"ws://127.0.0.1:{house.port}/") as socket:
            await socket.send("x" * 5000)
            assert await socket.recv() == "x" * 5000
            await socket.send("x" * 5001)
            with pytest.raises(websockets.ConnectionClosed):
                await socket.recv()
        assert socket.close_code == 1009


async def test_an_upgrade_does_not_overtake_a_waiting_request(house: House) -> None:
    client = await house.connect()
    client.send(request("GET", "/wait") + upgrade())
    await house.verbs.started.wait()
    house.verbs.gate.set()
    assert (await client.reply()).status == 204
    assert await client.ended()


async def test_a_stop_closes_sockets_with_1012() -> None:
    door = Door()
    async with serving(sockets=door.paths()) as house:
        async with websockets.connect(f"ws://127.0.0.1:{house.port}/") as socket:
            await house.server.stop()
            with pytest.raises(websockets.ConnectionClosed):
                await socket.recv()
        assert socket.close_code == 1012
        await settle(lambda: door.disconnected == 1)


async def test_sockets_count_towards_the_connections_of_an_address() -> None:
    pace = Pace(sweep_s=0.05, connections_per_address=2)
    async with serving(sockets=Door().paths(), pace=pace) as house:
        first, second, third = [await house.connect() for _ in range(3)]
        for client in (first, second):
            client.send(upgrade())
            assert (await client.reply()).status == 101
        assert (await third.reply()).status == 503
        first.close()
        await asyncio.sleep(0.05)
        fourth = await house.connect()
        fourth.send(upgrade())
        assert (await fourth.reply()).status == 101


async def test_a_slow_reader_pauses_and_resumes_its_listener() -> None:
    door = Door()
    async with serving(sockets=door.paths()) as house:
        client = await house.connect()
        client.send(upgrade())
        await client.reply()
        sent = frame(b"x" * 60_000, 2) * 200
        client.send(sent)
        await settle(lambda: door.paused)
        await client.reader.readexactly(200 * 60_004)
        await settle(lambda: door.resumed)


class Teller(Echo):
    """Tells at once what comes, past the transport, and through it only what is left of that."""

    def on_ws_connected(self, transport: WSTransport) -> None:
        write_at_once(transport)

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        below = transport.underlying_transport
        below.write(b"said, ")
        assert below.get_write_buffer_size() == 0
        said = frame.get_payload_as_bytes() * 1000
        taken = len(said)
        while taken == len(said):
            taken = os.write(descriptor_of(transport), said)
            self.door.told += taken
        before = self.door.paused
        below.write(said[taken:])
        self.door.told += len(said) - taken
        assert (before, self.door.paused) == (0, 1)


async def test_what_is_written_to_a_descriptor_comes_in_turn_until_the_socket_is_full() -> None:
    door = Door()
    door.listener = Teller
    async with serving(sockets=door.paths()) as house:
        client = await house.connect()
        client.send(upgrade())
        await client.reply()
        client.send(frame(b"0123456789" * 100))
        await settle(lambda: door.paused)
        assert await client.reader.readexactly(6) == b"said, "
        told = await client.reader.readexactly(door.told)
        assert told == b"0123456789" * (door.told // 10)
        await settle(lambda: door.resumed)


async def test_the_handed_over_protocol_is_freed_without_the_collector() -> None:
    async with serving(sockets=Door().paths()) as house:
        client = await house.connect()
        gc.collect()
        gc.disable()
        try:
            client.send(upgrade())
            assert (await client.reply()).status == 101
            await asyncio.sleep(0.01)
            assert not [kept for kept in gc.get_objects() if type(kept).__name__ == "Lane"]
        finally:
            gc.enable()
