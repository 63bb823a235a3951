"""Slowmode: how long a member must wait between two messages of a channel."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Final

from msgspec import UNSET

from rift.core.access import Room
from rift.core.actor import Speaker
from rift.core.messages import queries
from rift.core.unit import Unit
from rift.errors import SlowmodeActive
from rift.permissions import Permission
from rift.snowflake import at, created_at

_EXEMPT: Final = Permission.BYPASS_SLOWMODE


def applies(speaker: Speaker, room: Room) -> bool:
    """Whether the channel is slow for this member; it never is for bots."""
    wait_s = room.channel.rate_limit_per_user
    return wait_s is not UNSET and wait_s > 0 and not speaker.bot and not room.may(_EXEMPT)


@asynccontextmanager
async def turn(unit: Unit, room: Room) -> AsyncIterator[None]:
    """The member's one message at a time, if the last one is long enough ago."""
    wait_s = room.channel.rate_limit_per_user or 0
    place = (room.channel.id, room.user.id)
    turns = unit.house.inbox.turns
    if place in turns:
        raise SlowmodeActive(float(wait_s))
    turns.add(place)
    try:
        await check(unit, room)
        yield
    finally:
        turns.discard(place)


async def check(unit: Unit, room: Room) -> None:
    """Refuse who wrote a moment ago."""
    wait_s = room.channel.rate_limit_per_user or 0
    place = (room.channel.id, room.user.id)
    now = unit.now()
    since = at(now - timedelta(seconds=wait_s))
    async with Unit(unit.house, reading=True) as glance:
        latest = (await glance.one(queries.LATEST, *place, since))["id"]
    if latest is not None:
        passed = now - created_at(latest)
        raise SlowmodeActive(max(wait_s - passed.total_seconds(), 0.001))
