"""What can be done with pins."""

from typing import Final

from rift import errors, events
from rift.core.access import Room
from rift.core.actor import Actor
from rift.core.auditlog.recording import Deed, done, record
from rift.core.messages import announcing, reading, replies, rooms, telling
from rift.core.pins import queries
from rift.core.private_channels import reaching
from rift.core.unit import Unit
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire import gateway
from rift.wire.auditlog import Action
from rift.wire.messages import Message, Pin, Pins, PinsQuery

_MOST_SHOWN: Final = 50


async def pin(unit: Unit, actor: Actor, channel_id: Snowflake, message_id: Snowflake) -> None:
    """Pin a message, and say so in the channel."""
    room = await reaching.enter(unit, actor, channel_id, Permission.PIN_MESSAGES)
    await rooms.hold(unit, room)
    message = await reading.locked(unit, channel_id, message_id, actor.id)
    if message.type not in replies.WRITTEN:
        raise errors.SystemMessage
    if message.pinned:
        return
    await _check_room_for_more(unit, channel_id)
    await unit.run(queries.PIN, channel_id, message_id, unit.now())
    await _tell(unit, room, message_id)
    pointer = reading.pointer(room, message_id)
    await announcing.announce(unit, room, announcing.PINNED, {"message_reference": pointer})
    await record(unit, actor, room.guild_id, _deed(Action.MESSAGE_PIN, message))


async def unpin(unit: Unit, actor: Actor, channel_id: Snowflake, message_id: Snowflake) -> None:
    """Unpin a message."""
    room = await rooms.enter(unit, actor, channel_id, Permission.PIN_MESSAGES)
    rooms.check_open(room)
    await rooms.hold(unit, room)
    message = await reading.locked(unit, channel_id, message_id, actor.id)
    if message.pinned:
        await unit.run(queries.UNPIN, channel_id, message_id)
        await _tell(unit, room, message_id)
        await record(unit, actor, room.guild_id, _deed(Action.MESSAGE_UNPIN, message))


async def page(unit: Unit, actor: Actor, channel_id: Snowflake, query: PinsQuery) -> Pins:
    """Pinned messages, the last pinned first, with whether there are more."""
    room = await rooms.enter(unit, actor, channel_id)
    if not room.may(Permission.READ_MESSAGE_HISTORY):
        return Pins(items=[], has_more=False)
    rows = await unit.all(queries.PAGE, channel_id, query.before, query.limit + 1)
    shown = rows[: query.limit]
    messages = await reading.messages(unit, shown, actor.id)
    items = [
        Pin(pinned_at=row["pinned_at"], message=message)
        for row, message in zip(shown, messages, strict=True)
    ]
    return Pins(items=items, has_more=len(rows) > query.limit)


async def list_(unit: Unit, actor: Actor, channel_id: Snowflake) -> list[Message]:
    """The messages pinned last, as clients from before the paged answer ask for them."""
    newest = await page(unit, actor, channel_id, PinsQuery(limit=_MOST_SHOWN))
    return [item.message for item in newest.items]


def _deed(action: Action, message: Message) -> Deed:
    author_id, channel_id = message.author.id, message.channel_id
    return done(action, author_id, channel_id=channel_id, message_id=message.id)


async def _check_room_for_more(unit: Unit, channel_id: str) -> None:
    most = unit.settings.limits.pins_per_channel
    if (await unit.one(queries.COUNT, channel_id))["count"] >= most:
        raise errors.TooManyPins(f"Maximum number of pins reached for the channel ({most})")


async def _tell(unit: Unit, room: Room, message_id: Snowflake) -> None:
    """Let everybody know of the message and of the channel's pins."""
    channel_id = room.channel.id
    message = await reading.one(unit, channel_id, message_id, room.user.id)
    unit.emit(await telling.updated(unit, room, message))
    noted = await unit.one(queries.NOTE, channel_id)
    changed = gateway.ChannelPinsUpdate(
        channel_id=channel_id,
        guild_id=room.guild_id,
        last_pin_timestamp=noted["last_pin_timestamp"],
    )
    unit.emit(events.ChannelPinsUpdate(data=changed, to=room.people))
