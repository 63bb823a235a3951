"""A gateway session: what one client was sent, in which order, whether it listens or not."""

import asyncio
import os
import secrets
from enum import Enum, auto
from typing import Final, NamedTuple

import msgspec
from picows import WSTransport

from rift.core.actor import Actor
from rift.doors.http.websocket import descriptor_of
from rift.protocols.frames import Batch, Event, Stream, Variant
from rift.protocols.gateway import Capabilities, Intents
from rift.protocols.journal import Journal, Record
from rift.snowflake import Snowflake, shard_of
from rift.wire.ready import SessionClient

_JSON: Final = msgspec.json.Encoder()
_REPLAYED_AT_ONCE: Final = 64


class Line(NamedTuple):
    """Sessions on one line receive the same bytes, but for the sequence number."""

    variant: Variant
    shows_content: bool
    relayed: bool = False
    """Whether they take events as they are instead of bytes; see `relay`."""


class Delivery(Enum):
    """How a session takes what it is sent."""

    LIVE = auto()
    BEHIND = auto()
    """Its socket is full: it gets what it missed when that has drained."""
    AWAY = auto()
    """It has no socket: it gets what it missed when it resumes, or is given up."""


class Session(Record[Event]):
    """The record of what one client was sent, and the socket it is sent through.

    Both in one object, and as few others as possible: the memory a delivery has to visit costs
    more than what is done there.
    """

    __slots__ = (
        "__weakref__",
        "_drained",
        "actor",
        "away_since",
        "capabilities",
        "client",
        "confided",
        "delivery",
        "descriptor",
        "early",
        "guilds",
        "id",
        "intents",
        "large_threshold",
        "line",
        "sent",
        "shard",
        "shows_content",
        "stream",
        "transport",
    )

    def __init__(
        self,
        actor: Actor,
        intents: Intents,
        *,
        journal: Journal[Event],
        own_bytes: int,
        shard: tuple[int, int] | None,
        shows_content: bool,
        large_threshold: int,
    ) -> None:
        super().__init__(journal, own_bytes)
        self.id = secrets.token_hex(16)
        self.actor = actor
        self.intents = int(intents)
        self.shard = shard
        self.shows_content = shows_content
        self.large_threshold = large_threshold
        self.capabilities: Capabilities | None = None
        """None for bots, and for clients that are shown their guilds one by one as bots are."""
        self.client = SessionClient()
        self.sent = 0
        """Where a socket that filled up stopped."""
        self.guilds: dict[Snowflake, frozenset[Snowflake]] = {}
        self.confided: dict[Snowflake, frozenset[Snowflake]] = {}
        """By guild, the active private threads it was shown."""
        self.early: list[Event] = []
        """What happened to the user while READY was put together."""
        self.transport: WSTransport | None = None
        self.stream: Stream | None = None
        self.away_since = 0.0
        self._drained: asyncio.Future[None] | None = None
        self.line = Line(Variant.JSON, shows_content)
        self._stand(Delivery.AWAY)

    @property
    def is_away(self) -> bool:
        return self.delivery is Delivery.AWAY

    def serves(self, guild_id: Snowflake) -> bool:
        """Whether the guild belongs to this session's shard."""
        return self.shard is None or shard_of(guild_id, self.shard[1]) == self.shard[0]

    def connect(self, transport: WSTransport, stream: Stream) -> None:
        """Begin to speak through a socket."""
        self.transport, self.stream = transport, stream
        self.line = Line(stream.variant, self.shows_content)
        self._stand(Delivery.LIVE)

    def disconnect(self, now: float) -> None:
        """Keep what comes from now on for the resume."""
        self.transport = self.stream = None
        self.away_since = now
        self._stand(Delivery.AWAY)

    def fall_behind(self) -> None:
        """The socket is full: wait until it has drained."""
        self.sent = self.sequence
        self._stand(Delivery.BEHIND)

    def catch_up(self) -> bool:
        """The socket has drained: send what was kept. False where too much was missed."""
        kept = self.since(self.sent)
        if kept is None:
            return False
        self._stand(Delivery.LIVE)
        return self.replay(kept, self.sent)

    async def caught_up(self) -> None:
        """Wait while the socket is full: what is shown in turn would only pile up behind it.

        A client that takes nothing at all misses its heartbeats, and is gone.
        """
        if self.delivery is Delivery.BEHIND:
            if self._drained is None:
                self._drained = asyncio.get_running_loop().create_future()
            await asyncio.wait([self._drained])

    def replay(self, events: list[Event], after: int) -> bool:
        """Send kept events again, under the numbers they had."""
        stream = self.stream
        if stream is None:
            return True
        for start in range(0, len(events), _REPLAYED_AT_ONCE):
            if self.delivery is not Delivery.LIVE:
                self.sent = after + start
                return True
            part = events[start : start + _REPLAYED_AT_ONCE]
            batch = Batch([event.frame(stream.variant) for event in part])
            self.write(batch.render(after + start + 1))
        return True

    def dispatch(self, event: Event) -> None:
        """Send an event that is for this session alone."""
        sequence = self.append(event)
        if self.delivery is Delivery.LIVE and self.stream is not None:
            payload = b'{"op":0,"s":%d,"t":"%b","d":%b}' % (
                sequence,
                event.name.encode(),
                event.data,
            )
            self.write(self.stream.single(payload))

    def dispatch_all(self, events: list[Event]) -> None:
        """Send many events that are for this session alone, in a few writes."""
        before = self.sequence
        for event in events:
            self.append(event)
        if self.delivery is Delivery.LIVE:
            self.replay(events, before)

    def begin(self, ready: Event) -> None:
        """Greet, and tell what came too early to be told before the greeting."""
        self.dispatch(ready)
        early, self.early = self.early, []
        self.dispatch_all(early)

    def say(self, op: int, data: object) -> None:
        """Send a message that is not an event, such as an ack; nobody waits for it later."""
        if self.delivery is Delivery.LIVE and self.stream is not None:
            message = _JSON.encode({"op": op, "d": data, "s": None, "t": None})
            self.write(self.stream.single(message))

    def write(self, frames: bytes) -> None:
        """Send whole frames, if the socket takes them."""
        if self.delivery is Delivery.LIVE and self.transport is not None:
            self.transport.underlying_transport.write(frames)

    def _stand(self, delivery: Delivery) -> None:
        self.delivery = delivery
        if delivery is not Delivery.BEHIND and self._drained is not None:
            self._drained.set_result(None)
            self._drained = None
        self.descriptor = (
            descriptor_of(self.transport)
            if delivery is Delivery.LIVE and self.transport is not None
            else None
        )
        """The socket, while it takes what it is sent: there is nothing before it in any buffer."""


def send_frames(
    journal: Journal[Event], sessions: tuple[Session, ...], events: list[Event], variant: Variant
) -> None:
    """Give each session the events, in one write, under its next numbers."""
    if not sessions:
        return
    journal.note(events, sessions)
    if len(events) == 1:
        _send_one(sessions, events[0], variant)
    else:
        _send_many(sessions, events, variant)


def _send_one(sessions: tuple[Session, ...], event: Event, variant: Variant) -> None:
    """The hot loop of a calm room: shared bytes, the number patched in where it differs.

    Sessions that are equally far share the number's object, and the descriptor is written to
    without a word to the transport: a few things less to visit for each.
    """
    buffer, slot, number = event.frame(variant).patchable()
    write, size = os.write, len(buffer)
    last, following = -1, 0
    for session in sessions:
        sequence = session.sequence
        if sequence != last:
            last, following = sequence, sequence + 1
            buffer[slot] = number(following)
        session.sequence = following
        descriptor = session.descriptor
        if descriptor is not None:
            try:
                taken = write(descriptor, buffer)
            except OSError:
                taken = 0
            if taken != size:
                session.write(bytes(buffer[taken:]))


def _send_many(sessions: tuple[Session, ...], events: list[Event], variant: Variant) -> None:
    """The hot loop of a busy room: many events cost each socket one write."""
    batch = Batch([event.frame(variant) for event in events])
    render, count = batch.render, batch.count
    write = os.write
    rendered, size = b"", 0
    last, following = -1, 0
    for session in sessions:
        sequence = session.sequence
        if sequence != last:
            last, following = sequence, sequence + count
            rendered = render(sequence + 1)
            size = len(rendered)
        session.sequence = following
        descriptor = session.descriptor
        if descriptor is not None:
            try:
                taken = write(descriptor, rendered)
            except OSError:
                taken = 0
            if taken != size:
                session.write(rendered[taken:])
