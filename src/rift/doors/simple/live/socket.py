"""One simple WebSocket: reads commands, tells events, and keeps to its bounds."""

import asyncio
import logging
from collections import deque
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, Final, cast

import msgspec
from picows import WSCloseCode, WSFrame, WSListener, WSMsgType, WSTransport

from rift.doors.http.websocket import say_goodbye
from rift.doors.simple.live import frames
from rift.doors.simple.live.frames import CloseCode, Command, Identify, Told
from rift.errors import InternalError, InvalidForm, Refusal, from_decoding

if TYPE_CHECKING:
    from rift.doors.simple.live.door import LiveDoor

_log: Final = logging.getLogger(__name__)
_WAITING_AT_MOST: Final = 32
_SUBSCRIPTIONS_AT_MOST: Final = 1000
_SENDS_WINDOW_S: Final = 60.0
_IDENTIFY_S: Final = 20.0
_PING_S: Final = 30.0
_SILENCE_S: Final = 90.0
_CLOSE_CODES: Final = range(1000, 5000)
"""What may be said back: a client may name no code at all, or one that there cannot be."""
_NEVER: Final = float("inf")


class Socket(WSListener):
    """Commands are carried out one after the other, in the order they came."""

    def __init__(self, door: "LiveDoor") -> None:
        self.door = door
        self.token = ""
        self.relay: Any = None
        self.channels: set[str] = set()
        self.servers: set[str] = set()
        self.expires_at = _NEVER
        """When the token does, as the house's clock tells time."""
        self._transport: WSTransport | None = None
        self._opened_at = self._heard_at = self._pinged_at = door.clock()
        self._claimed = False
        self._greeted = False
        self._sends = 0
        self._window_ends_at = self._opened_at + _SENDS_WINDOW_S
        self._working: asyncio.Task[None] | None = None
        self._commands: deque[Command] = deque()
        self._fragments: bytearray | None = None
        self._kept: deque[bytes] = deque()
        self._kept_bytes = 0
        self._is_held_up = False

    # What picows calls

    def on_ws_connected(self, transport: WSTransport) -> None:
        self._transport = transport
        self.door.sockets.add(self)

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        kind = frame.msg_type
        self._heard_at = self.door.clock()
        if kind == WSMsgType.CLOSE:
            code = frame.get_close_code()
            transport.send_close(code if cast(int, code) in _CLOSE_CODES else WSCloseCode.OK)
            transport.disconnect()
        elif self._transport is None:
            pass  # it was told goodbye
        elif kind == WSMsgType.PING:
            if not self._is_held_up:
                transport.send_pong(frame.get_payload_as_bytes())
        elif kind in (WSMsgType.TEXT, WSMsgType.BINARY, WSMsgType.CONTINUATION):
            self._on_message(frame)

    def on_ws_disconnected(self, transport: WSTransport) -> None:  # noqa: ARG002
        self._transport = None
        self._leave()

    def pause_writing(self) -> None:
        self._is_held_up = True

    def resume_writing(self) -> None:
        self._is_held_up = False
        if self._greeted:
            self._send_kept()

    # What the door calls

    def greet(self, data: Any) -> None:
        """Ready; and then what was heard before it."""
        self._greeted = True
        self.say(frames.frame("Ready", data))
        if not self._is_held_up:
            self._send_kept()

    def tell(self, told: Told) -> None:
        """An event, if they want it; what is said in private always."""
        private = told.server_id is None
        if private or told.channel_id in self.channels or told.server_id in self.servers:
            if self._greeted:
                self.say(told.text)
            else:
                self._keep(told.text)

    def say(self, text: bytes) -> None:
        """Send a message, or keep it until the socket takes more."""
        if self._is_held_up:
            self._keep(text)
        elif self._transport is not None:
            self._transport.send(WSMsgType.TEXT, text)

    def over(self) -> None:
        """Nothing more will be heard: the session was revoked, or events may have been lost."""
        self.relay = None
        if self.door.knows(self.token):
            self.close(CloseCode.RESTART, "Identify again.")
        else:
            self.close(CloseCode.AUTHENTICATION_FAILED, "The session has ended.")

    def close(self, code: CloseCode, reason: str) -> None:
        transport, self._transport = self._transport, None
        self._leave()
        if transport is not None:
            say_goodbye(transport, code, reason)

    def sweep(self, now: float, wall: float) -> None:
        """Mind the deadlines: to identify, to be alive, and that of the token."""
        if not self._claimed and now > self._opened_at + _IDENTIFY_S:
            self.close(CloseCode.NOT_AUTHENTICATED, "Nobody identified.")
        elif now > self._heard_at + _SILENCE_S:
            self.close(CloseCode.TIMED_OUT, "Nothing was heard for too long.")
        elif wall >= self.expires_at:
            self.close(CloseCode.AUTHENTICATION_FAILED, "The access token has expired.")
        elif now > self._pinged_at + _PING_S and self._transport is not None:
            self._pinged_at = now
            if not self._is_held_up:
                self._transport.send_ping()

    # Messages

    def _on_message(self, frame: WSFrame) -> None:
        message = self._whole(frame)
        if message is None or not self._may_send():
            return
        try:
            command = frames.COMMANDS.decode(message)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            self._answer_nonsense(error)
            return
        if not self._claimed and not isinstance(command, Identify):
            self.close(CloseCode.NOT_AUTHENTICATED, "The first message must be Identify.")
            return
        self._claimed = True
        if self._working is None:
            self._working = self.door.start(self._work(self.door.carry_out(self, command)))
        elif len(self._commands) < _WAITING_AT_MOST:
            self._commands.append(command)
        else:
            self.close(CloseCode.RATE_LIMITED, "Too much at once.")

    def _answer_nonsense(self, error: Exception) -> None:
        if isinstance(error, msgspec.MsgspecError) and self._claimed:
            self.say(frames.refused(from_decoding(error)))
        else:
            self.close(CloseCode.DECODE_ERROR, "This is no message of this API.")

    def _whole(self, frame: WSFrame) -> bytes | None:
        """The message, put together where it came in fragments."""
        if not self._is_lawful(frame):
            self.close(CloseCode.DECODE_ERROR, "This frame has no place here.")
            return None
        gathered = (self._fragments or bytearray()) + frame.get_payload_as_bytes()
        if len(gathered) > self.door.max_payload_bytes:
            self.close(CloseCode.DECODE_ERROR, "This message is too long.")
            return None
        self._fragments = None if frame.fin else gathered
        return bytes(gathered) if frame.fin else None

    def _is_lawful(self, frame: WSFrame) -> bool:
        """What was begun is gone on with, nothing else is, and nothing is said in reserved bits."""
        goes_on = frame.msg_type == WSMsgType.CONTINUATION
        is_begun = self._fragments is not None
        return goes_on == is_begun and not (frame.rsv1 or frame.rsv2 or frame.rsv3)

    def _may_send(self) -> bool:
        now, limit = self.door.clock(), self.door.sends_per_minute
        if now >= self._window_ends_at:
            self._sends = 0
            self._window_ends_at = now + _SENDS_WINDOW_S
        self._sends += 1
        if limit is not None and self._sends > limit:
            self.close(CloseCode.RATE_LIMITED, "Too many messages in a minute.")
            return False
        return True

    async def _work(self, work: Coroutine[Any, Any, None]) -> None:
        """Carry out a command and those that came meanwhile; the edge of a socket's task."""
        try:
            await self._carry_out(work)
            while self._commands and self._transport is not None:
                await self._carry_out(self.door.carry_out(self, self._commands.popleft()))
        finally:
            self._working = None

    async def _carry_out(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            async with asyncio.timeout(self.door.verb_s):
                await work
        except Refusal as refusal:
            self.say(frames.refused(refusal))
        except Exception:  # noqa: BLE001  # the edge of a task
            _log.exception("a command of a simple socket failed")
            self.say(frames.refused(InternalError()))

    # Subscriptions

    def subscribe(self, channel_id: str | None = None, server_id: str | None = None) -> None:
        """Hear of a channel, or of a whole server, as far as one may see it."""
        if len(self.channels) + len(self.servers) >= _SUBSCRIPTIONS_AT_MOST:
            words = f"One connection subscribes to {_SUBSCRIPTIONS_AT_MOST} things at most."
            raise InvalidForm.at("", "TOO_MANY_SUBSCRIPTIONS", words)
        if channel_id is not None:
            self.channels.add(channel_id)
        if server_id is not None:
            self.servers.add(server_id)

    # What waits for the socket

    def _keep(self, text: bytes) -> None:
        self._kept.append(text)
        self._kept_bytes += len(text)
        if self._kept_bytes > self.door.kept_bytes:
            self.close(CloseCode.TOO_SLOW, "Too slow; what was missed is to be read by REST.")

    def _send_kept(self) -> None:
        while self._kept and not self._is_held_up:
            text = self._kept.popleft()
            self._kept_bytes -= len(text)
            self.say(text)

    def _leave(self) -> None:
        self.door.sockets.discard(self)
        relay, self.relay = self.relay, None
        if relay is not None:
            self.door.leave(relay)
        if self._working is not None:
            self._working.cancel()
        self._kept.clear()
        self._kept_bytes = 0
