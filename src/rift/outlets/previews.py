"""Has the links in messages looked at, so that what is behind them is shown."""

from collections.abc import Sequence
from typing import ClassVar, Self

from rift import events
from rift.config import Settings
from rift.core.components.media import addresses
from rift.core.crossposts.flags import IS_CROSSPOST
from rift.core.house import House
from rift.core.messages.drafts import SUPPRESS_EMBEDS
from rift.core.messages.urls import may_link
from rift.core.previews import errands
from rift.core.unit import Unit
from rift.events import Event
from rift.wire.messages import MessageEvent


class Previews:
    """Only notes which messages those are: what others' sites take their time for must not keep
    the next messages waiting. A `Scout` does the rest.
    """

    name: ClassVar[str] = "previews"
    events: ClassVar[Sequence[type[Event]]] = (events.MessageCreate, events.MessageUpdate)

    def __init__(self, house: House) -> None:
        self._house = house

    @classmethod
    def is_wanted(cls, settings: Settings) -> bool:
        return settings.previews.enabled

    @classmethod
    def of(cls, house: House) -> Self:
        return cls(house)

    @classmethod
    def concerns(cls, event: Event) -> bool:
        """Messages with links or pictures of the web, but those that say they want none."""
        message: MessageEvent = event.data
        bare = message.flags & (SUPPRESS_EMBEDS | IS_CROSSPOST)
        return not bare and (may_link(message.content) or bool(addresses(message.components)))

    async def take(self, events: Sequence[Event]) -> None:
        """Note them; more is read from the database when it is their turn."""
        concerned = [event.data for event in events if self.concerns(event)]
        if concerned:
            async with Unit(self._house) as unit:
                await errands.note(unit, concerned)
