"""Messages as the gateway tells of them: with the guild, and the members behind the users."""

from collections.abc import Mapping
from typing import Any

from msgspec import UNSET

from rift import events
from rift.core.access import Room
from rift.core.messages import people
from rift.core.polls import counting
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire.members import Member
from rift.wire.messages import Message, MessageEvent


def told(room: Room, shape: Mapping[str, Any], found: Mapping[str, Member]) -> MessageEvent:
    """A new message of the one who is in the room."""
    if "mentions" in shape:
        shape = {**shape, "mentions": people.accompanied(shape["mentions"], found)}
    return MessageEvent(
        **shape,
        guild_id=room.guild_id,
        member=people.partial(room.member),
        channel_type=room.channel.type,
    )


async def updated(unit: Unit, room: Room, message: Message) -> events.MessageUpdate:
    """A message that is no longer what it was; whose reactions `me` is told nobody."""
    concerned = {message.author.id, *people.ids(message.mentions)}
    found = await people.members(unit, room.guild, concerned)
    author = found.get(message.author.id)
    shape: dict[str, Any] = {name: getattr(message, name) for name in Message.__struct_fields__}
    shape |= {
        "reactions": UNSET,
        "poll": counting.impersonal(message.poll),
        "mentions": people.accompanied(message.mentions, found),
    }
    return events.MessageUpdate(
        data=MessageEvent(
            **shape,
            guild_id=room.guild_id,
            member=people.partial(author),
            channel_type=room.channel.type,
        ),
        to=room.people,
    )


def of_webhook(message: Message, guild_id: Snowflake, channel_type: int) -> MessageEvent:
    """A message whose author is no member, and which mentions nobody."""
    shape = {name: getattr(message, name) for name in Message.__struct_fields__}
    shape["reactions"] = UNSET
    shape["poll"] = counting.impersonal(message.poll)
    return MessageEvent(**shape, guild_id=guild_id, channel_type=channel_type)
