"""What can be done with scheduled events."""

from collections.abc import Sequence

from msgspec import UNSET
from msgspec.structs import replace

from rift import errors, events
from rift.core import access
from rift.core.access import Hall
from rift.core.actor import Actor
from rift.core.auditlog.recording import changed, record
from rift.core.guilds import holding
from rift.core.happenings import changing, crowds, finding, queries, shapes
from rift.core.messages import people
from rift.core.pictures import frames, keeping
from rift.core.stages import opening as stages
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire.auditlog import Action
from rift.wire.happenings import (
    CreateScheduledEvent,
    EntityType,
    ModifyScheduledEvent,
    ScheduledEvent,
    ScheduledEventsQuery,
    Status,
)


async def list_all(
    unit: Unit, actor: Actor, guild_id: Snowflake, query: ScheduledEventsQuery
) -> list[ScheduledEvent]:
    """What is planned in a guild and what goes on, as far as one sees where."""
    hall = await access.guild(unit, actor, guild_id)
    seen = [it for it in hall.guild.happenings.values() if finding.sees(hall, it)]
    return await _shown(unit, seen, counted=query.with_user_count)


async def create(
    unit: Unit, actor: Actor, guild_id: Snowflake, body: CreateScheduledEvent
) -> ScheduledEvent:
    """Plan something; whoever does so wants to come."""
    # Asked before the image is looked at, and again when nothing can change any more.
    _check_room_for_more(unit, await access.guild(unit, actor, guild_id))
    id_ = unit.new_id()
    pictures = await keeping.taken(unit, body, frames.of_happening(id_))
    hall = await holding.hall(unit, actor, guild_id)
    _check_room_for_more(unit, hall)
    event = shapes.drafted(hall.guild, id_, actor.id, body, unit.now())
    finding.check_host(hall, event, unit.now())
    event = replace(event, **pictures)
    await unit.run(
        queries.INSERT,
        id_,
        guild_id,
        event.channel_id,
        actor.id,
        event.name,
        event.description,
        event.image,
        event.scheduled_start_time,
        event.scheduled_end_time,
        event.entity_type,
        changing.location(event),
        changing.rule(event),
        changing.due_at(event),
    )
    unit.emit(events.HappeningCreate(data=event))
    await crowds.join(unit, event, actor.id)
    made = changed(Action.GUILD_SCHEDULED_EVENT_CREATE, id_, None, event)
    await record(unit, actor, guild_id, made)
    return replace(event, creator=actor.user)


async def fetch(
    unit: Unit,
    actor: Actor,
    guild_id: Snowflake,
    guild_scheduled_event_id: Snowflake,
    query: ScheduledEventsQuery,
) -> ScheduledEvent:
    """One event, for a while also when it is over."""
    _, event = await finding.seen(unit, actor, guild_id, guild_scheduled_event_id)
    [shown] = await _shown(unit, [event], counted=query.with_user_count)
    return shown


async def modify(
    unit: Unit,
    actor: Actor,
    guild_id: Snowflake,
    guild_scheduled_event_id: Snowflake,
    body: ModifyScheduledEvent,
) -> ScheduledEvent:
    """Change what is planned, begin it, end it or give it up."""
    known = finding.open_in(await access.guild(unit, actor, guild_id), guild_scheduled_event_id)
    pictures = await keeping.taken(unit, body, frames.of_happening(guild_scheduled_event_id), known)
    hall = await holding.hall(unit, actor, guild_id)
    before = await finding.find(unit, hall, guild_scheduled_event_id)
    finding.check_touch(hall, before, unit.now())
    finding.check_open(before)
    after = replace(shapes.changed(hall.guild, before, body, unit.now()), **pictures)
    finding.check_touch(hall, after, unit.now())
    status = before.status if body.status is UNSET or body.status is None else body.status
    if status != before.status:
        shapes.check_step(before, status)
        after = changing.stepped(after, status, unit.now())
    after = await changing.turn(unit, actor, hall.guild, before, after)
    [shown] = await _shown(unit, [after], counted=False)
    return shown


async def delete(
    unit: Unit, actor: Actor, guild_id: Snowflake, guild_scheduled_event_id: Snowflake
) -> None:
    """Take an event off the guild's plan, and off its past."""
    hall = await holding.hall(unit, actor, guild_id)
    event = await finding.find(unit, hall, guild_scheduled_event_id)
    finding.check_touch(hall, event, unit.now())
    if event.status == Status.ACTIVE and event.entity_type == EntityType.STAGE_INSTANCE:
        await stages.close_in(unit, actor, hall.guild, event.channel_id)
    await unit.run(queries.DELETE, event.id)
    unit.emit(
        events.HappeningDelete(data=replace(event, status=max(event.status, Status.CANCELED)))
    )
    gone = changed(Action.GUILD_SCHEDULED_EVENT_DELETE, event.id, event, None)
    await record(unit, actor, guild_id, gone)


async def _shown(
    unit: Unit, found: Sequence[ScheduledEvent], *, counted: bool
) -> list[ScheduledEvent]:
    """Events with who made them, and if asked with how many want to come."""
    makers = [event.creator_id for event in found if event.creator_id is not None]
    rows = await unit.all(queries.CREATORS, makers) if makers else []
    users = {row["id"]: people.user_from_row(row, "id") for row in rows}
    counts = await crowds.counts(unit, [event.id for event in found]) if counted else {}
    return [
        replace(
            event,
            creator=users.get(event.creator_id, UNSET),
            user_count=counts.get(event.id, 0) if counted else UNSET,
        )
        for event in found
    ]


def _check_room_for_more(unit: Unit, hall: Hall) -> None:
    most = unit.settings.limits.events_per_guild
    if len(hall.guild.happenings) >= most:
        words = f"Maximum number of uncompleted guild scheduled events reached ({most})"
        raise errors.TooManyScheduledEvents(words)
