"""What lies in channels beside messages: whoever sees a channel is shown it along with that."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from rift import events
from rift.doors.discord.gateway.audience import Parcel, deliver
from rift.doors.discord.gateway.guilds import GuildSessions
from rift.doors.discord.gateway.session import Line, Session
from rift.protocols.frames import Event
from rift.protocols.gateway import Intents
from rift.protocols.journal import Journal
from rift.snowflake import Snowflake
from rift.wire.happenings import ScheduledEvent
from rift.world import Picture

_HAPPENINGS = int(Intents.GUILD_SCHEDULED_EVENTS)
_CREATED = "GUILD_SCHEDULED_EVENT_CREATE"

Encode = Callable[[str, object], Event]


class Move(NamedTuple):
    """From one channel to another, and what those are told who see both, the new or the old one.

    Who sees no channel of a guild sees what is in none.
    """

    intent: int
    before: Snowflake | None
    after: Snowflake | None
    stays: Event
    comes: Event
    goes: Event


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

    def takes(self, guild: GuildSessions, event: events.Event) -> bool:
        """Tell of what moves between channels; whether this was it."""
        move = self._move(event)
        if move is not None:
            self._tell(guild, move)
        return move is not None

    def _move(self, event: events.Event) -> Move | None:
        match event:
            case events.HappeningUpdate() if event.before.channel_id != event.data.channel_id:
                return self._moved_happening(event)
            case _:
                return None

    def _moved_happening(self, event: events.HappeningUpdate) -> Move:
        before, after = event.before, event.data
        return Move(
            intent=_HAPPENINGS,
            before=before.channel_id,
            after=after.channel_id,
            stays=self._encode(event.about.name, after),
            comes=self._encode(_CREATED, after),
            goes=self._encode("GUILD_SCHEDULED_EVENT_DELETE", before),
        )

    def _tell(self, guild: GuildSessions, move: Move) -> None:
        told: defaultdict[tuple[Line, str], list[Session]] = defaultdict(list)
        forms = {"stays": move.stays, "comes": move.comes, "goes": move.goes}
        for session in guild.sessions:
            if session.intents & move.intent:
                form = _form(session.guilds[guild.picture.id], move)
                if form:
                    told[session.line, form].append(session)
        for (line, form), sessions in told.items():
            deliver(self._journal, tuple(sessions), [Parcel(forms[form])], line)


def happenings(
    picture: Picture, session: Session, channels: frozenset[Snowflake] | None = None
) -> list[ScheduledEvent]:
    """The scheduled events a session sees, or those of them in some channels."""
    if not picture.happenings or not session.intents & _HAPPENINGS:
        return []
    found = picture.happenings.values()
    if channels is not None:
        return [it for it in found if it.channel_id in channels]
    shown = session.guilds[picture.id]
    return [it for it in found if it.channel_id is None or it.channel_id in shown]


def belongings(picture: Picture, session: Session) -> dict[str, Any]:
    """What GUILD_CREATE and READY hold of it."""
    return {"guild_scheduled_events": happenings(picture, session)}


def _form(shown: frozenset[Snowflake], move: Move) -> str:
    saw = move.before is None or move.before in shown
    sees = move.after is None or move.after in shown
    if sees:
        return "stays" if saw else "comes"
    return "goes" if saw else ""
