"""The one small interface every bus offers."""

import logging
from collections.abc import Callable, Sequence
from typing import Protocol

from rift.events import Release

_log = logging.getLogger(__name__)

Receiver = Callable[[Sequence[Release]], None]


class Bus(Protocol):
    """Carries releases to every process that follows their topics.

    Delivery is at most once, and per publisher and topic in the order of publishing. The
    publisher's own process always receives its releases, at once and whatever it follows.
    """

    async def start(self, receive: Receiver, resync: Callable[[], None]) -> None:
        """Begin delivering to `receive`; `resync` is called when releases may have been lost."""

    async def stop(self) -> None: ...

    def publish(self, releases: Sequence[Release]) -> None:
        """Deliver here at once and hand over to the other processes; never waits, never raises."""

    def follow(self, topic: str) -> None: ...

    def unfollow(self, topic: str) -> None: ...

    async def settled(self) -> None:
        """Return once every `follow` so far is in effect, or the broker is away.

        What is missed while it is away is covered by the `resync` when it is back.
        """


def deliver(receive: Receiver | None, releases: Sequence[Release]) -> None:
    """Hand releases over. What was committed is no failure of whoever committed it."""
    if receive is None or not releases:
        return
    try:
        receive(releases)
    except Exception:  # noqa: BLE001  # the edge between what happened and who hears of it
        _log.exception("a release was not taken well")
