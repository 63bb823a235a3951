"""The one small interface every bus offers."""

from collections.abc import Callable, Sequence
from typing import Protocol

from rift.events import Release

Receiver = Callable[[Sequence[Release]], None]


class Bus(Protocol):
    """Carries releases to every process that follows their topics.

    Delivery is at most once and in the order of publishing per publisher. The publisher's own
    process always receives its releases, at once and whatever it follows.
    """

    async def start(self, receive: Receiver, resync: Callable[[], None]) -> None:
        """Begin delivering to `receive`; `resync` is called when releases may have been lost."""

    async def stop(self) -> None: ...

    def publish(self, releases: Sequence[Release]) -> None:
        """Deliver here at once and hand over to the other processes; never waits."""

    def follow(self, topic: str) -> None: ...

    def unfollow(self, topic: str) -> None: ...

    async def settled(self) -> None:
        """Return once every `follow` so far is in effect."""
