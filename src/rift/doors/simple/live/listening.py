"""What the simple door asks of whoever carries events to those they are for."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from rift.core.actor import Actor
from rift.wire.presences import UpdatePresence

Hear = Callable[[str, bytes], None]
"""Takes the name of one of Discord's events and its payload as JSON."""

T = TypeVar("T")


class Listening(Protocol[T]):
    """Lets people hear what is theirs to hear, with the gateway's own idea of what that is."""

    async def open_relay(self, actor: Actor, hear: Hear, over: Callable[[], None], /) -> T:
        """Begin; `over` is called when the session was revoked or events may have been lost."""
        ...

    def close_relay(self, relay: T, /) -> None:
        """End."""
        ...

    def show_relayed(self, relay: T, presence: UpdatePresence, /) -> None:
        """Say how they are."""
        ...
