"""The gateway door: lets sockets in, carries out their commands, and sees them out."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, Final

from picows import WSListener

from rift import events
from rift.core.actor import Actor
from rift.core.house import House
from rift.core.members import joining
from rift.core.unit import Unit
from rift.core.voices import joining as voices
from rift.doors.discord.gateway import sights
from rift.doors.discord.gateway.chunks import Pace, chunks
from rift.doors.discord.gateway.greeting import Greeting
from rift.doors.discord.gateway.guilds import GuildSessions
from rift.doors.discord.gateway.hub import Hub
from rift.doors.discord.gateway.identify import Admission
from rift.doors.discord.gateway.memberlists import MemberLists
from rift.doors.discord.gateway.presences import Presences
from rift.doors.discord.gateway.ready import Usher
from rift.doors.discord.gateway.relay import Hear, Relay
from rift.doors.discord.gateway.session import Session
from rift.doors.discord.gateway.socket import Socket
from rift.doors.http.websocket import say_goodbye
from rift.errors import RateLimited, Refusal, Unauthorized
from rift.protocols.commands import (
    Command,
    GuildSubscription,
    GuildSubscriptions,
    RequestChannelInfo,
    RequestSoundboardSounds,
)
from rift.protocols.connection import Rules, parse_address
from rift.protocols.frames import Event
from rift.protocols.gateway import CloseCode, Closing, Opcode
from rift.protocols.journal import Journal
from rift.protocols.ratelimit import Throttle
from rift.snowflake import Snowflake
from rift.wire.gateway import (
    Identify,
    RequestGuildMembers,
    Resume,
    ToldSounds,
    UpdateVoiceState,
)
from rift.wire.presences import UpdatePresence
from rift.world import Picture

_log = logging.getLogger(__name__)
_SWEEP_S: Final = 5.0
_SILENCES: Final = 2
"""Heartbeats that may pass before a lost connection is noticed and its resume window begins."""
_PARTING_S: Final = 0.5


class GatewayDoor:
    """What the gateway of one process consists of."""

    def __init__(self, house: House, path: str = "/gateway") -> None:
        """`path` leads to this process and no other: there its sessions are resumed."""
        settings = house.settings.gateway
        self.house = house
        self._path = path
        self.clock = time.monotonic
        self.heartbeat_ms = settings.heartbeat_interval_ms
        self.limited = house.settings.server.rate_limits
        self.rules = Rules(
            heartbeat_s=settings.heartbeat_interval_ms / 1000,
            sends_per_minute=settings.sends_per_minute if self.limited else None,
            max_payload_bytes=settings.max_payload_bytes,
        )
        journal = Journal[Event](settings.journal_events, settings.journal_bytes)
        self.hub = Hub(house.world, house.bus, journal)
        self.sockets: set[Socket] = set()
        self._usher = Usher(self.hub, house.world, house.pool)
        self.presences = Presences(self.hub, house.bus, house.clock)
        self._lists = MemberLists(self.hub, house.pool, self.start)
        self._admission = Admission(house, self.hub)
        self._connects = Throttle(settings.connects_per_address, 60.0)
        self._members = Pace() if self.limited else None
        self._greeting: dict[Session, list[Snowflake]] = {}
        """Sessions that wait for READY, and the guilds they came into meanwhile."""
        self._tasks: asyncio.TaskGroup | None = None
        self.hub.welcome = self._welcome
        self.hub.on_event = self._on_event
        house.world.listener = self.hub.receive
        house.world.on_healed = self._show_again
        house.world.online = self.hub.online
        house.world.present = self.hub.present

    async def run(self) -> None:
        """Own the tasks of sockets; cancelled by the parent when all is over."""
        async with asyncio.TaskGroup() as self._tasks:
            self._tasks.create_task(self.hub.run(), name="hub")
            await self._sweep()

    async def stop(self) -> None:
        """Ask every client to reconnect, which they do when somebody answers again."""
        for socket in list(self.sockets):
            socket.say(Opcode.RECONNECT, None)
        if self.sockets:
            await asyncio.sleep(_PARTING_S)
        for socket in list(self.sockets):
            socket.close(CloseCode.UNKNOWN_ERROR, "The server restarts.")

    def accept(
        self, _path: str, query: str, headers: Mapping[str, str], address: str
    ) -> WSListener:
        """A listener for a new socket; raises a refusal where an address connects too often."""
        if self.limited and (wait_s := self._connects.attempt(address, self.clock())) > 0:
            raise RateLimited(wait_s)
        try:
            asked = parse_address(query)
        except Closing as closing:
            return TurnedAway(closing)
        socket = Socket(self, asked, address)
        socket.url = self._url(headers)
        return socket

    def start(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """Run the work of a socket as a task of the door."""
        if self._tasks is None:
            work.close()
            raise RuntimeError("the gateway does not run yet")
        return self._tasks.create_task(work)

    async def _see_off(self, user_id: Snowflake) -> None:
        """Their last session is over; the edge of a task."""
        try:
            async with Unit(self.house) as unit:
                await joining.see_off(unit, user_id)
        except Exception:  # noqa: BLE001  # the edge of a task
            _log.exception("a temporary membership could not be ended")

    def lost_touch(self) -> None:
        """The bus may have lost events: fetch the truth, and have every client start afresh."""
        self.house.world.doubt_all()
        self._members = self._members and Pace()
        for socket in list(self.sockets):
            session, socket.session = socket.session, None
            if session is not None:
                session.disconnect(self.clock())
                socket.reject(resumable=False)
        for session in list(self.hub.sessions.values()):
            self._forget(session)

    def end(self, session: Session) -> None:
        """The session is over; nobody will resume it."""
        self._forget(session)
        if not session.actor.bot and not self.hub.of_user(session.actor.id):
            self.start(self._see_off(session.actor.id))

    def _forget(self, session: Session) -> None:
        guilds = list(session.guilds)
        if self._speaks(session):
            self.start(self._hang_up(session.id))
        self.hub.leave(session)
        self._lists.leave(session)
        self.presences.left(session, guilds)
        if isinstance(session, Relay):
            session.end()

    def _speaks(self, session: Session) -> bool:
        """Whether somebody is in a voice channel through it."""
        user_id = session.actor.id
        states = (self.hub.guilds[id_].picture.voices.get(user_id) for id_ in session.guilds)
        return any(state is not None and state.session_id == session.id for state in states)

    async def _hang_up(self, session_id: str) -> None:
        try:
            await voices.end_session(self.house, session_id)
        except Exception:  # noqa: BLE001  # the edge of a task
            _log.exception("a session is over and still in a voice channel")

    # Clients of other doors

    async def open_relay(self, actor: Actor, hear: Hear, over: Callable[[], None]) -> Relay:
        """Let somebody hear what is theirs to hear, until `close_relay` or `over` is called."""
        relay = Relay(actor, self.hub.journal, hear, over)
        self._greeting[relay] = []
        try:
            self.hub.enter(relay)
            await self.house.bus.settled()
            guilds = await self._admission.guilds(relay)
            self.presences.begin(relay, None, await self._admission.papers(relay))
            self.presences.befriended(relay)
            await self._lead(relay, guilds, announced=True)
            await self._lead(relay, self._greeting.pop(relay), announced=False)
        except BaseException:
            self._greeting.pop(relay, None)
            self.end(relay)
            raise
        return relay

    def close_relay(self, relay: Relay) -> None:
        """Their socket is gone."""
        if relay.id in self.hub.sessions:
            self.end(relay)

    def show_relayed(self, relay: Relay, presence: UpdatePresence) -> None:
        """They say how they are."""
        self.presences.change(relay, presence)

    # Commands

    def carry_out(self, socket: Socket, command: Command) -> Coroutine[Any, Any, None] | None:
        """The work a command asks for, where it needs any."""
        match command:
            case Identify():
                return self._identify(socket, command)
            case Resume():
                return self._resume(socket, command)
            case _ if socket.session is not None:
                return self._serve(socket.session, command)
            case _:
                return None

    def _serve(self, session: Session, command: Command) -> Coroutine[Any, Any, None] | None:
        match command:
            case UpdatePresence():
                self.presences.change(session, command)
            case UpdateVoiceState():
                return self._update_voice(session, command)
            case RequestGuildMembers():
                return self._request_members(session, command)
            case RequestChannelInfo():
                self._tell_channels(session, command)
            case RequestSoundboardSounds():
                self._tell_sounds(session, command)
            case GuildSubscription():
                self._lists.subscribe(session, command.guild_id, command)
            case GuildSubscriptions():
                for guild_id, asked in command.subscriptions.items():
                    self._lists.subscribe(session, Snowflake(guild_id), asked)
            case _:
                pass  # what user clients say besides is tolerated
        return None

    async def _identify(self, socket: Socket, identify: Identify) -> None:
        session = await self._admission.new_session(socket, identify)
        if session is None or socket.transport is None:
            return
        socket.stream.compress_payloads = identify.compress
        session.connect(socket.transport, socket.stream)
        socket.speak_for(session)
        self._greeting[session] = []
        greet = self._greet if session.capabilities is None else self._greet_at_once
        try:
            self.hub.enter(session)
            await self.house.bus.settled()
            guilds = await greet(socket, session, identify)
        finally:
            joined_meanwhile = self._greeting.pop(session)
        await self._lead(session, guilds, announced=True)
        await self._lead(session, joined_meanwhile, announced=False)

    async def _greet(
        self, socket: Socket, session: Session, identify: Identify
    ) -> Sequence[Snowflake]:
        """READY alone; the guilds are to follow one by one."""
        papers = None if session.actor.bot else await self._admission.papers(session)
        guilds = await self._admission.greet(socket, session, papers)
        self.presences.begin(session, identify.presence, papers)
        self.presences.befriended(session)
        return guilds

    async def _greet_at_once(
        self, socket: Socket, session: Session, identify: Identify
    ) -> Sequence[Snowflake]:
        """READY with the guilds in it, all as of one moment; nothing is to follow."""
        guild_ids = await self._admission.guilds(session)
        papers = await self._admission.papers(session)
        await self._usher.prepare(session, guild_ids)
        if session.id in self.hub.sessions:
            self.presences.begin(session, identify.presence, papers)
            guilds = self._usher.admit(session, guild_ids)
            friends = self.presences.friends(session.actor.id, papers.friends)
            greeting = Greeting(session, papers, guilds, friends)
            sessions = self.presences.sessions(session.actor.id)
            ready = greeting.ready(socket.version, socket.url, sessions)
            session.begin(self.hub.event("READY", ready))
            if (supplement := greeting.supplement()) is not None:
                session.dispatch(self.hub.event("READY_SUPPLEMENTAL", supplement))
            for guild in guilds:
                self.presences.entered(session, guild)
            self.presences.befriended(session)
        return ()

    async def _lead(
        self, session: Session, guild_ids: Sequence[Snowflake], *, announced: bool
    ) -> None:
        for guild in await self._usher.lead(session, guild_ids, announced=announced):
            self.presences.entered(session, guild)

    async def _resume(self, socket: Socket, resume: Resume) -> None:
        session = self.hub.sessions.get(resume.session_id)
        try:
            actor = await self.house.tokens.resolve_token(resume.token)
        except Unauthorized as error:
            raise Closing(CloseCode.AUTHENTICATION_FAILED) from error
        if session is None or session.actor.session_id != actor.session_id:
            socket.reject(resumable=False)
            return
        kept = session.since(resume.seq)
        if kept is None:
            self.end(session)
            socket.reject(resumable=False)
            return
        self._replace_socket(session)
        transport = socket.transport
        if transport is None:
            return
        self.hub.regroup(session, lambda: session.connect(transport, socket.stream))
        socket.speak_for(session)
        session.replay(kept, resume.seq)
        session.dispatch(self.hub.event("RESUMED", {"_trace": []}))

    def _replace_socket(self, session: Session) -> None:
        """A session that is resumed while its old socket seems to live."""
        for socket in list(self.sockets):
            if socket.session is session:
                socket.session = None
                socket.close(CloseCode.UNKNOWN_ERROR, "Resumed elsewhere.")

    async def _request_members(self, session: Session, request: RequestGuildMembers) -> None:
        for guild_id in request.guild_id:
            guild = self.hub.guilds.get(guild_id)
            if guild is None or guild_id not in session.guilds:
                continue
            now = self.clock()
            if self._members and (told := self._members.refusal(session, guild_id, request, now)):
                session.dispatch(self.hub.event("RATE_LIMITED", told))
                continue
            async for chunk in chunks(self.house.pool, session, guild, request):
                session.dispatch(self.hub.event("GUILD_MEMBERS_CHUNK", chunk))
                await asyncio.sleep(0)

    async def _update_voice(self, session: Session, command: UpdateVoiceState) -> None:
        try:
            await voices.say(self.house, session.actor, session.id, command)
        except Refusal as refusal:
            _log.info("somebody did not come into a voice channel: %s", refusal.message)

    def _tell_channels(self, session: Session, request: RequestChannelInfo) -> None:
        guild = self.hub.guilds.get(request.guild_id)
        if guild is not None and request.guild_id in session.guilds:
            told = sights.channel_info(guild.picture, session, request.fields)
            session.dispatch(self.hub.event("CHANNEL_INFO", told))

    def _tell_sounds(self, session: Session, request: RequestSoundboardSounds) -> None:
        for guild_id in dict.fromkeys(request.guild_ids):
            guild = self.hub.guilds.get(guild_id)
            if guild is not None and guild_id in session.guilds:
                sounds = list(guild.picture.sounds.values())
                told = ToldSounds(guild_id=guild.picture.id, soundboard_sounds=sounds)
                session.dispatch(self.hub.event("SOUNDBOARD_SOUNDS", told))

    # What happens elsewhere

    def _on_event(self, event: events.Event) -> None:
        match event:
            case events.SessionsRevoked():
                self._revoke(event.data)
            case events.SessionsRenewed():
                self.house.tokens.forget(event.data)
            case events.UserUpdate():
                self.house.tokens.rename(event.data)
            case _:
                self.presences.on_event(event)
        self._lists.on_event(event)

    def _revoke(self, session_ids: Sequence[str]) -> None:
        """Revoked tokens: forgotten, and whoever listens with them is shown the door."""
        self.house.tokens.forget(session_ids)
        gone = set(session_ids)
        for socket in list(self.sockets):
            if socket.session is not None and socket.session.actor.session_id in gone:
                socket.close(
                    CloseCode.AUTHENTICATION_FAILED, CloseCode.AUTHENTICATION_FAILED.reason
                )
        for session in list(self.hub.sessions.values()):
            if session.actor.session_id in gone:
                self.end(session)

    def _welcome(self, sessions: Sequence[Session], guild_id: Snowflake) -> None:
        for session in sessions:
            if not session.serves(guild_id):
                continue
            if session in self._greeting:
                self._greeting[session].append(guild_id)
            else:
                self.start(self._lead_in(session, guild_id))

    async def _lead_in(self, session: Session, guild_id: Snowflake) -> None:
        try:
            await self._lead(session, [guild_id], announced=False)
        except Exception:  # noqa: BLE001  # the edge of a task
            _log.exception("a session could not be led into a guild")

    def _show_again(self, picture: Picture) -> None:
        """A picture was wrong and is right again: everybody is shown the guild anew."""
        guild = self.hub.guilds.get(picture.id)
        if guild is None:
            return
        guild.reselect()
        self._lists.reload(guild)
        for session in list(guild.sessions):
            self._reshow(session, guild)

    def _reshow(self, session: Session, guild: GuildSessions) -> None:
        member = guild.picture.members.get(session.actor.id)
        if member is None:
            self.hub.expel(guild.picture.id, [session])
            return
        self.hub.show_channels(session, guild.picture)
        self._usher.show(session, guild, [member], announced=True)

    async def _sweep(self) -> None:
        """Close what went silent, end what nobody came back for, forget what nobody can ask for."""
        window_s = self.house.settings.gateway.resume_window_s
        longest_s = window_s + _SILENCES * self.heartbeat_ms / 1000
        while True:
            await asyncio.sleep(_SWEEP_S)
            self.hub.journal.turn(int(longest_s / _SWEEP_S) + 1)
            now = self.clock()
            for socket in [it for it in self.sockets if it.overdue(now)]:
                socket.close(CloseCode.SESSION_TIMED_OUT, CloseCode.SESSION_TIMED_OUT.reason)
            for session in [it for it in self.hub.sessions.values() if it.is_away]:
                if now - session.away_since > window_s:
                    self.end(session)

    def _url(self, headers: Mapping[str, str]) -> str:
        public = self.house.settings.server.public_url
        if public:
            return public.rstrip("/").replace("http", "ws", 1) + self._path
        scheme = "wss" if headers.get("x-forwarded-proto") == "https" else "ws"
        return f"{scheme}://{headers.get('host', 'localhost')}{self._path}"


class TurnedAway(WSListener):
    """Takes the socket of a client that asked for what is not spoken here, to tell it so."""

    def __init__(self, closing: Closing) -> None:
        self._closing = closing

    def on_ws_connected(self, transport: Any) -> None:
        say_goodbye(transport, self._closing.code, self._closing.reason)
