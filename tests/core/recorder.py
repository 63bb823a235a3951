"""An outlet that writes down what it is given."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from rift import events
from rift.config import Settings
from rift.core.house import House
from rift.events import Event
from rift.wire.guilds import BanEvent, Guild

NO_CONCERN = "nobody"


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

    @classmethod
    def is_wanted(cls, settings: Settings) -> bool:  # noqa: ARG003  # by the test it is
        return True

    @classmethod
    def of(cls, house: House) -> Self:  # noqa: ARG003  # it needs nothing of it
        return cls()

    @classmethod
    def concerns(cls, event: Event) -> bool:
        """Of all but what is said to be nobody's concern."""
        return not (isinstance(event, events.BanAdd) and event.data.user.username == NO_CONCERN)

    async def take(self, events: Sequence[Event]) -> None:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the world out there is away")
        self.taken += events

    @property
    def reasons(self) -> list[str]:
        """The texts the tests number their events with."""
        return [_text(event.data) for event in self.taken]


def _text(data: Any) -> str:
    if isinstance(data, BanEvent):
        return data.user.username
    text: str = data.name if isinstance(data, Guild) else data.content
    return text
