"""Works off the pushes that are due: several at once, so that one slow service delays nobody."""

import asyncio
import logging
from datetime import timedelta
from typing import Final

from msgspec import UNSET

from rift.core import access
from rift.core.bells import Bell
from rift.core.messages import reading as messages
from rift.core.offices import Officer
from rift.core.pushes import carrying, composing, queries
from rift.core.pushes.carrying import Device, Outcome
from rift.core.pushes.composing import Scene
from rift.core.pushes.present import LASTING
from rift.core.reading import acks
from rift.core.unit import Row, Unit
from rift.db.pool import AWAY
from rift.permissions import Permission
from rift.snowflake import created_at
from rift.wire.happenings import Status
from rift.wire.messages import Message
from rift.wire.pushes import Push
from rift.world import Picture

_log = logging.getLogger(__name__)
_AT_ONCE: Final = 16
_PAUSES: Final = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
)
_LONGEST_PAUSE: Final = timedelta(hours=1)


class Courier(Officer):
    """One process of the instance has one at work. After a crash a push may come twice, and then
    takes its own place on the device.
    """

    office = bell = Bell.PUSHES
    next_due = queries.NEXT_DUE
    pace_s = 0.25

    async def step(self) -> bool:
        """Carry what is due; whether that was anything."""
        async with Unit(self._house) as unit:
            now = unit.now()
            await unit.run(queries.OUTDATED, now)
            rows = await unit.all(queries.TAKE, now, list(_PAUSES), _AT_ONCE)
        async with asyncio.TaskGroup() as tasks:
            for row in rows:
                tasks.create_task(self._deliver(row))
        return bool(rows)

    async def _deliver(self, row: Row) -> None:
        device, outcome = Device.from_row(row, "subscription_id"), None
        try:
            outcome = await self._carried(row, device)
        except AWAY:
            raise
        except Exception:  # noqa: BLE001  # the edge of a job: others are not to wait for this one
            _log.exception("a push to device %s is given up", device.id)
        async with Unit(self._house) as unit:
            await _note(unit, row, device, outcome)

    async def _carried(self, row: Row, device: Device) -> Outcome | None:
        async with Unit(self._house, reading=True) as unit:
            compose = _of_message if row["guild_id"] is None else _of_event
            push = await compose(unit, row, device)
        if push is None:
            return None
        urgency = "high" if row["calls"] else "normal"
        return await carrying.carry(self._house, device, push, urgency=urgency)


async def _note(unit: Unit, row: Row, device: Device, outcome: Outcome | None) -> None:
    """Be done with it, unless another attempt may go better."""
    place = (row["subscription_id"], row["subject_id"])
    if outcome is not None:
        await carrying.note(unit, device, outcome)
        if outcome.is_worth_another_try and row["attempts"] <= len(_PAUSES):
            pause = min(timedelta(seconds=outcome.retry_after_s), _LONGEST_PAUSE)
            await unit.run(queries.LATER, *place, unit.now() + pause)
            return
        if not outcome.is_taken:
            _log.warning("a push to device %s is given up: %s", device.id, outcome.why)
    await unit.run(queries.DONE, *place)


async def _of_event(unit: Unit, row: Row, device: Device) -> Push | None:
    """The push of an event that begins; None where that is nothing to be told any more."""
    user_id, event_id = row["user_id"], row["subject_id"]
    if await _is_there(unit, row):
        return None
    guild = await unit.world.guild(row["guild_id"])
    if guild is None:
        return None
    member, event = await unit.world.member(guild, user_id), guild.happenings.get(event_id)
    if member is None or event is None or event.status != Status.ACTIVE:
        return None
    if event.channel_id is not None and event.channel_id not in guild.visible(member):
        return None
    badge = await acks.calls(unit, user_id)
    return composing.beginning_push(unit, device, guild, event, badge, row["locale"])


async def _is_there(unit: Unit, row: Row) -> bool:
    """Whether they know of it without a push."""
    what = (row["user_id"], row["channel_id"], row["subject_id"])
    found = await unit.one(queries.IS_THERE, *what, unit.now() - LASTING)
    return bool(found["is_there"])


async def _of_message(unit: Unit, row: Row, device: Device) -> Push | None:
    """The push of a message; None where there is nothing to be told any more."""
    user_id, channel_id, message_id = row["user_id"], row["channel_id"], row["subject_id"]
    age = unit.now() - created_at(message_id)
    if age > timedelta(hours=unit.settings.push.ttl_hours):
        return None
    if await _is_there(unit, row):
        return None
    if not await access.may(unit, user_id, channel_id, Permission.VIEW_CHANNEL):
        return None
    message = await messages.find(unit, channel_id, message_id, user_id)
    if message is None:
        return None
    scene = await _scene(unit, message)
    if scene is None:
        return None
    badge = await acks.calls(unit, user_id)
    return composing.message_push(unit, device, scene, badge, row["locale"])


async def _scene(unit: Unit, message: Message) -> Scene | None:
    place = await unit.world.place(message.channel_id)
    if place is None:
        return None
    author = message.author
    name = author.global_name or author.username
    if not isinstance(place, Picture):
        return Scene(message, place.channel, None, name)
    if message.webhook_id is UNSET:
        member = await unit.world.member(place, author.id)
        name = (member.nick if member else None) or name
    channel = place.place(message.channel_id)
    return None if channel is None else Scene(message, channel, place, name)
