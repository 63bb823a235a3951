"""What an outlet is, and the runner that feeds it the outbox from its own cursor."""

import asyncio
import logging
from collections.abc import Sequence
from typing import ClassVar, Final, Protocol

import msgspec

from rift.db import outbox
from rift.db.outbox import Entry, Position
from rift.db.pool import Pool
from rift.events import Event
from rift.snowflake import decode_hook

_log = logging.getLogger(__name__)
_BATCH: Final = 100
_IDLE_S: Final = 0.25
_RETRY_S: Final = 2.0
_DEADLINE_S: Final = 60.0


class Outlet(Protocol):
    """A reaction to durable events; `name` is what its cursor is kept under."""

    name: ClassVar[str]
    events: ClassVar[Sequence[type[Event]]]

    async def take(self, events: Sequence[Event]) -> None:
        """React to events, oldest first; to raise means to be given them again."""


class Runner:
    """Reads for one outlet. It advances after the outlet is done, so nothing is missed.

    A crash in between gives the outlet the same events again; it has to tolerate that.
    """

    def __init__(self, pool: Pool, outlet: Outlet) -> None:
        self._pool = pool
        self._outlet = outlet
        self._types = {event.__name__: event for event in outlet.events}

    async def run(self) -> None:
        """Feed the outlet for ever."""
        while True:
            try:
                busy = await self.step()
            except Exception:  # noqa: BLE001  # the edge of a task
                _log.exception("outlet %s stumbled and tries again", self._outlet.name)
                await asyncio.sleep(_RETRY_S)
            else:
                if not busy:
                    await asyncio.sleep(_IDLE_S)

    async def step(self) -> bool:
        """Hand over the next batch; whether there was one."""
        async with self._pool.acquire() as connection:
            at = await outbox.cursor(connection, self._outlet.name)
            entries = await outbox.read(connection, at, list(self._types), _BATCH)
        if not entries:
            return False
        async with asyncio.timeout(_DEADLINE_S):
            await self._outlet.take([self._event(entry) for entry in entries])
        await self._advance(entries[-1].position)
        return True

    async def _advance(self, position: Position) -> None:
        async with self._pool.acquire() as connection:
            await outbox.advance(connection, self._outlet.name, position)

    def _event(self, entry: Entry) -> Event:
        return msgspec.convert(entry.payload, self._types[entry.event], dec_hook=decode_hook)
