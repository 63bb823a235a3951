"""The hand-over of an upgraded connection to picows: the only file that knows its inside.

`WSProtocol` is not in the public interface of picows, so its version is pinned and
tests/http/test_sockets.py guards what is relied on here.
"""

import asyncio
import binascii
import logging
import os
from base64 import b64decode
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, cast

from picows import WSCloseCode, WSListener, WSTransport
from picows.picows import WSProtocol  # type: ignore[attr-defined]  # not public

from rift.doors.http.connections import PassOn, ServerContext
from rift.doors.http.refusals import BadRequest, VersionNotSupported
from rift.errors import NotFound, Unavailable

if TYPE_CHECKING:
    from rift.doors.http.lane import Lane

_log: Final = logging.getLogger(__name__)
_FAREWELL_S: Final = 2.0


def say_goodbye(transport: WSTransport, code: int, reason: str) -> None:
    """Close with any code, also one that picows' own list does not hold.

    The client hangs up when it has read why. Were we to hang up while it still sends, what it had
    not read yet would be thrown away, and with it the code.
    """
    transport.send_close(cast(WSCloseCode, int(code)), reason.encode())
    asyncio.get_running_loop().call_later(_FAREWELL_S, transport.disconnect)


def write_at_once(transport: WSTransport) -> None:
    """Let nothing wait in the transport's buffer unless the socket itself is full.

    Its listener hears of that from the first byte on, by `pause_writing`. Until then whoever knows
    the descriptor may write to it, and what is said stays in order.
    """
    transport.underlying_transport.set_write_buffer_limits(high=0)


def descriptor_of(transport: WSTransport) -> int:
    descriptor: int = transport.underlying_transport.get_extra_info("socket").fileno()
    return descriptor


class _Diary:
    """What picows logs to: a real logger would be copied for each connection."""

    def isEnabledFor(self, _: int) -> bool:  # noqa: N802  # the name of logging's method
        return False

    def _ignore(self, *_: object) -> None:
        """What a client did wrong is told to the client."""

    log = debug = info = warning = error = _ignore

    def exception(self, message: str, *args: object) -> None:
        _log.exception(message, *args)


_DIARY: Final = _Diary()


class Socket(WSProtocol):  # type: ignore[misc]  # picows types it as Any
    """A WebSocket connection; uvicorn sees it as one of its own."""

    def __init__(self, lane: "Lane", context: ServerContext, listener: WSListener) -> None:
        super().__init__(
            host_port=None,
            ws_path=None,
            is_client_side=False,
            ws_listener_factory=lambda _: listener,
            logger=_DIARY,
            disconnect_on_exception=True,
            websocket_handshake_timeout=None,
            enable_auto_ping=False,
            auto_ping_idle_timeout=None,
            auto_ping_reply_timeout=None,
            auto_ping_strategy=1,
            enable_auto_pong=False,  # the listener knows whether anybody reads
            max_frame_size=context.pace.socket_frame_bytes,
            extra_headers=None,
            read_buffer_init_size=0,
        )
        self._connections = lane.server_state.connections
        self._context = context
        self._address = lane.address if lane.is_counted else None

    def connection_made(self, transport: asyncio.Transport) -> None:
        self._connections.add(self)
        super().connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._connections.discard(self)
        if self._address is not None:
            self._context.leave(self._address)
        super().connection_lost(exc)

    def feed(self, data: bytes) -> None:
        """Take in bytes that were read before the hand-over; the buffer grows as it fills."""
        view = memoryview(data)
        while view:
            buffer = self.get_buffer(-1)
            size = min(len(buffer), len(view))
            buffer[:size] = view[:size]
            self.buffer_updated(size)
            view = view[size:]

    def sweep(self) -> None:
        """Heartbeats are the listener's business."""

    def shutdown(self) -> None:
        """The server stops: say so, and end the connection."""
        self.transport.send_close(WSCloseCode.SERVICE_RESTART, b"the server restarts")
        self.transport.disconnect()


def hand_over(lane: "Lane", rest: bytes) -> None:
    """Make a connection that asked for it a WebSocket; `rest` came glued to its handshake."""
    context = lane.context
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in lane.headers}
    path, _, query = lane.url.decode("latin-1").partition("?")
    known_as = path.rstrip("/") or "/"
    if known_as in context.elsewhere:
        _pass_on(lane, context.elsewhere[known_as], rest)
        return
    accept = context.sockets.get(known_as)
    if accept is None:
        raise NotFound
    key = _key(headers)
    address = lane.address
    if lane.is_proxied:
        address, _ = lane.proxies.caller(dict(lane.headers), address, "http")
    listener = accept(path, query, headers, address)
    _exchange(lane, Socket(lane, context, listener), _handshake(key) + rest)


def _pass_on(lane: "Lane", pass_on: PassOn, rest: bytes) -> None:
    """Let another worker have the connection, as if it had come to it."""
    lines = b"".join(b"%b: %b\r\n" % header for header in lane.headers)
    head = b"GET %b HTTP/1.1\r\n%b\r\n" % (lane.url, lines)
    descriptor = os.dup(lane.transport.get_extra_info("socket").fileno())
    try:
        passed = pass_on(descriptor, head + rest)
    finally:
        os.close(descriptor)
    if not passed:
        raise Unavailable
    lane.transport.abort()


def _exchange(lane: "Lane", socket: Any, first: bytes) -> None:
    """Put the socket in the lane's place."""
    transport = lane.transport
    lane.connections.discard(lane)
    lane.is_counted = False
    # Parser and protocol refer to each other: undone here, the memory is free at once.
    lane.parser = None  # type: ignore[assignment]
    # uvloop keeps the last data_received it knew, and with it the lane: let it know another.
    transport.set_protocol(asyncio.Protocol())
    transport.set_protocol(socket)
    socket.connection_made(transport)
    socket.feed(first)


def _key(headers: Mapping[str, str]) -> str:
    if headers.get("sec-websocket-version") != "13":
        raise VersionNotSupported
    key = headers.get("sec-websocket-key", "")
    try:
        if len(b64decode(key, validate=True)) == 16:
            return key
    except (binascii.Error, ValueError):
        pass
    raise BadRequest


def _handshake(key: str) -> bytes:
    """The request as picows wants it: it would refuse Firefox's `keep-alive, Upgrade`."""
    return (
        b"GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %b\r\n\r\n"
    ) % key.encode("latin-1")
