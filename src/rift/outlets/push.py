"""Has messages pushed to the devices of those whom they concern while they are away."""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar, Final, Self

from rift import events
from rift.config import Settings
from rift.core.house import House
from rift.core.pushes import choosing
from rift.core.unit import Unit
from rift.events import Event, MessageCreate
from rift.wire.messages import MessageEvent

_WRITTEN: Final = frozenset({0, 19, 20, 23})
"""The types of messages that somebody wrote, or a command of theirs."""
_SILENT: Final = 1 << 12


class Push:
    """Only notes who is to be told: a `Courier` carries it, when they did not read it meanwhile."""

    name: ClassVar[str] = "push"
    events: ClassVar[Sequence[type[Event]]] = (events.MessageCreate,)

    def __init__(self, house: House) -> None:
        self._house = house
        self._after = timedelta(seconds=house.settings.push.away_s)

    @classmethod
    def is_wanted(cls, settings: Settings) -> bool:
        return settings.push.enabled

    @classmethod
    def of(cls, house: House) -> Self:
        return cls(house)

    @classmethod
    def concerns(cls, event: Event) -> bool:
        """What was written, unless it was sent silently."""
        message: MessageEvent = event.data
        return message.type in _WRITTEN and not message.flags & _SILENT

    async def take(self, events: Sequence[Event]) -> None:
        """Choose whom to tell; whoever is told already is not told again."""
        told = [it for it in events if isinstance(it, MessageCreate) and self.concerns(it)]
        if told:
            async with Unit(self._house) as unit:
                await choosing.order(unit, told, self._after)
