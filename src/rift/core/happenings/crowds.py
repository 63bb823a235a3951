"""Who wants to come to an event, or to one of its occurrences."""

from collections.abc import Sequence

from msgspec import UNSET, UnsetType

from rift import errors, events
from rift.core import access
from rift.core.access import Hall
from rift.core.actor import Actor
from rift.core.guilds import holding
from rift.core.happenings import finding, queries, recurring
from rift.core.messages import people
from rift.core.unit import Row, Unit
from rift.errors import InvalidForm
from rift.snowflake import MAX, Snowflake, created_at
from rift.wire.happenings import (
    EventCountsQuery,
    EventUsersQuery,
    OwnEventsQuery,
    RespondToEvent,
    ScheduledEvent,
    ScheduledEventUser,
    ScheduledEventUserChange,
    ScheduledEventUserCount,
)
from rift.wire.members import Member

_WHOLE = Snowflake("0")
"""In place of an occurrence: the event itself."""
_COMES = 1
_COUNTED_AT_ONCE = 10


async def users(
    unit: Unit,
    actor: Actor,
    guild_id: Snowflake,
    guild_scheduled_event_id: Snowflake,
    query: EventUsersQuery,
) -> list[ScheduledEventUser]:
    """A page of those who want to come, by their ids."""
    hall, event = await finding.seen(unit, actor, guild_id, guild_scheduled_event_id)
    return await _page(unit, hall, event, _WHOLE, query)


async def users_of_occurrence(
    unit: Unit,
    actor: Actor,
    guild_id: Snowflake,
    guild_scheduled_event_id: Snowflake,
    guild_scheduled_event_exception_id: Snowflake,
    query: EventUsersQuery,
) -> list[ScheduledEventUser]:
    """A page of those who want to come to one occurrence."""
    hall, event = await finding.seen(unit, actor, guild_id, guild_scheduled_event_id)
    return await _page(unit, hall, event, guild_scheduled_event_exception_id, query)


async def count(
    unit: Unit,
    actor: Actor,
    guild_id: Snowflake,
    guild_scheduled_event_id: Snowflake,
    query: EventCountsQuery,
) -> ScheduledEventUserCount:
    """How many want to come, in all and to some occurrences."""
    _, event = await finding.seen(unit, actor, guild_id, guild_scheduled_event_id)
    asked = list(dict.fromkeys(query.guild_scheduled_event_exception_ids or ()))
    if len(asked) > _COUNTED_AT_ONCE:
        words = f"Must be {_COUNTED_AT_ONCE} or fewer in length."
        field = "guild_scheduled_event_exception_ids"
        raise InvalidForm.at(field, "BASE_TYPE_MAX_LENGTH", words)
    counted = {id_: await unit.one(queries.COUNT_OCCURRENCE, event.id, id_) for id_ in asked}
    return ScheduledEventUserCount(
        guild_scheduled_event_count=(await counts(unit, [event.id])).get(event.id, 0),
        guild_scheduled_event_exception_counts={id_: it["count"] for id_, it in counted.items()},
    )


async def list_own(unit: Unit, actor: Actor, query: OwnEventsQuery) -> list[ScheduledEventUser]:
    """What one wants to come to, in some of one's guilds."""
    halls = {id_: await access.guild(unit, actor, id_) for id_ in query.guild_ids}
    rows = await unit.all(queries.OWN, actor.id, list(halls))
    seen = {
        id_
        for hall in halls.values()
        for id_, event in hall.guild.happenings.items()
        if finding.sees(hall, event)
    }
    return [_answer(row) for row in rows if row["guild_scheduled_event_id"] in seen]


async def subscribe(
    unit: Unit, actor: Actor, guild_id: Snowflake, guild_scheduled_event_id: Snowflake
) -> ScheduledEventUser:
    """Say that one wants to come."""
    event = await _open(unit, actor, guild_id, guild_scheduled_event_id)
    return await join(unit, event, actor.id)


async def unsubscribe(
    unit: Unit, actor: Actor, guild_id: Snowflake, guild_scheduled_event_id: Snowflake
) -> None:
    """Say that one does not want to come after all."""
    event = await _open(unit, actor, guild_id, guild_scheduled_event_id)
    await _take_back(unit, event, actor.id, _WHOLE)


async def respond(
    unit: Unit,
    actor: Actor,
    guild_id: Snowflake,
    guild_scheduled_event_id: Snowflake,
    guild_scheduled_event_exception_id: Snowflake,
    body: RespondToEvent,
) -> ScheduledEventUser:
    """Say of one occurrence otherwise than of the rest."""
    event = await _open(unit, actor, guild_id, guild_scheduled_event_id)
    if not recurring.falls(event, created_at(guild_scheduled_event_exception_id)):
        raise errors.UnknownScheduledEvent
    return await join(
        unit, event, actor.id, guild_scheduled_event_exception_id, response=body.response
    )


async def retract(
    unit: Unit,
    actor: Actor,
    guild_id: Snowflake,
    guild_scheduled_event_id: Snowflake,
    guild_scheduled_event_exception_id: Snowflake,
) -> None:
    """Say of one occurrence again what one says of the rest."""
    event = await _open(unit, actor, guild_id, guild_scheduled_event_id)
    await _take_back(unit, event, actor.id, guild_scheduled_event_exception_id)


async def join(
    unit: Unit,
    event: ScheduledEvent,
    user_id: Snowflake,
    occurrence: Snowflake = _WHOLE,
    *,
    response: int = _COMES,
) -> ScheduledEventUser:
    """Keep and tell what somebody says; once is enough."""
    if await unit.run(queries.RESPOND, event.id, occurrence, user_id, response):
        change = _change(event, user_id, occurrence, response)
        unit.emit(events.HappeningUserAdd(data=change, place=event.channel_id))
    return ScheduledEventUser(
        guild_scheduled_event_id=event.id,
        user_id=user_id,
        response=response,
        guild_scheduled_event_exception_id=occurrence if occurrence != _WHOLE else UNSET,
    )


async def counts(unit: Unit, event_ids: Sequence[Snowflake]) -> dict[Snowflake, int]:
    """How many want to come to each of several events."""
    rows = await unit.all(queries.COUNTS, event_ids)
    return {row["event_id"]: row["count"] for row in rows}


async def _take_back(
    unit: Unit, event: ScheduledEvent, user_id: Snowflake, occurrence: Snowflake
) -> None:
    row = await unit.maybe(queries.TAKE_BACK, event.id, occurrence, user_id)
    if row is None:
        raise errors.UnknownScheduledEventUser
    change = _change(event, user_id, occurrence, row["response"])
    unit.emit(events.HappeningUserRemove(data=change, place=event.channel_id))


def _change(
    event: ScheduledEvent, user_id: Snowflake, occurrence: Snowflake, response: int
) -> ScheduledEventUserChange:
    return ScheduledEventUserChange(
        guild_id=event.guild_id,
        guild_scheduled_event_id=event.id,
        user_id=user_id,
        response=response,
        guild_scheduled_event_exception_id=occurrence if occurrence != _WHOLE else UNSET,
    )


async def _open(
    unit: Unit, actor: Actor, guild_id: Snowflake, event_id: Snowflake
) -> ScheduledEvent:
    """An event one can still say something of, held so that it is still there when one has."""
    actor.must_be_person()
    hall = await holding.hall(unit, actor, guild_id)
    event = await finding.find(unit, hall, event_id)
    finding.check_open(event)
    return event


async def _page(
    unit: Unit, hall: Hall, event: ScheduledEvent, occurrence: Snowflake, query: EventUsersQuery
) -> list[ScheduledEventUser]:
    upwards = query.before is None
    chosen = queries.USERS_UP if upwards else queries.USERS_DOWN
    bounds = (query.after or "0", query.before or str(MAX))
    rows = await unit.all(chosen, event.id, occurrence, *bounds, query.limit)
    if not upwards:
        rows.reverse()
    members: dict[str, Member] = {}
    if query.with_member:
        found = await unit.world.members(hall.guild, [row["user_id"] for row in rows])
        members = {member.user.id: member for member in found}
    return [
        ScheduledEventUser(
            guild_scheduled_event_id=event.id,
            user_id=row["user_id"],
            response=row["response"],
            guild_scheduled_event_exception_id=_occurrence(row["exception_id"]),
            user=people.user_from_row(row, "user_id"),
            member=members.get(row["user_id"], UNSET),
        )
        for row in rows
    ]


def _answer(row: Row) -> ScheduledEventUser:
    occurrence = row["guild_scheduled_event_exception_id"]
    fields = row | {"guild_scheduled_event_exception_id": _occurrence(occurrence or _WHOLE)}
    return ScheduledEventUser(**fields)


def _occurrence(id_: Snowflake) -> Snowflake | UnsetType:
    return UNSET if id_ == _WHOLE else id_
