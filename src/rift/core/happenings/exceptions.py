"""What can be done with single occurrences of an event: moved, or left out."""

from msgspec.structs import replace

from rift import errors, events
from rift.core.access import Hall
from rift.core.actor import Actor
from rift.core.auditlog.recording import Deed, changed, record
from rift.core.guilds import holding
from rift.core.happenings import changing, finding, queries, recurring, shapes
from rift.core.unit import Unit
from rift.errors import InvalidForm
from rift.snowflake import Snowflake, at
from rift.wire.auditlog import Action
from rift.wire.happenings import (
    CreateException,
    ModifyException,
    ScheduledEvent,
    ScheduledEventException,
)


async def create(
    unit: Unit,
    actor: Actor,
    guild_id: Snowflake,
    guild_scheduled_event_id: Snowflake,
    body: CreateException,
) -> ScheduledEventException:
    """Move an occurrence or leave it out; what was said of it before no longer counts."""
    hall, event = await _held(unit, actor, guild_id, guild_scheduled_event_id)
    moment = body.original_scheduled_start_time
    field = "original_scheduled_start_time"
    if event.recurrence_rule is None or not recurring.falls(event, moment):
        code = "GUILD_SCHEDULED_EVENT_NO_OCCURRENCE"
        raise InvalidForm.at(field, code, "The event does not happen then.")
    shapes.check_soon(moment, field, unit.now())
    if not (body.is_canceled or body.scheduled_start_time or body.scheduled_end_time):
        raise errors.EmptyEventException
    return await _put(unit, actor, hall, event, at(moment), body)


async def modify(
    unit: Unit,
    actor: Actor,
    guild_id: Snowflake,
    guild_scheduled_event_id: Snowflake,
    exception_id: Snowflake,
    body: ModifyException,
) -> ScheduledEventException:
    """Say anew in what an occurrence is otherwise."""
    hall, event = await _held(unit, actor, guild_id, guild_scheduled_event_id)
    _find(event, exception_id)
    return await _put(unit, actor, hall, event, exception_id, body)


async def delete(
    unit: Unit,
    actor: Actor,
    guild_id: Snowflake,
    guild_scheduled_event_id: Snowflake,
    exception_id: Snowflake,
) -> None:
    """Let an occurrence be as the rule says."""
    _, event = await _held(unit, actor, guild_id, guild_scheduled_event_id)
    before = _find(event, exception_id)
    await unit.run(queries.DELETE_EXCEPTION, event.id, exception_id)
    told = replace(before, guild_id=guild_id)
    unit.emit(events.HappeningExceptionDelete(data=told, place=event.channel_id))
    await _look_again(unit, event, _others(event, exception_id))
    action = Action.GUILD_SCHEDULED_EVENT_EXCEPTION_DELETE
    await record(unit, actor, guild_id, _deed(action, event, before, None))


async def _held(
    unit: Unit, actor: Actor, guild_id: Snowflake, event_id: Snowflake
) -> tuple[Hall, ScheduledEvent]:
    """An event of which one may change something, held."""
    hall = await holding.hall(unit, actor, guild_id)
    event = await finding.find(unit, hall, event_id)
    finding.check_touch(hall, event, unit.now())
    finding.check_open(event)
    return hall, event


async def _put(
    unit: Unit,
    actor: Actor,
    hall: Hall,
    event: ScheduledEvent,
    id_: Snowflake,
    body: CreateException | ModifyException,
) -> ScheduledEventException:
    before = recurring.exception_at(event, id_)
    after = ScheduledEventException(
        event_id=event.id,
        event_exception_id=id_,
        is_canceled=bool(body.is_canceled),
        scheduled_start_time=shapes.utc(body.scheduled_start_time),
        scheduled_end_time=shapes.utc(body.scheduled_end_time),
    )
    moved = replace(event, guild_scheduled_event_exceptions=[*_others(event, id_), after])
    _check_times(moved, after, unit)
    times = (after.scheduled_start_time, after.scheduled_end_time)
    await unit.run(queries.PUT_EXCEPTION, event.id, id_, *times, after.is_canceled)
    told = replace(after, guild_id=hall.guild.id)
    kind = events.HappeningExceptionCreate if before is None else events.HappeningExceptionUpdate
    unit.emit(kind(data=told, place=event.channel_id))
    await _look_again(unit, event, moved.guild_scheduled_event_exceptions)
    action = (
        Action.GUILD_SCHEDULED_EVENT_EXCEPTION_CREATE
        if before is None
        else Action.GUILD_SCHEDULED_EVENT_EXCEPTION_UPDATE
    )
    await record(unit, actor, hall.guild.id, _deed(action, event, before, after))
    return after


def _check_times(event: ScheduledEvent, exception: ScheduledEventException, unit: Unit) -> None:
    moved = exception.scheduled_start_time
    if moved is not None:
        shapes.check_soon(moved, "scheduled_start_time", unit.now())
    occurrence = recurring.occurrence(event, exception.event_exception_id)
    shapes.check_end(occurrence.starts, occurrence.ends)


async def _look_again(
    unit: Unit, event: ScheduledEvent, exceptions: list[ScheduledEventException]
) -> None:
    """The occurrence the event stands before may begin at another time now."""
    moved = replace(event, guild_scheduled_event_exceptions=exceptions)
    await unit.run(queries.POSTPONE, event.id, changing.due_at(moved))


def _others(event: ScheduledEvent, id_: Snowflake) -> list[ScheduledEventException]:
    found = event.guild_scheduled_event_exceptions
    return [it for it in found if it.event_exception_id != id_]


def _find(event: ScheduledEvent, id_: Snowflake) -> ScheduledEventException:
    found = recurring.exception_at(event, id_)
    if found is None:
        raise errors.NotFound
    return found


def _deed(
    action: Action,
    event: ScheduledEvent,
    before: ScheduledEventException | None,
    after: ScheduledEventException | None,
) -> Deed:
    exception = after or before
    id_ = Snowflake("") if exception is None else exception.event_exception_id
    return changed(action, event.id, before, after, event_exception_id=id_)
