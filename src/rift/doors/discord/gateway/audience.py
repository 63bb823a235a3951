"""Who receives an event of one kind in one place: computed once, kept true by small changes."""

from collections import defaultdict
from collections.abc import Iterable

from rift.doors.discord.gateway.relay import relay
from rift.doors.discord.gateway.session import Line, Session, send_frames
from rift.permissions import VIEW_CHANNEL
from rift.protocols.frames import Event
from rift.protocols.journal import Journal
from rift.world import Picture, is_archived

SLICE = 500
"""So many sockets are served before the loop may turn to something else."""


_NOBODY: frozenset[str] = frozenset()


class Parcel:
    """One event on its way: as most receive it, and without content where that matters.

    `withheld_from` is somebody whose own clients learn of it in another way, or, `entirely`, who
    must not learn of it at all.
    """

    __slots__ = ("blank", "entirely", "event", "shown_to", "withheld_from")

    def __init__(
        self,
        event: Event,
        blank: Event | None = None,
        shown_to: frozenset[str] = frozenset(),
        withheld_from: str | None = None,
        *,
        entirely: bool = False,
    ) -> None:
        self.event = event
        self.blank = blank
        self.shown_to = shown_to
        self.withheld_from = withheld_from
        self.entirely = entirely

    def named(self, line: Line) -> frozenset[str]:
        """The users who may receive it otherwise than the rest of a line."""
        if self.withheld_from is not None:
            return frozenset((self.withheld_from,))
        return _NOBODY if line.shows_content else self.shown_to

    def on(self, line: Line) -> Event:
        """The form that a line of sessions receives."""
        return self.event if line.shows_content or self.blank is None else self.blank


Portion = tuple[Line, tuple[Session, ...]]
"""Sessions of one line that are served in one go."""


class Audience:
    """The sessions that an intent, a permission and a channel select among those of a guild."""

    __slots__ = (
        "_portions",
        "backlog",
        "channel_id",
        "intent",
        "lines",
        "needs",
        "people",
        "picture",
        "size",
        "stale",
    )

    def __init__(
        self,
        picture: Picture,
        channel_id: str | None,
        intent: int,
        needs: int,
        *,
        people: bool = False,
    ) -> None:
        self.picture = picture
        self.people = people
        self.channel_id = channel_id
        self.intent = intent
        self.needs = needs if channel_id is None else needs | VIEW_CHANNEL
        self.lines: dict[Line, dict[Session, None]] = {}
        self.size = 0
        self.stale = True
        self._portions: list[Portion] | None = None
        self.backlog: list[Parcel] | None = None
        """Not None: a slow delivery is under way, and what comes now waits behind it."""

    def fits(self, session: Session) -> bool:
        """Whether a session of this guild may receive it."""
        if self.intent and not session.intents & self.intent:
            return False
        if self.people and session.actor.bot:
            return False
        return not self.needs or self._held_by(session) & self.needs == self.needs

    def _held_by(self, session: Session) -> int:
        """What a session may do here; nothing in a channel it was not shown."""
        picture, channel_id = self.picture, self.channel_id
        member = picture.members.get(session.actor.id)
        if member is None:
            return 0
        if channel_id is None:
            return picture.base(member)
        if channel_id in picture.channels:
            shown = channel_id in session.guilds.get(picture.id, ())
        else:
            shown = self._is_confided(session, channel_id)
        return picture.lasting(member, channel_id) if shown else 0

    def _is_confided(self, session: Session, thread_id: str) -> bool:
        """Whether a session knows a private thread; of archived ones nobody keeps that."""
        picture = self.picture
        thread = picture.threads.get(thread_id)
        if thread is None or thread.parent_id not in session.guilds.get(picture.id, ()):
            return False
        return is_archived(thread) or thread_id in session.confided.get(picture.id, ())

    def rebuild(self, sessions: Iterable[Session]) -> None:
        """Select afresh."""
        self.lines = {}
        self.size = 0
        self.stale = False
        self._portions = None
        for session in sessions:
            self.consider(session)

    def consider(self, session: Session) -> None:
        """Add a session if it fits."""
        if not self.stale and self.fits(session):
            line = self.lines.setdefault(session.line, {})
            if session not in line:
                line[session] = None
                self.size += 1
                self._portions = None

    def remove(self, session: Session, line: Line) -> None:
        """Take a session off the line it stood on."""
        sessions = self.lines.get(line)
        if sessions is not None and session in sessions:
            del sessions[session]
            self.size -= 1
            self._portions = None
            if not sessions:
                del self.lines[line]

    @property
    def portions(self) -> list[Portion]:
        """Everybody of this moment; the same tuples until somebody comes or goes."""
        if self._portions is None:
            self._portions = [
                (line, portion)
                for line, sessions in self.lines.items()
                for portion in _portions(tuple(sessions))
            ]
        return self._portions

    def now(self, portion: Portion, among: list[Portion]) -> Iterable[Portion]:
        """Who is left of a portion while its turn came, and on which lines they are by now."""
        if among is self._portions and not self.stale:
            return (portion,)
        there: defaultdict[Line, list[Session]] = defaultdict(list)
        for session in portion[1]:
            if self.picture.id in session.guilds and self.fits(session):
                there[session.line].append(session)
        return [(line, tuple(sessions)) for line, sessions in there.items()]


def _portions(sessions: tuple[Session, ...]) -> Iterable[tuple[Session, ...]]:
    return (sessions[start : start + SLICE] for start in range(0, len(sessions), SLICE))


def deliver(
    journal: Journal[Event], sessions: tuple[Session, ...], parcels: list[Parcel], line: Line
) -> None:
    """Give the sessions of one line the form of the events that is theirs."""
    if line.relayed:
        relay(sessions, [parcel.on(line) for parcel in parcels])
        return
    named = {user_id for parcel in parcels for user_id in parcel.named(line)}
    if not named:
        send_frames(journal, sessions, [parcel.on(line) for parcel in parcels], line.variant)
        return
    plain = tuple(session for session in sessions if session.actor.id not in named)
    send_frames(journal, plain, [parcel.on(line) for parcel in parcels], line.variant)
    for session in sessions:
        if session.actor.id in named:
            own = [_personal(it, session, line) for it in parcels if not _withheld(it, session)]
            if own:
                send_frames(journal, (session,), own, line.variant)


def _withheld(parcel: Parcel, session: Session) -> bool:
    if parcel.withheld_from != session.actor.id:
        return False
    return parcel.entirely or session.capabilities is not None


def _personal(parcel: Parcel, session: Session, line: Line) -> Event:
    return parcel.event if session.actor.id in parcel.shown_to else parcel.on(line)
