"""A session whose client speaks at another door: it is told events as they are."""

from collections.abc import Callable, Iterable
from typing import Final

from rift.core.actor import Actor
from rift.doors.discord.gateway.session import Delivery, Line, Session
from rift.protocols.frames import Event, Variant
from rift.protocols.gateway import Intents
from rift.protocols.journal import Journal

Hear = Callable[[str, bytes], None]
"""Takes the name of an event and its payload as JSON."""

_HEARD: Final = (
    Intents.GUILD_MESSAGES
    | Intents.GUILD_MESSAGE_TYPING
    | Intents.GUILD_PRESENCES
    | Intents.DIRECT_MESSAGES
    | Intents.DIRECT_MESSAGE_TYPING
)
"""What is written, and by whom; a relay's client has no picture of guilds to keep true."""

_LINE: Final = Line(Variant.JSON, shows_content=True, relayed=True)


class Relay(Session):
    """It has no socket of its own and nothing is kept for it: who is lost comes anew."""

    __slots__ = ("_over", "hear")

    def __init__(
        self, actor: Actor, journal: Journal[Event], hear: Hear, over: Callable[[], None]
    ) -> None:
        super().__init__(
            actor,
            _HEARD,
            journal=journal,
            own_bytes=0,
            shard=None,
            shows_content=True,
            large_threshold=0,
        )
        self.hear = hear
        self._over = over
        self.line = _LINE
        self.sequence = 1
        self._stand(Delivery.LIVE)

    def dispatch(self, event: Event) -> None:
        self.hear(event.name, event.data)

    def end(self) -> None:
        """Tell the other door that nothing more will come."""
        self._over()


def relay(sessions: Iterable[Session], events: Iterable[Event]) -> None:
    """Tell the sessions of a relayed line the events, each to all before the next."""
    for event in events:
        for session in sessions:
            session.dispatch(event)
