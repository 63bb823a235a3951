"""Has messages, and what begins, pushed to the devices of whom they concern while away."""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar, Final, Self

from rift import events
from rift.config import Settings
from rift.core.house import House
from rift.core.pushes import choosing
from rift.core.unit import Unit
from rift.events import Event, HappeningUpdate, MessageCreate
from rift.wire.happenings import Status
from rift.wire.messages import MessageEvent

_WRITTEN: Final = frozenset({0, 19, 20, 23})
"""The types of messages that somebody wrote, or a command of theirs."""
_SILENT: Final = 1 << 12


class Push:
    """Only notes who is to be told: a `Courier` carries it, when they did not read it meanwhile."""

    name: ClassVar[str] = "push"
    events: ClassVar[Sequence[type[Event]]] = (events.MessageCreate, events.HappeningUpdate)

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
        """What was written, unless it was sent silently; what calls all; and what begins."""
        if isinstance(event, HappeningUpdate):
            return _begins(event)
        message: MessageEvent = event.data
        is_meant = message.type in _WRITTEN or message.mention_everyone
        return is_meant and not message.flags & _SILENT

    async def take(self, events: Sequence[Event]) -> None:
        """Choose whom to tell; whoever is told already is not told again."""
        concern = [event for event in events if self.concerns(event)]
        if not concern:
            return
        async with Unit(self._house) as unit:
            told = [event for event in concern if isinstance(event, MessageCreate)]
            await choosing.order(unit, told, self._after)
            for event in concern:
                if isinstance(event, HappeningUpdate):
                    await choosing.order_beginning(unit, event.data, self._after)


def _begins(event: HappeningUpdate) -> bool:
    return event.data.status == Status.ACTIVE != event.before.status
