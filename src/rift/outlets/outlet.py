"""What an outlet is, and the runner that feeds it the outbox from its own cursor."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Final, Protocol, Self

import msgspec

from rift.config import Settings
from rift.core.bells import Bell
from rift.core.house import House
from rift.core.offices import Office, Officer
from rift.db import outbox
from rift.db.outbox import Entry, Mark
from rift.events import Event
from rift.snowflake import decode_hook

_log = logging.getLogger(__name__)
_BATCH: Final = 100
_DEADLINE_S: Final = 60.0


class Outlet(Protocol):
    """A reaction to durable events; `name` is what its cursor is kept under."""

    name: ClassVar[str]
    events: ClassVar[Sequence[type[Event]]]

    @classmethod
    def is_wanted(cls, settings: Settings) -> bool:
        """Whether the operator has it switched on."""
        ...

    @classmethod
    def of(cls, house: House) -> Self:
        """The outlet of one process."""
        ...

    @classmethod
    def concerns(cls, event: Event) -> bool:
        """Whether there is something to do about an event of these types; if not, it is not kept.

        It is asked for every such event before it is committed, so it looks and does no more. What
        concerns another outlet is given to this one all the same.
        """
        ...

    async def take(self, events: Sequence[Event]) -> None:
        """React to events, oldest first; to raise means to be given them again."""


class Runner(Officer):
    """Reads for one outlet. It advances after the outlet is done, so nothing is missed.

    A crash in between gives the outlet the same events again; it has to tolerate that. Of the
    processes of an instance one feeds an outlet, and another one goes on when it is gone.
    """

    bell = Bell.OUTBOX
    pace_s = 0.25
    retry_s = 2.0

    def __init__(self, house: House, outlet: Outlet, holds: Office) -> None:
        super().__init__(house, holds)
        self.office = f"outlet {outlet.name}"
        self._pool = house.pool
        self._outlet = outlet
        self._types = {event.__name__: event for event in outlet.events}
        self._mark: Mark | None = None

    async def due_at(self) -> datetime | None:
        """Soon, as long as somebody may still write before the mark."""
        return None if self._mark is None else self._house.clock()

    async def step(self) -> bool:
        """Hand over the next batch; whether there may be another one, as behind an older mark."""
        is_older = self._mark is not None
        async with self._pool.acquire() as connection:
            at = await outbox.cursor(connection, self._outlet.name)
            mark = self._mark = self._mark or await outbox.mark(connection)
            if not await outbox.is_reached(connection, mark):
                return False
            entries = await outbox.read(connection, at, mark, list(self._types), _BATCH)
        if entries:
            async with asyncio.timeout(_DEADLINE_S):
                await self._outlet.take(self._events(entries))
        if len(entries) < _BATCH:
            self._mark = None
        done = mark.id if self._mark is None else entries[-1].id
        if done != at:
            await self._advance(done)
        return is_older or bool(entries)

    async def _advance(self, to: str) -> None:
        async with self._pool.acquire() as connection:
            await outbox.advance(connection, self._outlet.name, to)

    def _events(self, entries: Sequence[Entry]) -> Sequence[Event]:
        events: list[Event] = []
        for entry in entries:
            try:
                type_ = self._types[entry.event]
                events.append(msgspec.convert(entry.payload, type_, dec_hook=decode_hook))
            except msgspec.ValidationError:  # an earlier version's: not to be waited for for ever
                _log.exception("outlet %s skips event %s", self._outlet.name, entry.id)
        return events
