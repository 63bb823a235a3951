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
from rift.wire.channels import THREADS, ChannelType
from rift.world import is_archived, is_locked

NOTHING: Final = Permission(0)
_VOICE: Final = frozenset({int(ChannelType.GUILD_VOICE), int(ChannelType.GUILD_STAGE_VOICE)})
_WRITTEN: Final = _VOICE | {
    int(ChannelType.GUILD_TEXT),
    int(ChannelType.GUILD_ANNOUNCEMENT),
    int(ChannelType.DM),
    int(ChannelType.GROUP_DM),
    *THREADS,
}
POSTED: Final = frozenset({int(ChannelType.GUILD_FORUM), int(ChannelType.GUILD_MEDIA)})
"""In these nobody writes but in posts."""


async def enter(unit: Unit, actor: Actor, channel_id: str, needs: Permission = NOTHING) -> Room:
    """A channel that has messages; those of a voice channel are for whom may join it."""
    room = await access.channel(unit, actor, channel_id, needs)
    type_ = room.channel.type
    if type_ not in _WRITTEN:
        raise errors.NoMessagesInForum if type_ in POSTED else errors.NotATextChannel
    if type_ in _VOICE:
        room.require(Permission.CONNECT)
    return room


def check_open(room: Room, *, sending: bool = False) -> None:
    """In an archived thread nothing changes, though a message opens it; a locked one is not ours.

    Whoever manages threads changes things in locked ones too.
    """
    thread = room.channel
    if thread.type not in THREADS:
        return
    if is_locked(thread) and not room.may(Permission.MANAGE_THREADS):
        raise errors.ThreadLocked
    if is_archived(thread) and not sending:
        raise errors.ThreadArchived


async def hold(unit: Unit, room: Room) -> None:
    """Let nobody else change the channel until the unit is done, nor its guild if it has one.

    So limits hold, and no two changes wait for each other for ever.
    """
    if room.guild is None:
        there = await unit.maybe(queries.HOLD_CHANNEL, room.channel.id) is not None
    else:
        guild = await holding.hold(unit, room.guild.id)
        there = room.channel.id in guild.channels
        if room.channel.type in THREADS:
            there = bool(await holding.thread_in(unit, guild, room.channel.id))
    if not there:
        raise errors.UnknownChannel
