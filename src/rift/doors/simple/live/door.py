"""The simple WebSocket's door: lets sockets in, carries out their commands, sees them out."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from picows import WSListener

from rift.core import access
from rift.core.actor import Actor
from rift.core.house import House
from rift.core.messages import verbs as messages
from rift.core.unit import Unit
from rift.doors.simple import ids
from rift.doors.simple.live import frames
from rift.doors.simple.live.frames import CloseCode, Command, Told
from rift.doors.simple.live.listening import Listening
from rift.doors.simple.live.socket import Socket
from rift.doors.simple.surface import SEND, TYPING
from rift.errors import Forbidden, RateLimited, Unauthorized
from rift.protocols.ratelimit import Bucket, Throttle
from rift.wire.messages import CreateMessage
from rift.wire.presences import UpdatePresence

Spend = Callable[[Bucket, str, str], object]
"""Counts a request against a bucket, of whom and in which channel; raises where it is empty."""

_SWEEP_S: Final = 5.0
_BYTES_PER_CHARACTER: Final = 12
"""At most, in JSON: a message of the longest allowed length must fit into a command."""


class LiveDoor:
    """What the simple WebSockets of one process have in common."""

    def __init__(
        self,
        house: House,
        listening: Listening[Any],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        settings = house.settings
        limited = settings.server.rate_limits
        self.sockets: set[Socket] = set()
        self.clock = clock
        self.max_payload_bytes = max(
            settings.gateway.max_payload_bytes,
            _BYTES_PER_CHARACTER * settings.limits.message_length,
        )
        self.sends_per_minute = settings.gateway.sends_per_minute if limited else None
        self.kept_bytes = settings.gateway.session_bytes
        self.verb_s = 30.0
        self.spend: Spend = lambda _bucket, _caller, _channel: None
        """Given by who counts the requests of both doors."""
        self._house = house
        self._listening = listening
        self._limited = limited
        self._connects = Throttle(settings.gateway.connects_per_address, 60.0)
        self._origins = frozenset(
            origin.rstrip("/").lower() for origin in settings.server.cors_allowed_origins
        )
        self._tasks: asyncio.TaskGroup | None = None
        self._last: tuple[bytes, list[Told]] = (b"", [])

    async def run(self) -> None:
        """Own the tasks of sockets; cancelled by the parent when all is over."""
        async with asyncio.TaskGroup() as self._tasks:
            while True:
                await asyncio.sleep(_SWEEP_S)
                self.sweep()

    def sweep(self) -> None:
        """Mind the deadlines of all sockets."""
        now, wall = self.clock(), self._house.clock().timestamp()
        for socket in list(self.sockets):
            socket.sweep(now, wall)

    def stop(self) -> None:
        """Tell every client to come back later."""
        for socket in list(self.sockets):
            socket.close(CloseCode.RESTART, "The server restarts.")

    def accept(
        self, _path: str, _query: str, headers: Mapping[str, str], address: str
    ) -> WSListener:
        """A listener for a new socket; raises a refusal for other sites' pages, and for floods."""
        if not self._welcomes(headers):
            raise Forbidden(
                "Pages of this origin may not connect; see server.cors_allowed_origins."
            )
        if self._limited and (wait_s := self._connects.attempt(address, self.clock())) > 0:
            raise RateLimited(wait_s)
        return Socket(self)

    def start(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """Run the work of a socket as a task of the door."""
        if self._tasks is None:
            work.close()
            raise RuntimeError("the simple door does not run yet")
        return self._tasks.create_task(work)

    def knows(self, token: str) -> bool:
        """Whether a token still is one."""
        return self._house.access_tokens.lookup(f"Bearer {token}") is not None

    def leave(self, relay: Any) -> None:
        self._listening.close_relay(relay)

    def _welcomes(self, headers: Mapping[str, str]) -> bool:
        """Pages of our own origin and of those that are named; programs say no origin."""
        origin = headers.get("origin", "").rstrip("/").lower()
        if not origin or "*" in self._origins or origin in self._origins:
            return True
        return urlsplit(origin).netloc == headers.get("host", "").lower()

    # Commands

    async def carry_out(self, socket: Socket, command: Command) -> None:
        """Do what a client asks for."""
        if socket.relay is None and not isinstance(command, frames.Identify):
            raise Unauthorized
        match command:
            case frames.Identify():
                await self._identify(socket, command.token)
            case frames.SendMessage():
                await self._send(await self._actor(socket), command)
            case frames.StartTyping():
                await self._type(await self._actor(socket), command)
            case frames.UpdatePresence():
                presence = UpdatePresence(status=command.status)
                self._listening.show_relayed(socket.relay, presence)
            case frames.SubscribeChannel():
                channel_id = ids.given("channel_id", command.channel_id)
                async with self._reading() as unit:
                    await access.channel(unit, await self._actor(socket), channel_id)
                socket.subscribe(channel_id=channel_id)
            case frames.SubscribeServer():
                server_id = ids.given("server_id", command.server_id)
                async with self._reading() as unit:
                    await access.guild(unit, await self._actor(socket), server_id)
                socket.subscribe(server_id=server_id)

    async def _identify(self, socket: Socket, token: str) -> None:
        """Begin, or go on with a newer token of the same session."""
        try:
            actor, expires_at = await self._house.access_tokens.resolve_until(token)
        except Unauthorized:
            socket.close(CloseCode.AUTHENTICATION_FAILED, "This is no valid access token.")
            return
        if socket.relay is None:
            socket.token = token
            await self._enter(socket, actor)
        elif socket.relay.actor.session_id != actor.session_id:
            socket.close(CloseCode.AUTHENTICATION_FAILED, "This is a token of another session.")
            return
        socket.token, socket.expires_at = token, expires_at
        socket.greet({"user_id": ids.shown(actor.id), "username": actor.user.username})

    async def _enter(self, socket: Socket, actor: Actor) -> None:
        def hear(name: str, payload: bytes) -> None:
            for told in self._translated(name, payload):
                socket.tell(told)

        relay = await self._listening.open_relay(actor, hear, socket.over)
        socket.relay = relay

    async def _actor(self, socket: Socket) -> Actor:
        """Who asks, under their present name; Unauthorized where the session is over."""
        return await self._house.access_tokens.resolve_token(socket.token)

    async def _send(self, actor: Actor, command: frames.SendMessage) -> None:
        channel_id = ids.given("channel_id", command.channel_id)
        self.spend(SEND, actor.id, channel_id)
        async with Unit(self._house) as unit:
            await messages.send(unit, actor, channel_id, CreateMessage(content=command.content))

    async def _type(self, actor: Actor, command: frames.StartTyping) -> None:
        channel_id = ids.given("channel_id", command.channel_id)
        self.spend(TYPING, actor.id, channel_id)
        async with Unit(self._house) as unit:
            await messages.start_typing(unit, actor, channel_id)

    def _reading(self) -> Unit:
        return Unit(self._house, reading=True)

    def _translated(self, name: str, payload: bytes) -> list[Told]:
        """Each event is told to many, one after the other: it is translated for the first."""
        known, told = self._last
        if known is not payload:
            told = frames.translate(name, payload)
            self._last = payload, told
        return told
