"""The way into a channel that people write in."""

from typing import Final

from rift import errors
from rift.core import access
from rift.core.access import Room
from rift.core.actor import Actor
from rift.core.guilds import holding
from rift.core.messages import queries
from rift.core.unit import Unit
from rift.permissions import Permission
from rift.wire.channels import ChannelType

NOTHING: Final = Permission(0)
_VOICE: Final = frozenset({int(ChannelType.GUILD_VOICE), int(ChannelType.GUILD_STAGE_VOICE)})
_WRITTEN: Final = _VOICE | {
    int(ChannelType.GUILD_TEXT),
    int(ChannelType.GUILD_ANNOUNCEMENT),
    int(ChannelType.DM),
    int(ChannelType.GROUP_DM),
}


async def enter(unit: Unit, actor: Actor, channel_id: str, needs: Permission = NOTHING) -> Room:
    """A channel that has messages; those of a voice channel are for whom may join it."""
    room = await access.channel(unit, actor, channel_id, needs)
    type_ = room.channel.type
    if type_ not in _WRITTEN:
        raise errors.NotATextChannel
    if type_ in _VOICE:
        room.require(Permission.CONNECT)
    return room


async def hold(unit: Unit, room: Room) -> None:
    """Let nobody else change the channel until the unit is done, nor its guild if it has one.

    So limits hold, and no two changes wait for each other for ever.
    """
    if room.guild is None:
        there = await unit.maybe(queries.HOLD_CHANNEL, room.channel.id) is not None
    else:
        there = room.channel.id in (await holding.hold(unit, room.guild.id)).channels
    if not there:
        raise errors.UnknownChannel
