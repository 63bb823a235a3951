"""Whether somebody may write to the other one of a direct message, and what that opens."""

from typing import Final

import msgspec

from rift import errors, events
from rift.core.access import Room
from rift.core.actor import Actor
from rift.core.incidents import alerting
from rift.core.messages import rooms
from rift.core.private_channels import queries, seeing
from rift.core.unit import Unit
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.channels import ChannelType

_FRIEND: Final = 1
_BLOCKED: Final = 2
_ACCEPTED: Final = 2
_REJECTED: Final = 3


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """What stands between somebody and the one they want to write to."""

    other_id: Snowflake
    bot: bool
    closed: bool
    request: int
    closed_to_other: bool
    request_to_other: int
    relationship: int
    relationship_of_other: int
    direct_messages_from: str
    message_requests: bool
    mutual: bool
    welcome: bool
    shut: bool
    """Whether all the guilds they share let nobody write to each other now."""

    @property
    def friends(self) -> bool:
        return self.relationship == _FRIEND

    def check(self, actor_is_bot: bool) -> None:
        """Refuse whom the other one does not want to hear from."""
        if _BLOCKED in (self.relationship, self.relationship_of_other):
            raise errors.CannotMessageUser
        if self.friends:
            return
        if self.shut:
            raise errors.CannotMessageUser
        if actor_is_bot and not self.mutual:
            raise errors.NoMutualGuilds
        if self.direct_messages_from == "friends":
            raise errors.CannotMessageUser
        if not self.welcome and (self.direct_messages_from == "guilds" or actor_is_bot):
            raise errors.CannotMessageUser

    def asks(self, actor_is_bot: bool) -> bool:
        """Whether a first message asks for consent before it counts as one."""
        return self.message_requests and not (self.friends or self.bot or actor_is_bot)


async def enter(
    unit: Unit, actor: Actor, channel_id: str, needs: Permission = Permission.SEND_MESSAGES
) -> Room:
    """A channel in which to do what others notice at once: in a direct message they may mind."""
    room = await rooms.enter(unit, actor, channel_id, needs)
    if room.channel.type == ChannelType.DM:
        await _checked(unit, room)
    rooms.check_open(room, sending=bool(needs & Permission.SEND_MESSAGES))
    return room


async def knock(unit: Unit, room: Room) -> None:
    """Before a message is sent: ask whether it may be, and open the channel for both.

    That is committed by itself, for the message goes another way than the unit's.
    """
    if room.channel.type != ChannelType.DM:
        return
    reach = await _checked(unit, room)
    answers = reach.closed or reach.request != _ACCEPTED
    appears = reach.closed_to_other and reach.request_to_other != _REJECTED
    if answers or appears:
        async with Unit(unit.house) as opening:
            await _open(opening, room, reach)
    if appears:
        alerting.note_direct(unit, room.user.id, reach.other_id)


async def _checked(unit: Unit, room: Room) -> Reach:
    # On a connection that is given back at once: the message itself will need another one.
    async with Unit(unit.house, reading=True) as glance:
        row = await glance.maybe(queries.REACH, room.channel.id, room.user.id, unit.now())
    if row is None:
        raise errors.CannotMessageUser
    reach = msgspec.convert(row, Reach)
    reach.check(room.user.bot)
    return reach


async def _open(unit: Unit, room: Room, reach: Reach) -> None:
    channel_id, own_id = room.channel.id, room.user.id
    if await unit.run(queries.ANSWER, channel_id, own_id):
        kind = events.ChannelCreate if reach.closed else events.ChannelUpdate
        await seeing.tell(unit, kind, [channel_id], [own_id])
    asks = reach.asks(room.user.bot)
    if await unit.run(queries.APPEAR, channel_id, reach.other_id, asks, unit.now()):
        await seeing.tell(unit, events.ChannelCreate, [channel_id], [reach.other_id])
