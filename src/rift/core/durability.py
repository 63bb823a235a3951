"""Which events some outlet must not miss: those are written to the outbox, and no others."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from rift.events import AnyEvent, Event

Concern = Callable[[Event], bool]
"""Whether an event of a type that an outlet reads is one that it has something to do about."""


class Durability:
    """What the outlets of an instance ask for, by type of event.

    It is asked for each message on its way, so an outlet's concern is a look at the event and no
    more than that.
    """

    def __init__(self, wanted: Mapping[type[Event], Sequence[Concern]]) -> None:
        self._wanted = wanted

    def __contains__(self, type_: type[Event]) -> bool:
        """Whether there is any event of this type that somebody reads."""
        return type_ in self._wanted

    def demands(self, event: AnyEvent) -> bool:
        """Whether the event must not be missed."""
        concerns = self._wanted.get(type(event))
        return concerns is not None and any(concern(event) for concern in concerns)


NOTHING: Final = Durability(MappingProxyType({}))
