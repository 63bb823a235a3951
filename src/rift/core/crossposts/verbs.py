"""What can be done with the messages of an announcement channel: publish them."""

from datetime import timedelta
from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from rift import errors
from rift.core.access import Room
from rift.core.actor import Actor
from rift.core.crossposts import flags, queries
from rift.core.messages import reading, replies, rooms, telling
from rift.core.unit import Unit
from rift.permissions import Permission
from rift.snowflake import Snowflake, at, created_at
from rift.wire.channels import ChannelType
from rift.wire.messages import Message

_PER_HOUR: Final = 10
_HOUR: Final = timedelta(hours=1)
_OTHERS: Final = Permission.MANAGE_MESSAGES | Permission.READ_MESSAGE_HISTORY


async def publish(
    unit: Unit, actor: Actor, channel_id: Snowflake, message_id: Snowflake
) -> Message:
    """Let a message appear in all channels that follow this one; an outlet carries it there."""
    room = await rooms.enter(unit, actor, channel_id, Permission.SEND_MESSAGES)
    if room.channel.type != ChannelType.GUILD_ANNOUNCEMENT:
        raise errors.WrongChannelType
    await rooms.hold(unit, room)
    message = await reading.locked(unit, channel_id, message_id, actor.id)
    _check(room, message)
    await _check_pace(unit, channel_id)
    await unit.run(queries.PUBLISH, channel_id, message_id, unit.new_id(), flags.CROSSPOSTED)
    published = replace(message, flags=message.flags | flags.CROSSPOSTED)
    unit.emit(await telling.updated(unit, room, published))
    return published


def _check(room: Room, message: Message) -> None:
    if message.author.id != room.user.id:
        room.require(_OTHERS)
    # A forward would bring along what stands in a channel that publishes nothing; and who follows
    # could not vote.
    carries = message.message_snapshots is not UNSET or message.poll is not UNSET
    if message.type not in replies.WRITTEN or carries:
        raise errors.InvalidMessageType
    if message.flags & (flags.CROSSPOSTED | flags.IS_CROSSPOST):
        raise errors.AlreadyCrossposted


async def _check_pace(unit: Unit, channel_id: str) -> None:
    """Everybody together publishes so much in a channel, and not more."""
    if not unit.settings.server.rate_limits:
        return
    since = at(unit.now() - _HOUR)
    earliest = await unit.maybe(queries.EARLIEST, channel_id, since, _PER_HOUR - 1)
    if earliest is not None:
        left = created_at(earliest["id"]) + _HOUR - unit.now()
        raise errors.RateLimited(max(left.total_seconds(), 0.001), scope="shared")
