"""The way into a channel that people write in."""

from typing import Final

from rift import errors
from rift.core import access
from rift.core.access import Room
from rift.core.actor import Actor
from rift.core.unit import Unit
from rift.permissions import Permission
from rift.wire.channels import ChannelType

NOTHING: Final = Permission(0)
_VOICE: Final = frozenset({int(ChannelType.GUILD_VOICE), int(ChannelType.GUILD_STAGE_VOICE)})
_WRITTEN: Final = _VOICE | {int(ChannelType.GUILD_TEXT), int(ChannelType.GUILD_ANNOUNCEMENT)}


async def enter(unit: Unit, actor: Actor, channel_id: str, needs: Permission = NOTHING) -> Room:
    """A channel that has messages; those of a voice channel are for whom may join it."""
    room = await access.channel(unit, actor, channel_id, needs)
    type_ = room.channel.type
    if type_ not in _WRITTEN:
        raise errors.NotATextChannel
    if type_ in _VOICE:
        room.require(Permission.CONNECT)
    return room
