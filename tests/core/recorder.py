"""An outlet that writes down what it is given."""

from collections.abc import Sequence
from typing import ClassVar

from rift import events
from rift.events import Event


class Recorder:
    """Remembers; and fails as often as it is told to."""

    name: ClassVar[str] = "recorder"
    events: ClassVar[Sequence[type[Event]]] = (
        events.MessageCreate,
        events.BanAdd,
        events.GuildUpdate,
    )

    def __init__(self) -> None:
        self.taken: list[Event] = []
        self.failures = 0

    async def take(self, events: Sequence[Event]) -> None:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the world out there is away")
        self.taken += events

    @property
    def reasons(self) -> list[str]:
        """The texts the tests number their events with."""
        return [getattr(event.data, "content", "") or event.data.user.username for event in self.taken]
