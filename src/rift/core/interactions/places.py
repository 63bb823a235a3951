"""Where an interaction happens: what its person sees there, and what its application may do."""

from typing import Final

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from rift import errors
from rift.core import access
from rift.core.access import Room
from rift.core.unit import Unit
from rift.permissions import ALL, Permission
from rift.snowflake import Snowflake
from rift.wire.limits import Json
from rift.wire.members import Member
from rift.wire.users import User

GUILD: Final = 0
BOT_DM: Final = 1
PRIVATE: Final = 2

_LOUD: Final = int(Permission.MENTION_EVERYONE)
_ALONE: Final = int(
    Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.USE_EXTERNAL_EMOJIS
)
"""What an application may do that is not there with a bot: answer."""


async def for_answers(unit: Unit, bot: User, channel_id: Snowflake) -> Room:
    """The channel for an answer, which needs no permission; who is loud is for the guild to say."""
    room = await access.written_in(unit, bot, channel_id)
    if room is None:
        raise errors.UnknownChannel
    permissions = ALL
    if room.guild is not None:
        everybody = int(room.guild.roles[room.guild.id].permissions)
        permissions = ALL if everybody & _LOUD else ALL & ~_LOUD
    return replace(room, permissions=permissions)


async def permissions_of(unit: Unit, bot: User, room: Room) -> int:
    """What the application itself may do there."""
    if room.guild is None:
        return _ALONE
    member = await unit.world.member(room.guild, bot.id)
    if member is None:
        return _ALONE
    return room.guild.permissions(member, room.channel.id, unit.now())


def context(room: Room, bot_id: Snowflake) -> int:
    if room.guild is not None:
        return GUILD
    return BOT_DM if bot_id in room.people else PRIVATE


def channel(room: Room) -> Json:
    """The channel as an application is told of it."""
    shape: Json = msgspec.to_builtins(room.channel)
    for hidden in ("permission_overwrites", "recipients"):
        shape.pop(hidden, None)
    return {**shape, "permissions": str(room.permissions)}


def member(room: Room) -> Json | msgspec.UnsetType:
    """Who did it, with what they may do there."""
    if room.member is None:
        return UNSET
    shape: Json = msgspec.to_builtins(room.member)
    return {**shape, "permissions": str(room.permissions)}


def guild(room: Room) -> Json | msgspec.UnsetType:
    if room.guild is None:
        return UNSET
    about = room.guild.guild
    return {"id": about.id, "features": about.features, "locale": about.preferred_locale}


def partial(member_: Member) -> Json:
    """A member beside their user."""
    shape: Json = msgspec.to_builtins(member_)
    for hidden in ("user", "deaf", "mute"):
        shape.pop(hidden, None)
    return shape
