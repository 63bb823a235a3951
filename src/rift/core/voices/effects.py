"""What is sent into a voice channel to be heard and seen by those who are in it."""

from typing import Final

from msgspec.structs import replace

from rift import errors, events
from rift.core import access
from rift.core.access import GuildRoom
from rift.core.actor import Actor
from rift.core.reactions import choosing, emojis
from rift.core.unit import Unit
from rift.errors import REQUIRED, InvalidForm
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.emojis import PartialEmoji
from rift.wire.voice import VOICES, SendEffect, VoiceEffect

_BASIC: Final = 1


async def throw(unit: Unit, actor: Actor, channel_id: Snowflake, body: SendEffect) -> None:
    """Let an emoji rise before those who are in the voice channel one is in oneself."""
    room = await access.guild_channel(unit, actor, channel_id, Permission.SPEAK)
    check_audible(room)
    name = body.emoji_id or emojis.checked(_given(body))
    effect = VoiceEffect(
        channel_id=channel_id,
        guild_id=room.guild.id,
        user_id=actor.id,
        emoji=_shown(await choosing.chosen(unit, actor, room, name)),
        animation_type=_BASIC if body.animation_type is None else body.animation_type,
        animation_id=body.animation_id or 0,
    )
    unit.emit(events.VoiceEffectSend(data=effect))


def check_audible(room: GuildRoom) -> None:
    """Refuse what is no voice channel, who is not in it, and whom somebody has silenced there."""
    if room.channel.type not in VOICES:
        raise errors.WrongChannelType
    state = room.guild.voices.get(room.member.user.id)
    if state is None or state.channel_id != room.channel.id:
        raise errors.UnknownVoiceState
    if state.mute or state.deaf or state.suppress:
        raise errors.VoiceEffectForbidden


def _shown(emoji: PartialEmoji) -> PartialEmoji:
    return replace(emoji, animated=emoji.animated is True)


def _given(body: SendEffect) -> str:
    if body.emoji_name is None:
        raise InvalidForm({"emoji_name": [REQUIRED]})
    return body.emoji_name
