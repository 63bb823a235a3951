"""Who sees a scheduled event and who may touch it: as with what it happens in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from rift import errors
from rift.core import access
from rift.core.access import Hall
from rift.core.actor import Actor
from rift.core.happenings import queries
from rift.core.unit import Unit
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.happenings import EntityType, ScheduledEvent, Status, from_row

_CREATE: Final = Permission.CREATE_EVENTS
_MANAGE: Final = Permission.MANAGE_EVENTS
_HOSTING: Final[Mapping[int, Permission]] = {
    EntityType.STAGE_INSTANCE: (
        Permission.MANAGE_CHANNELS | Permission.MUTE_MEMBERS | Permission.MOVE_MEMBERS
    ),
    EntityType.VOICE: Permission.VIEW_CHANNEL | Permission.CONNECT,
    EntityType.EXTERNAL: Permission(0),
}
"""What it takes to have something happen there."""


async def seen(
    unit: Unit, actor: Actor, guild_id: Snowflake, event_id: Snowflake
) -> tuple[Hall, ScheduledEvent]:
    """An event one sees, be it over or not."""
    hall = await access.guild(unit, actor, guild_id)
    return hall, await find(unit, hall, event_id)


async def find(unit: Unit, hall: Hall, event_id: Snowflake) -> ScheduledEvent:
    """The same for who knows the guild."""
    event = hall.guild.happenings.get(event_id) or await _ended(unit, hall.guild.id, event_id)
    if event is None or not sees(hall, event):
        raise errors.UnknownScheduledEvent
    return event


def open_in(hall: Hall, event_id: Snowflake) -> ScheduledEvent | None:
    """An event one sees that is not over."""
    event = hall.guild.happenings.get(event_id)
    return event if event is not None and sees(hall, event) else None


def sees(hall: Hall, event: ScheduledEvent) -> bool:
    return event.channel_id is None or event.channel_id in hall.guild.visible(hall.member)


def check_open(event: ScheduledEvent) -> None:
    if event.status > Status.ACTIVE:
        raise errors.ScheduledEventFinished


def check_host(hall: Hall, event: ScheduledEvent, now: datetime) -> None:
    """Who makes an event must be able to make it happen, there or everywhere."""
    _check(hall, event, _CREATE, now)


def check_touch(hall: Hall, event: ScheduledEvent, now: datetime) -> None:
    """One's own event, or anybody's for those who manage them."""
    is_own = event.creator_id == hall.member.user.id
    held = hall.permissions_in(_place(hall, event), now)
    _check(hall, event, _CREATE if is_own and not held & _MANAGE else _MANAGE, now)


def _check(hall: Hall, event: ScheduledEvent, needs: Permission, now: datetime) -> None:
    wanted = needs | _HOSTING[event.entity_type]
    if hall.permissions_in(_place(hall, event), now) & wanted != wanted:
        raise errors.MissingPermissions


def _place(hall: Hall, event: ScheduledEvent) -> Snowflake | None:
    return event.channel_id if event.channel_id in hall.guild.channels else None


async def _ended(unit: Unit, guild_id: Snowflake, event_id: Snowflake) -> ScheduledEvent | None:
    row = await unit.maybe(queries.ENDED, event_id, guild_id)
    return None if row is None else from_row(row)
