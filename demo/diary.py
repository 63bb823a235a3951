"""Deeds and their moments, done in their order on the clock of the sample community."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from demo.clock import Clock

Deed = Callable[[], Awaitable[Any]]


class Diary:
    """What happens when."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._entries: list[tuple[datetime, int, Deed]] = []

    def note(self, moment: datetime, deed: Deed) -> None:
        """Have something done; nothing is done after now."""
        self._entries.append((min(moment, self.now), len(self._entries), deed))

    async def play(self, clock: Clock) -> None:
        """Do everything, each at its moment."""
        for moment, _, deed in sorted(self._entries, key=lambda entry: entry[:2]):
            clock.advance(moment)
            await deed()
