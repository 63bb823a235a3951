"""The bus of a single process: a function call."""

from collections.abc import Callable, Sequence

from rift.bus.interface import Receiver, deliver
from rift.events import Release


class LocalBus:
    """Delivers what is published to the one receiver there is."""

    def __init__(self) -> None:
        self._receive: Receiver | None = None

    async def start(
        self,
        receive: Receiver,
        resync: Callable[[], None],  # noqa: ARG002  # nothing is ever lost here
    ) -> None:
        self._receive = receive

    async def stop(self) -> None:
        self._receive = None

    def publish(self, releases: Sequence[Release]) -> None:
        deliver(self._receive, releases)

    def follow(self, topic: str) -> None:
        """Everything published here arrives here."""

    def unfollow(self, topic: str) -> None:
        """Everything published here arrives here."""

    async def settled(self) -> None:
        """Nothing to wait for."""
