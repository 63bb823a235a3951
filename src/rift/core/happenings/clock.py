"""What time does to scheduled events: some begin and end by themselves, some nobody came to."""

import logging
from datetime import datetime, timedelta
from typing import Final

from rift import events
from rift.core.bells import Bell
from rift.core.guilds import holding
from rift.core.happenings import changing, queries, recurring
from rift.core.offices import Officer
from rift.core.unit import Row, Unit
from rift.core.voices.telling import occupants
from rift.db.pool import AWAY
from rift.errors import UnknownGuild
from rift.wire.happenings import EntityType, ScheduledEvent, Status
from rift.world import Picture

_log = logging.getLogger(__name__)
_AT_ONCE: Final = 100
_KEPT: Final = timedelta(days=30)
_RETRY: Final = timedelta(minutes=1)


class Timekeeper(Officer):
    """One process of the instance has one at work; a second one would find nothing to do."""

    office = bell = Bell.EVENTS
    next_due = queries.NEXT_DUE
    rung_by = (
        events.HappeningCreate,
        events.HappeningUpdate,
        events.HappeningExceptionCreate,
        events.HappeningExceptionUpdate,
        events.HappeningExceptionDelete,
        events.HappeningExceptionsDelete,
    )

    async def step(self) -> bool:
        """Do what is due; whether there may be more."""
        async with Unit(self._house, reading=True) as unit:
            rows = await unit.all(queries.DUE, unit.now(), _AT_ONCE)
        for row in rows:
            await self._attend_to(row)
        return len(rows) == _AT_ONCE

    async def _attend_to(self, row: Row) -> None:
        try:
            async with Unit(self._house) as unit:
                await _turn(unit, row)
        except AWAY:
            raise
        except Exception:  # noqa: BLE001  # the edge of a job: others are due as well
            _log.exception("scheduled event %s is looked at again", row["id"])
            async with Unit(self._house) as unit:
                await unit.run(queries.POSTPONE, row["id"], unit.now() + _RETRY)


async def prune(unit: Unit) -> int:
    """Forget what has been over for long; how many events it was."""
    return await unit.run(queries.PRUNE, unit.now() - _KEPT, _AT_ONCE)


async def _turn(unit: Unit, row: Row) -> None:
    """The next page of one event, unless somebody turned it meanwhile."""
    try:
        guild = await holding.hold(unit, row["guild_id"])
    except UnknownGuild:
        return
    event = guild.happenings.get(row["id"])
    due_at = None if event is None else _due_at(unit, guild, event)
    if event is None or due_at is None or due_at > unit.now():
        await unit.run(queries.POSTPONE, row["id"], due_at)
        return
    await changing.turn(unit, None, guild, event, _turned(unit, event))


def _due_at(unit: Unit, guild: Picture, event: ScheduledEvent) -> datetime | None:
    """What goes on in a channel goes on while somebody is there."""
    if event.entity_type == EntityType.EXTERNAL or event.status != Status.ACTIVE:
        return changing.due_at(event)
    is_empty = event.channel_id is None or not occupants(guild, event.channel_id)
    return unit.now() if is_empty else changing.emptied(unit.now())


def _turned(unit: Unit, event: ScheduledEvent) -> ScheduledEvent:
    now = unit.now()
    if event.status == Status.ACTIVE:
        return changing.stepped(event, Status.COMPLETED, now)
    is_canceled = recurring.current(event).is_canceled
    if event.entity_type == EntityType.EXTERNAL and not is_canceled:
        return changing.stepped(event, Status.ACTIVE, now)
    return changing.unattended(event, now)
