"""Carries released events to the sessions they are for, and keeps each session's guilds true."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import msgspec
from msgspec import UNSET

from rift import events
from rift.bus import Bus
from rift.doors.discord.gateway.audience import Audience, Parcel, deliver
from rift.doors.discord.gateway.guilds import GuildSessions
from rift.doors.discord.gateway.session import Session
from rift.doors.discord.gateway.settling import Settling
from rift.doors.discord.gateway.sights import Sights
from rift.doors.discord.gateway.threads import Threads
from rift.events import Release, user_topic
from rift.protocols.frames import Encoder, Event
from rift.protocols.gateway import Intents
from rift.protocols.journal import Journal
from rift.snowflake import Snowflake
from rift.wire.guilds import UnavailableGuild
from rift.wire.presences import PresenceUpdate
from rift.world import Picture, World

_JSON: Final = msgspec.json.Encoder()
_SLOW_FROM: Final = 1000
_GUILDS: Final = int(Intents.GUILDS)
_BLANKABLE: Final = (
    events.MessageCreate,
    events.MessageUpdate,
    events.AutomodActionExecution,
)
_REPORTS: Final = (events.ReportCreate, events.ReportUpdate)

Welcome = Callable[[Sequence[Session], Snowflake], None]


class Hub:
    """One per process. What it is told it delivers at once, or, to very many, in slices.

    `welcome` is called when somebody with sessions here joined a guild.
    """

    def __init__(self, world: World, bus: Bus, journal: Journal[Event]) -> None:
        self.encoder = Encoder()
        self.journal = journal
        self.sessions: dict[str, Session] = {}
        self.guilds: dict[str, GuildSessions] = {}
        self.welcome: Welcome = lambda _sessions, _guild_id: None
        self.on_event: Callable[[events.Event], None] = lambda _event: None
        self._threads = Threads(self.encoder)
        self._sights = Sights(journal, self.event)
        self._settling = Settling(journal, self.event, self._threads, self._sights)
        self._world = world
        self._bus = bus
        self._by_user: defaultdict[str, dict[Session, None]] = defaultdict(dict)
        self._tasks: asyncio.TaskGroup | None = None

    async def run(self) -> None:
        """Own the slow deliveries; cancelled by the parent at the end."""
        async with asyncio.TaskGroup() as self._tasks:
            await asyncio.Event().wait()

    # Sessions

    def enter(self, session: Session) -> None:
        """A new session; its guilds follow."""
        self.sessions[session.id] = session
        if session.actor.id not in self._by_user:
            self._bus.follow(user_topic(session.actor.id))
        self._by_user[session.actor.id][session] = None

    def leave(self, session: Session) -> None:
        """A session that ended for good."""
        if self.sessions.pop(session.id, None) is None:
            return
        for guild_id in list(session.guilds):
            self.part(session, guild_id)
        of_user = self._by_user[session.actor.id]
        del of_user[session]
        if not of_user:
            del self._by_user[session.actor.id]
            self._bus.unfollow(user_topic(session.actor.id))

    def of_user(self, user_id: str) -> list[Session]:
        return list(self._by_user.get(user_id, ()))

    def admit(self, session: Session, picture: Picture) -> GuildSessions:
        """Let a session have a guild's events from this moment on."""
        guild = self.guilds.get(picture.id)
        if guild is None:
            guild = self.guilds[picture.id] = GuildSessions(picture)
        self.show_channels(session, picture)
        guild.add(session)
        return guild

    def show_channels(self, session: Session, picture: Picture) -> None:
        """Note what a session is shown of a guild now."""
        session.guilds[picture.id] = picture.visible(picture.members[session.actor.id])
        self._threads.admit(session, picture)

    def part(self, session: Session, guild_id: Snowflake) -> None:
        """Let a session have no more of a guild."""
        guild = self.guilds.get(guild_id)
        if guild is not None:
            guild.remove(session)
            if not guild.sessions:
                del self.guilds[guild_id]

    def regroup(self, session: Session, speak: Callable[[], None]) -> None:
        """Let a session speak through another socket, whose bytes may have another form."""
        line = session.line
        speak()
        if session.line != line:
            for guild_id in session.guilds:
                self.guilds[guild_id].change_line(session, line)

    def pinned(self, picture: Picture) -> Iterable[str]:
        """Users whose members must stay in memory."""
        guild = self.guilds.get(picture.id)
        return () if guild is None else {session.actor.id for session in guild.sessions}

    def online(self, guild_id: str) -> int:
        """How many members of a guild are known to be online."""
        guild = self.guilds.get(guild_id)
        return 0 if guild is None else len(guild.presences)

    def present(self, guild_id: str) -> Iterable[PresenceUpdate]:
        """Those of whom that is known, and what they do."""
        guild = self.guilds.get(guild_id)
        return () if guild is None else guild.presences.values()

    # Events

    def receive(self, releases: Sequence[Release]) -> None:
        """Deliver what was released, in order; messages of one room in one go."""
        pending: dict[Audience, list[Parcel]] = {}
        personal: list[events.Event] = []
        for release in releases:
            for event in release.events:
                about, guild_id = event.about, event.guild_id
                if guild_id is None and about.name:  # for certain users, wherever they are
                    self._flush(pending)
                    self._gather(event, personal)
                    continue
                if personal:
                    self._tell_gathered(personal)
                if guild_id is None or about.picture or not about.name:
                    self._flush(pending)
                    self._take(event)
                else:
                    self._collect(event, guild_id, pending)
            if release.revision:
                self._flush(pending)
                self._settle(release)
        self._flush(pending)
        self._tell_gathered(personal)

    def event(self, name: str, payload: object) -> Event:
        """An event to be dispatched, encoded once."""
        return self.encoder.event(name, _JSON.encode(payload))

    def _collect(
        self, event: events.Event, guild_id: str, pending: dict[Audience, list[Parcel]]
    ) -> None:
        guild = self.guilds.get(guild_id)
        if guild is None:
            return
        if type(event) is events.PresenceUpdate:
            guild.note_presence(event.data)
            self.on_event(event)
        audience = guild.audience(event)
        if audience.size:
            pending.setdefault(audience, []).append(self._parcel(event, audience))

    def _parcel(self, event: events.Event, audience: Audience) -> Parcel:
        whole = self.event(event.about.name, event.data)
        if isinstance(event, _BLANKABLE) and not all(line.shows_content for line in audience.lines):
            blank = self.event(event.about.name, event.blanked())
            return Parcel(whole, blank, event.shown_to())
        if type(event) is events.PresenceUpdate and event.data.user.id in self._by_user:
            return Parcel(whole, withheld_from=event.data.user.id)
        if isinstance(event, _REPORTS):
            return Parcel(whole, withheld_from=event.withheld_from, entirely=True)
        return Parcel(whole)

    def _flush(self, pending: dict[Audience, list[Parcel]]) -> None:
        for audience, parcels in pending.items():
            self._deliver(audience, parcels)
        pending.clear()

    def _deliver(self, audience: Audience, parcels: list[Parcel]) -> None:
        if audience.backlog is not None:
            audience.backlog += parcels
        elif audience.size < _SLOW_FROM or self._tasks is None:
            for line, sessions in audience.portions:
                deliver(self.journal, sessions, parcels, line)
        else:
            audience.backlog = parcels
            self._tasks.create_task(self._deliver_slowly(audience), name="fan-out")

    async def _deliver_slowly(self, audience: Audience) -> None:
        """Serve a very large audience in slices; what comes meanwhile goes out together."""
        while audience.backlog:
            parcels, audience.backlog = audience.backlog, []
            portions = audience.portions
            for portion in portions:
                for line, sessions in audience.now(portion, portions):
                    deliver(self.journal, sessions, parcels, line)
                await asyncio.sleep(0)
        audience.backlog = None

    def _take(self, event: events.Event) -> None:
        """An event that changes who sees what, or is not for a guild."""
        match event:
            case events.MemberAdd():
                self._collect_and_send(event)
                if sessions := self.of_user(event.data.user.id):
                    self.welcome(sessions, event.data.guild_id)
            case events.MemberRemove():
                self.expel(event.data.guild_id, self.of_user(event.data.user.id))
                self._collect_and_send(event)
            case events.GuildDelete():
                guild = self.guilds.get(event.data.id)
                if guild is not None:
                    self.expel(event.data.id, list(guild.sessions))
            case events.ChannelCreate():
                pass  # whoever may see it is shown it when the guild settles
            case events.ChannelDelete():
                self._close_channel(event)
            case (
                events.ThreadCreate()
                | events.ThreadUpdate()
                | events.ThreadDelete()
                | events.ThreadMembersUpdate()
                | events.ThreadMemberUpdate()
            ):
                self._take_thread(event)
            case _ if event.about.name:
                self._pass_on(event)
        self.on_event(event)

    def _pass_on(self, event: events.Event) -> None:
        guild = self.guilds.get(event.guild_id or "")
        if guild is None or not self._sights.takes(guild, event):
            self._collect_and_send(event)

    def _take_thread(self, event: events.Event) -> None:
        guild = self.guilds.get(event.guild_id or "")
        if guild is None:
            return
        match event:
            case events.ThreadCreate():
                self._threads.open(guild, event)
                self._collect_and_send(event)
            case events.ThreadUpdate():
                self._threads.open(guild, event)
                self._collect_and_send(event)
                self._threads.shut(guild, event)
            case events.ThreadMembersUpdate():
                self._threads.welcome(guild, event)
                self._collect_and_send(event)
                self._threads.concern(guild, event)
            case events.ThreadDelete():
                self._threads.close(guild, event)
            case events.ThreadMemberUpdate():
                self._threads.note(guild, event)
            case _:
                pass

    def _collect_and_send(self, event: events.Event) -> None:
        pending: dict[Audience, list[Parcel]] = {}
        self._collect(event, event.guild_id or "", pending)
        self._flush(pending)

    def _gather(self, event: events.Event, personal: list[events.Event]) -> None:
        """Put what is for the same people together: whoever reads ten thousand channels at once is
        told in a few writes.
        """
        if personal and _people(personal[0]) != _people(event):
            self._tell_gathered(personal)
        personal.append(event)

    def _tell_gathered(self, personal: list[events.Event]) -> None:
        if personal:
            self._tell_people(personal)
            for event in personal:
                self.on_event(event)
            personal.clear()

    def _tell_people(self, personal: Sequence[events.Event]) -> None:
        """What is for certain users, in no guild; private channels are for the first shard."""
        user_ids, intent, place = _people(personal[0])
        needed = 0 if intent is None else int(events.PRIVATELY[intent])
        everyone = [session for user_id in user_ids for session in self.of_user(user_id)]
        listening = [it for it in everyone if it.intents & needed == needed]
        if needed:
            listening = [it for it in listening if it.shard is None or it.shard[0] == 0]
        if place:
            listening = [it for it in listening if _is_meant(it, personal[0])]
        if not listening:
            return
        told = [self.event(event.about.name, event.data) for event in personal]
        for session in listening:
            if not session.sequence:
                session.early += told
            elif len(told) == 1:
                session.dispatch(told[0])
            else:
                session.dispatch_all(told)

    def expel(self, guild_id: Snowflake, sessions: Sequence[Session]) -> None:
        gone = self.event("GUILD_DELETE", UnavailableGuild(id=guild_id))
        for session in sessions:
            if guild_id in session.guilds:
                self.part(session, guild_id)
                if session.intents & _GUILDS:
                    session.dispatch(gone)

    def _close_channel(self, event: events.ChannelDelete) -> None:
        guild = self.guilds.get(event.guild_id or "")
        if guild is None:
            return
        closed = self.event(event.about.name, event.data)
        for session in list(guild.sessions):
            shown = session.guilds[guild.picture.id]
            if event.data.id in shown:
                session.guilds[guild.picture.id] = shown - {event.data.id}
                if session.intents & _GUILDS:
                    session.dispatch(closed)
        guild.forget_channels()

    # What changes of roles and overwrites show and hide

    def _settle(self, release: Release) -> None:
        """After a change of the picture: show and hide channels, and select audiences anew."""
        guild = self.guilds.get(release.guild_id or "")
        if guild is None:
            return
        start = None if self._tasks is None else self._tasks.create_task
        if all(isinstance(event, _PERSONAL) for event in release.events):
            users = {
                event.data.user.id
                for event in release.events
                if isinstance(event, events.MemberUpdate)
            }
            personal = [it for user_id in users for it in guild.of_user(user_id)]
            self._settling.compare(guild, personal, start)
        else:
            guild.reselect()
            self._settling.compare(guild, list(guild.sessions), start)


def _people(event: events.Event) -> tuple[tuple[Snowflake, ...], Intents | None, str]:
    """Whom an event is for, and which of their sessions alone."""
    return event.user_ids, event.about.intent, _place(event)


def _place(event: events.Event) -> str:
    match event:
        case events.InteractionCreate():
            return event.data.guild_id or "private"
        case _:
            session: str = getattr(event, "session", "")
            return session


def _is_meant(session: Session, event: events.Event) -> bool:
    """Interactions go to the shard of their guild, what comes of them to who began them."""
    if not isinstance(event, events.InteractionCreate):
        return session.id == _place(event)
    guild_id = event.data.guild_id
    if guild_id is UNSET:
        return session.shard is None or session.shard[0] == 0
    return session.serves(guild_id)


_PERSONAL: Final = (
    events.StageCreate,
    events.StageUpdate,
    events.StageDelete,
    events.VoiceStateUpdate,
    events.VoiceStatusUpdate,
    events.VoiceStartTimeUpdate,
    events.VoiceEffectSend,
    events.HappeningCreate,
    events.HappeningUpdate,
    events.HappeningDelete,
    events.HappeningExceptionCreate,
    events.HappeningExceptionUpdate,
    events.HappeningExceptionDelete,
    events.HappeningExceptionsDelete,
    events.MemberAdd,
    events.MemberRemove,
    events.ChannelPinsUpdate,
    events.MemberUpdate,
    events.ThreadCreate,
    events.ThreadUpdate,
    events.ThreadDelete,
    events.ThreadMembersUpdate,
    events.ThreadMemberUpdate,
    events.AutomodRuleCreate,
    events.AutomodRuleUpdate,
    events.AutomodRuleDelete,
)
"""After these, everybody but the member sees what they saw."""
