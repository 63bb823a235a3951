"""One gateway socket: reads what the client says, and speaks for the session it belongs to."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, Final, cast

import msgspec
from picows import WSCloseCode, WSFrame, WSListener, WSMsgType, WSTransport

from rift.doors.discord.gateway.session import Session
from rift.doors.http.websocket import say_goodbye, write_at_once
from rift.errors import Refusal
from rift.protocols.commands import Command, Heartbeat
from rift.protocols.connection import Address, Connection
from rift.protocols.frames import Stream
from rift.protocols.gateway import CloseCode, Closing, Opcode
from rift.wire.gateway import Hello

if TYPE_CHECKING:
    from rift.doors.discord.gateway.door import GatewayDoor

_log = logging.getLogger(__name__)
_JSON: Final = msgspec.json.Encoder()
_WAITING_AT_MOST: Final = 32
_CLOSE_CODES: Final = range(1000, 5000)
"""What may be said back: a client may name no code at all, or one that there cannot be."""
_GOODBYES: Final = (WSCloseCode.OK, WSCloseCode.GOING_AWAY)


class Socket(WSListener):
    """Commands are carried out one after the other, in the order they came."""

    def __init__(self, door: "GatewayDoor", address: Address, caller: str) -> None:
        self.door = door
        self.version = address.version
        self.caller = caller
        self.url = ""
        self.session: Session | None = None
        self.stream: Stream = door.hub.encoder.open_stream(address.encoding, address.compression)
        self._rules = Connection(address.encoding, door.rules, door.clock())
        self._transport: WSTransport | None = None
        self._working: asyncio.Task[None] | None = None
        self._waiting: list[Command] = []  # few at most, and a deque takes 760 bytes of its own
        self._fragments: bytearray | None = None
        self._is_held_up = False

    # What picows calls

    def on_ws_connected(self, transport: WSTransport) -> None:
        self._transport = transport
        write_at_once(transport)
        self.door.sockets.add(self)
        self.say(Opcode.HELLO, Hello(heartbeat_interval=self.door.heartbeat_ms))

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        kind = frame.msg_type
        if kind == WSMsgType.CLOSE:
            self._on_close(transport, frame)
        elif self._transport is None:
            pass  # it was told goodbye, and whatever it says until it has heard that is too late
        elif kind == WSMsgType.PING:
            self._pong(transport, frame)
        elif kind in (WSMsgType.TEXT, WSMsgType.BINARY, WSMsgType.CONTINUATION):
            self._on_message(frame)

    def on_ws_disconnected(self, transport: WSTransport) -> None:  # noqa: ARG002
        self._transport = None
        self.door.sockets.discard(self)
        if self._working is not None:
            self._working.cancel()
        if self.session is not None:
            self.session.disconnect(self.door.clock())

    def pause_writing(self) -> None:
        self._is_held_up = True
        if self.session is not None:
            self.session.fall_behind()

    def resume_writing(self) -> None:
        self._is_held_up = False
        if self.session is not None and not self.session.catch_up():
            self.close(CloseCode.UNKNOWN_ERROR, "Too slow; what was missed is gone.")

    # What the door calls

    @property
    def transport(self) -> WSTransport | None:
        return self._transport

    def speak_for(self, session: Session) -> None:
        """Belong to a session, which has to wait if the socket is full already."""
        self.session = session
        if self._is_held_up:
            session.fall_behind()

    def say(self, op: int, data: object) -> None:
        """Send a message that is not an event."""
        if self._transport is not None:
            message = _JSON.encode({"t": None, "s": None, "op": op, "d": data})
            self._transport.underlying_transport.write(self.stream.single(message))

    def reject(self, *, resumable: bool) -> None:
        """INVALID_SESSION: the client may identify afresh, or resume again, on this socket."""
        self._rules.reject()
        self.say(Opcode.INVALID_SESSION, resumable)

    def close(self, code: CloseCode, reason: str = "") -> None:
        """Close the connection; whether its session survives depends on the code."""
        session, self.session = self.session, None
        if session is not None:
            session.disconnect(self.door.clock())
            if not code.resumable:
                self.door.end(session)
        transport, self._transport = self._transport, None
        self.door.sockets.discard(self)
        if transport is not None:
            say_goodbye(transport, code, reason)

    def overdue(self, now: float) -> bool:
        return now > self._rules.dies_at

    # Messages

    def _on_message(self, frame: WSFrame) -> None:
        message = self._whole(frame)
        if message is None:
            return
        try:
            command = self._rules.receive(message, self.door.clock())
        except Closing as closing:
            self.close(closing.code, closing.reason)
            return
        if isinstance(command, Heartbeat):
            self._beat(command)
        elif self._working is not None:
            self._queue(command)
        else:
            self._start(command)

    def _whole(self, frame: WSFrame) -> bytes | None:
        """The message, put together where it came in fragments."""
        payload = frame.get_payload_as_bytes()
        if frame.fin and self._fragments is None:
            return payload
        gathered = self._fragments = (self._fragments or bytearray()) + payload
        if len(gathered) > self.door.rules.max_payload_bytes:
            self.close(CloseCode.DECODE_ERROR, CloseCode.DECODE_ERROR.reason)
            return None
        if not frame.fin:
            return None
        self._fragments = None
        return bytes(gathered)

    def _pong(self, transport: WSTransport, frame: WSFrame) -> None:
        """Whoever does not read gets no more to read: pongs would pile up without end."""
        if not self._is_held_up:
            transport.send_pong(frame.get_payload_as_bytes())

    def _on_close(self, transport: WSTransport, frame: WSFrame) -> None:
        """A client that says goodbye with 1000 or 1001 ends its session; others may come back."""
        code = frame.get_close_code()
        session, self.session = self.session, None
        if session is not None:
            session.disconnect(self.door.clock())
            if code in _GOODBYES:
                self.door.end(session)
        answer = code if cast(int, code) in _CLOSE_CODES else WSCloseCode.OK
        transport.send_close(answer, frame.get_close_message())
        transport.disconnect()

    def _beat(self, heartbeat: Heartbeat) -> None:
        self.say(Opcode.HEARTBEAT_ACK, None)
        if self.session is not None and heartbeat.seq is not None:
            self.session.acknowledge(heartbeat.seq)

    def _queue(self, command: Command) -> None:
        if len(self._waiting) >= _WAITING_AT_MOST:
            self.close(CloseCode.RATE_LIMITED, CloseCode.RATE_LIMITED.reason)
        else:
            self._waiting.append(command)

    def _start(self, command: Command) -> None:
        work = self.door.carry_out(self, command)
        if work is not None:
            self._working = self.door.start(self._work(work))

    async def _work(self, work: Coroutine[Any, Any, None]) -> None:
        """Carry out a command and those that came meanwhile; the edge of a socket's task."""
        try:
            await work
            while self._waiting and self._transport is not None:
                following = self.door.carry_out(self, self._waiting.pop(0))
                if following is not None:
                    await following
        except Closing as closing:
            self.close(closing.code, closing.reason)
        except Refusal as refusal:
            _log.info("a gateway command was refused: %s", refusal.message)
            self.close(CloseCode.UNKNOWN_ERROR, CloseCode.UNKNOWN_ERROR.reason)
        except Exception:  # noqa: BLE001  # the edge of a task
            _log.exception("a gateway command failed")
            self.close(CloseCode.UNKNOWN_ERROR, CloseCode.UNKNOWN_ERROR.reason)
        finally:
            self._working = None
