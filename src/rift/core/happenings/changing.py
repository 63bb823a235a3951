"""What becomes of a scheduled event: stored, told, written down."""

from datetime import datetime, timedelta
from typing import Final

import msgspec
from msgspec.structs import replace

from rift import events
from rift.core.actor import Actor
from rift.core.auditlog.recording import changed, record
from rift.core.happenings import queries, recurring
from rift.core.stages import opening as stages
from rift.core.unit import Unit
from rift.core.voices.telling import EMPTY
from rift.wire.auditlog import Action
from rift.wire.happenings import (
    EntityType,
    ScheduledEvent,
    ScheduledEventExceptionsGone,
    Status,
)
from rift.wire.stages import StageInstance
from rift.world import Picture

_UNATTENDED: Final = timedelta(hours=3)
"""So long after its start nobody begins it any more."""


def due_at(event: ScheduledEvent) -> datetime | None:
    """When the clock has something to do with an event."""
    occurrence = recurring.current(event)
    is_external = event.entity_type == EntityType.EXTERNAL
    if event.status == Status.ACTIVE:
        return occurrence.ends if is_external else None
    if event.status == Status.SCHEDULED:
        at_once = is_external or occurrence.is_canceled
        return occurrence.starts if at_once else occurrence.starts + _UNATTENDED
    return None


def stepped(event: ScheduledEvent, status: int, now: datetime) -> ScheduledEvent:
    """The event in its next status; one that recurs and is over stands before the next time."""
    if status == Status.COMPLETED:
        again = recurring.following(event, now)
        if again is not None:
            return replace(again, entity_id=None)
    if status != Status.ACTIVE:
        return replace(event, status=status, entity_id=None)
    return replace(event, status=status)


def unattended(event: ScheduledEvent, now: datetime) -> ScheduledEvent:
    """The event when its time has gone by: it is given up, or stands before the next time."""
    again = recurring.following(event, now)
    return replace(event, status=Status.CANCELED) if again is None else again


async def turn(
    unit: Unit, actor: Actor | None, guild: Picture, before: ScheduledEvent, after: ScheduledEvent
) -> ScheduledEvent:
    """The same, where an event may begin or be over: its stage is opened and closed with it."""
    begins = after.status == Status.ACTIVE and before.status != Status.ACTIVE
    ends = before.status == Status.ACTIVE and after.status != Status.ACTIVE
    if before.entity_type == EntityType.STAGE_INSTANCE and (begins or ends):
        await stages.close_in(unit, actor, guild, before.channel_id)
    if begins and after.entity_type == EntityType.STAGE_INSTANCE and after.channel_id is not None:
        stage = StageInstance(
            id=unit.new_id(),
            guild_id=guild.id,
            channel_id=after.channel_id,
            topic=after.name,
            guild_scheduled_event_id=after.id,
        )
        await stages.open_(unit, actor, guild, stage)
        after = replace(after, entity_id=stage.id)
    await store(unit, actor, before, after)
    return after


async def close_stage(
    unit: Unit, actor: Actor | None, guild: Picture, stage: StageInstance
) -> None:
    """Close a stage, and end the event that is on it."""
    event = guild.happenings.get(stage.guild_scheduled_event_id or "")
    await stages.close(unit, actor, guild, stage)
    if event is not None and event.status == Status.ACTIVE:
        await store(unit, actor, event, stepped(event, Status.COMPLETED, unit.now()))


async def store(
    unit: Unit, actor: Actor | None, before: ScheduledEvent, after: ScheduledEvent
) -> None:
    """Keep and tell a changed event; what the clock did is nobody's deed."""
    if after == before:
        return
    if before.recurrence_rule != after.recurrence_rule and before.guild_scheduled_event_exceptions:
        after = replace(after, guild_scheduled_event_exceptions=[])
        await unit.run(queries.DELETE_EXCEPTIONS, before.id)
        gone = ScheduledEventExceptionsGone(guild_id=before.guild_id, event_id=before.id)
        unit.emit(events.HappeningExceptionsDelete(data=gone, place=before.channel_id))
    is_over = after.status > Status.ACTIVE
    await unit.run(
        queries.UPDATE,
        after.id,
        after.channel_id,
        after.name,
        after.description,
        after.image,
        after.scheduled_start_time,
        after.scheduled_end_time,
        after.status,
        after.entity_type,
        after.entity_id,
        location(after),
        rule(after),
        _due_at(unit, after),
        unit.now() if is_over else None,
    )
    unit.emit(events.HappeningUpdate(data=after, before=before))
    if actor is not None:
        deed = changed(Action.GUILD_SCHEDULED_EVENT_UPDATE, after.id, before, after)
        await record(unit, actor, after.guild_id, deed)


def emptied(now: datetime) -> datetime:
    """When to look whether an event whose channel is empty is over."""
    return now + EMPTY


def _due_at(unit: Unit, event: ScheduledEvent) -> datetime | None:
    is_hosted = event.entity_type != EntityType.EXTERNAL
    if is_hosted and event.status == Status.ACTIVE:
        return emptied(unit.now())
    return due_at(event)


def location(event: ScheduledEvent) -> str | None:
    return None if event.entity_metadata is None else event.entity_metadata.location


def rule(event: ScheduledEvent) -> object:
    """The rule as a column holds it."""
    return None if event.recurrence_rule is None else msgspec.to_builtins(event.recurrence_rule)
