"""What lies in channels beside messages: whoever sees a channel is shown it along with that."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import Any, Final, NamedTuple

from msgspec import UNSET
from msgspec.structs import replace

from rift import events
from rift.doors.discord.gateway.audience import Parcel, deliver
from rift.doors.discord.gateway.guilds import GuildSessions
from rift.doors.discord.gateway.session import Line, Session
from rift.protocols.frames import Event
from rift.protocols.gateway import Intents
from rift.protocols.journal import Journal
from rift.snowflake import Snowflake
from rift.wire.happenings import ScheduledEvent
from rift.wire.stages import StageInstance
from rift.wire.voice import ChannelInfo, ToldChannelInfo, VoiceRoom, VoiceState
from rift.world import Picture

_HAPPENINGS: Final = int(Intents.GUILD_SCHEDULED_EVENTS)
_GUILDS: Final = int(Intents.GUILDS)
_VOICES: Final = int(Intents.GUILD_VOICE_STATES)
_CREATED: Final = "GUILD_SCHEDULED_EVENT_CREATE"
_STATE: Final = "VOICE_STATE_UPDATE"

Encode = Callable[[str, object], Event]


class Move(NamedTuple):
    """From one channel to another: what those are told who see both, only the new or the old one.

    What is in no channel is seen by everybody, or by nobody.
    """

    intent: int
    before: Snowflake | None
    after: Snowflake | None
    stays: Event
    comes: Event
    goes: Event
    is_seen_nowhere: bool = False
    user_id: str = ""
    """Who moves: they know where they are, whatever they see there."""

    def form(self, session: Session, shown: frozenset[Snowflake]) -> Event | None:
        saw, sees = self._is_seen(self.before, shown), self._is_seen(self.after, shown)
        if sees or session.actor.id == self.user_id:
            return self.stays if saw else self.comes
        return self.goes if saw else None

    def _is_seen(self, channel_id: Snowflake | None, shown: frozenset[Snowflake]) -> bool:
        return self.is_seen_nowhere if channel_id is None else channel_id in shown


class Sights:
    """Of what is in channels and moves between them, a client knows what it could see there."""

    def __init__(self, journal: Journal[Event], encode: Encode) -> None:
        self._journal = journal
        self._encode = encode

    def reveal(self, picture: Picture, session: Session, revealed: Iterable[Snowflake]) -> None:
        """Show what is in channels that a session is shown just now."""
        fresh = frozenset(revealed)
        if not fresh:
            return
        for happening in happenings(picture, session, fresh):
            session.dispatch(self._encode(_CREATED, happening))
        for stage in stages(picture, session, fresh):
            session.dispatch(self._encode("STAGE_INSTANCE_CREATE", stage))
        for state in voices(picture, session, fresh):
            session.dispatch(self._encode(_STATE, replace(state, guild_id=picture.id)))

    def takes(self, guild: GuildSessions, event: events.Event) -> bool:
        """Tell of what moves between channels, or is for who is in one; whether this was it."""
        match event:
            case events.HappeningUpdate() if event.before.channel_id != event.data.channel_id:
                self._tell(guild, self._moved_happening(event))
            case events.VoiceStateUpdate() if event.was != event.data.channel_id:
                self._tell(guild, self._moved_voice(event))
            case events.StageDelete():
                self._tell(guild, self._closed(event))
            case events.VoiceEffectSend():
                self._play(guild, event)
            case _:
                return False
        return True

    def _moved_happening(self, event: events.HappeningUpdate) -> Move:
        before, after = event.before, event.data
        return Move(
            intent=_HAPPENINGS,
            before=before.channel_id,
            after=after.channel_id,
            stays=self._encode(event.about.name, after),
            comes=self._encode(_CREATED, after),
            goes=self._encode("GUILD_SCHEDULED_EVENT_DELETE", before),
            is_seen_nowhere=True,
        )

    def _moved_voice(self, event: events.VoiceStateUpdate) -> Move:
        """Who sees only where somebody was learns that they are gone, and not where to."""
        there = self._encode(_STATE, event.data)
        gone = replace(event.data, channel_id=None, request_to_speak_timestamp=None)
        return Move(
            intent=_VOICES,
            before=event.was,
            after=event.data.channel_id,
            stays=there,
            comes=there,
            goes=self._encode(_STATE, gone),
            user_id=event.data.user_id,
        )

    def _closed(self, event: events.StageDelete) -> Move:
        """Perhaps because its channel is being deleted: whoever saw that is told."""
        told = self._encode(event.about.name, event.data)
        return Move(_GUILDS, event.data.channel_id, None, told, told, told)

    def _play(self, guild: GuildSessions, event: events.VoiceEffectSend) -> None:
        channel_id = event.data.channel_id
        there = {id_ for id_, it in guild.picture.voices.items() if it.channel_id == channel_id}
        told = self._encode(event.about.name, event.data)
        for session in guild.sessions:
            if session.actor.id in there and session.intents & _VOICES:
                session.dispatch(told)

    def _tell(self, guild: GuildSessions, move: Move) -> None:
        told: defaultdict[tuple[Line, Event], list[Session]] = defaultdict(list)
        for session in guild.sessions:
            if session.intents & move.intent:
                form = move.form(session, session.guilds[guild.picture.id])
                if form is not None:
                    told[session.line, form].append(session)
        for (line, form), sessions in told.items():
            deliver(self._journal, tuple(sessions), [Parcel(form)], line)


def happenings(
    picture: Picture, session: Session, channels: Collection[str] | None = None
) -> list[ScheduledEvent]:
    """The scheduled events a session sees, or those of them in some channels."""
    if not picture.happenings or not session.intents & _HAPPENINGS:
        return []
    found = picture.happenings.values()
    if channels is not None:
        return [it for it in found if it.channel_id in channels]
    shown = session.guilds[picture.id]
    return [it for it in found if it.channel_id is None or it.channel_id in shown]


def stages(
    picture: Picture, session: Session, channels: Collection[str] | None = None
) -> list[StageInstance]:
    """The open stages a session sees, or those in some channels."""
    if not picture.stages or not session.intents & _GUILDS:
        return []
    shown = session.guilds[picture.id] if channels is None else channels
    return [it for it in picture.stages.values() if it.channel_id in shown]


def voices(
    picture: Picture, session: Session, channels: Collection[str] | None = None
) -> list[VoiceState]:
    """How those are whom a session sees in voice channels, or in some of them."""
    if not picture.voices or not session.intents & _VOICES:
        return []
    shown = session.guilds[picture.id] if channels is None else channels
    return [
        replace(it, guild_id=UNSET, member=picture.members.get(it.user_id, UNSET))
        for it in picture.voices.values()
        if it.channel_id in shown
    ]


def belongings(picture: Picture, session: Session) -> dict[str, Any]:
    """What GUILD_CREATE and READY hold of it."""
    return {
        "guild_scheduled_events": happenings(picture, session),
        "stage_instances": stages(picture, session),
        "voice_states": voices(picture, session),
    }


def channel_info(picture: Picture, session: Session, fields: Collection[str]) -> ToldChannelInfo:
    """What is so at present of the voice channels a session sees, as far as it asks."""
    shown = session.guilds[picture.id]
    seen = [(id_, room) for id_, room in picture.rooms.items() if id_ in shown]
    channels = [_info(Snowflake(id_), room, fields) for id_, room in seen]
    return ToldChannelInfo(guild_id=picture.id, channels=channels)


def _info(channel_id: Snowflake, room: VoiceRoom, fields: Collection[str]) -> ChannelInfo:
    started = None if room.started_at is None else int(room.started_at.timestamp())
    return ChannelInfo(
        id=channel_id,
        status=room.status if "status" in fields else UNSET,
        voice_start_time=started if "voice_start_time" in fields else UNSET,
    )
