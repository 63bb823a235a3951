"""What can be done with private channels: open, list, and close them."""

from collections.abc import Sequence

from rift import errors, events
from rift.core.access import Room
from rift.core.actor import Actor
from rift.core.private_channels import groups, queries, seeing
from rift.core.unit import Unit
from rift.errors import REQUIRED, InvalidForm
from rift.snowflake import Snowflake
from rift.wire.channels import Channel, ChannelType, CreatePrivateChannel


async def list_open(unit: Unit, actor: Actor) -> list[Channel]:
    """The private channels one has open; a bot is shown none, and hears of them by messages."""
    return [] if actor.bot else await seeing.opened(unit, actor.id)


async def fetch_direct(unit: Unit, actor: Actor, user_id: Snowflake) -> Channel:
    """The direct message with somebody, if there ever was one."""
    found = await unit.maybe(queries.DIRECT, actor.id, user_id)
    if found is None:
        raise errors.UnknownChannel
    return await seeing.channel(unit, found["channel_id"], actor.id)


async def create(unit: Unit, actor: Actor, body: CreatePrivateChannel) -> Channel:
    """Open the direct message with somebody, or make a group of friends."""
    if body.recipient_id is None and body.recipients is None:
        raise InvalidForm({"recipients": [REQUIRED]})
    named = body.recipients or []
    if body.recipient_id is not None or len(named) == 1:
        channel_id = await _open_direct(unit, actor, body.recipient_id or named[0])
    else:
        channel_id = await groups.make(unit, actor, named)
    return await seeing.channel(unit, channel_id, actor.id)


async def close(unit: Unit, actor: Actor, room: Room, *, silently: bool) -> Channel:
    """Close a direct message until somebody writes in it again, or leave a group."""
    before = await seeing.channel(unit, room.channel.id, actor.id)
    if room.channel.type == ChannelType.GROUP_DM:
        await groups.leave(unit, actor, room.channel.id, silently=silently)
    elif await unit.run(queries.CLOSE, room.channel.id, actor.id):
        await seeing.tell(unit, events.ChannelDelete, [room.channel.id], [actor.id])
    return before


async def settle(unit: Unit, people: Sequence[Snowflake]) -> None:
    """Two people became friends: neither has to ask the other any more."""
    for row in await unit.all(queries.SETTLE, *people):
        if not row["closed"]:
            await seeing.tell(unit, events.ChannelUpdate, [row["channel_id"]], [row["user_id"]])


async def _open_direct(unit: Unit, actor: Actor, other_id: Snowflake) -> Snowflake:
    other = await unit.maybe(queries.RECIPIENT, other_id)
    if other is None or other_id == actor.id:
        raise errors.InvalidRecipients
    if actor.bot and other["bot"]:
        raise errors.CannotMessageUser
    found = await unit.maybe(queries.DIRECT, actor.id, other_id)
    if found is None and other["deleted"]:
        raise errors.InvalidRecipients
    if found is None:
        made = await unit.maybe(queries.MAKE_DIRECT, unit.new_id(), actor.id, other_id)
        if made is not None:
            channel_id: Snowflake = made["channel_id"]
            await seeing.tell(unit, events.ChannelCreate, [channel_id], [actor.id])
            return channel_id
        found = await unit.one(queries.DIRECT, actor.id, other_id)
    channel_id = found["channel_id"]
    if await unit.run(queries.REOPEN, channel_id, actor.id):
        await seeing.tell(unit, events.ChannelCreate, [channel_id], [actor.id])
    return channel_id
