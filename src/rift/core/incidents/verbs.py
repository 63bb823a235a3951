"""What can be done about incidents: let nobody in for a while, and nobody write to each other."""

from datetime import datetime, timedelta
from typing import Final

from msgspec import UNSET, UnsetType

from rift import errors
from rift.core.access import Hall
from rift.core.actor import Actor
from rift.core.automod import judging
from rift.core.guilds import holding
from rift.core.guilds import verbs as guilds
from rift.core.incidents import alerting, queries
from rift.core.messages import announcing, noting, reading, rooms
from rift.core.unit import Unit
from rift.errors import InvalidForm
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.automod import FalseAlarm, IncidentActions
from rift.wire.guilds import IncidentsData

_LONGEST: Final = timedelta(hours=24)
_CLOCKS_DIFFER: Final = timedelta(minutes=1)


async def modify(
    unit: Unit, actor: Actor, guild_id: Snowflake, body: IncidentActions
) -> IncidentsData:
    """Say until when; null, or a time that is over, opens at once."""
    hall = await holding.hall(unit, actor, guild_id, Permission.MANAGE_GUILD)
    before, now = hall.guild.guild.incidents_data or IncidentsData(), unit.now()
    wished = {
        "invites_disabled_until": body.invites_disabled_until,
        "dms_disabled_until": body.dms_disabled_until,
    }
    columns = {
        field: _until(field, until, now) for field, until in wished.items() if until is not UNSET
    }
    changed = {field: it for field, it in columns.items() if it != getattr(before, field)}
    guild = await guilds.change(unit, actor, hall, changed)
    after = guild.incidents_data or IncidentsData()
    if changed:
        await _say_so(unit, hall, before, after)
    return after


async def resolve(unit: Unit, actor: Actor, guild_id: Snowflake, body: FalseAlarm) -> None:
    """Say why what was told of a raid is over; within the hour it is not told again."""
    hall = await holding.hall(unit, actor, guild_id, Permission.MANAGE_GUILD)
    row = await unit.maybe(queries.PLACE, list(hall.guild.channels), body.alert_message_id)
    if row is None:
        raise errors.UnknownMessage
    room = await rooms.enter(unit, actor, row["channel_id"], Permission.READ_MESSAGE_HISTORY)
    message = await reading.locked(unit, room.channel.id, body.alert_message_id, actor.id)
    told = noting.embed(message, alerting.NOTIFICATION)
    if told is None:
        raise errors.UnknownMessage
    await noting.note(unit, room, message, "resolved_reason", body.reason)
    await alerting.settle(unit, hall.guild, told)


async def report(unit: Unit, actor: Actor, guild_id: Snowflake) -> None:
    """Say that there is a raid which nothing noticed; within the hour none is told of."""
    hall = await holding.hall(unit, actor, guild_id, Permission.MANAGE_GUILD)
    await alerting.report(unit, hall.guild, hall.member)


async def clear(unit: Unit, actor: Actor, guild_id: Snowflake) -> None:
    """Say that a raid of mentions is over: in this process they are counted from nothing."""
    hall = await holding.hall(unit, actor, guild_id, Permission.MANAGE_GUILD)
    unit.house.sentry.forget(judging.mentions_in(guild_id))
    await alerting.clear(unit, hall.guild)


def _until(field: str, until: datetime | None | UnsetType, now: datetime) -> datetime | None:
    if not until or until <= now:
        return None
    if until > now + _LONGEST + _CLOCKS_DIFFER:
        words = "This can be shut for 24 hours at most."
        raise InvalidForm.at(field, "DATE_TIME_TYPE_MAX", words)
    return until


async def _say_so(unit: Unit, hall: Hall, before: IncidentsData, after: IncidentsData) -> None:
    """Let those know who watch over the guild."""
    room = alerting.room(hall.guild, hall.member)
    if room is None:
        return
    until = _latest(after, unit.now())
    if until is not None:
        said = {"content": until.isoformat()}
        await announcing.announce(unit, room, announcing.SHUT, said)
    elif _latest(before, unit.now()) is not None:
        await announcing.announce(unit, room, announcing.OPENED)


def _latest(data: IncidentsData, now: datetime) -> datetime | None:
    times = (data.invites_disabled_until, data.dms_disabled_until)
    return max((it for it in times if it is not None and it > now), default=None)
