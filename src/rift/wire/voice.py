"""Voice: who sits in which channel, and where voice servers are."""

from datetime import datetime
from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput
from rift.wire.channels import ChannelType
from rift.wire.emojis import PartialEmoji
from rift.wire.limits import Time
from rift.wire.members import Member

VOICES: Final = frozenset({int(ChannelType.GUILD_VOICE), int(ChannelType.GUILD_STAGE_VOICE)})
"""Channels one can be in."""


class VoiceState(Struct, frozen=True, kw_only=True):
    user_id: Snowflake
    session_id: str
    channel_id: Snowflake | None = None
    guild_id: Snowflake | None | UnsetType = None
    member: Member | UnsetType = UNSET
    deaf: bool = False
    mute: bool = False
    self_deaf: bool = False
    self_mute: bool = False
    self_stream: bool = False
    self_video: bool = False
    suppress: bool = False
    request_to_speak_timestamp: datetime | None = None


class VoiceRegion(Struct, frozen=True, kw_only=True):
    id: str
    name: str
    custom: bool = False
    deprecated: bool = False
    optimal: bool = False


class VoiceRoom(Struct, frozen=True, kw_only=True):
    """What is so of a voice channel while somebody is in it."""

    status: str | None = None
    started_at: datetime | None = None


class VoiceStatus(Struct, frozen=True, kw_only=True):
    """VOICE_CHANNEL_STATUS_UPDATE."""

    id: Snowflake
    guild_id: Snowflake
    status: str | None


class VoiceStartTime(Struct, frozen=True, kw_only=True):
    """VOICE_CHANNEL_START_TIME_UPDATE, in seconds since 1970."""

    id: Snowflake
    guild_id: Snowflake
    voice_start_time: int | None


class VoiceEffect(Struct, frozen=True, kw_only=True):
    """VOICE_CHANNEL_EFFECT_SEND: an emoji rises, or a sound of the soundboard is played.

    py-cord reads the animation of both, and of every emoji whether it moves.
    """

    channel_id: Snowflake
    guild_id: Snowflake
    user_id: Snowflake
    emoji: PartialEmoji | None = None
    animation_type: int = 1
    animation_id: int = 0
    sound_id: Snowflake | UnsetType = UNSET
    sound_volume: float | UnsetType = UNSET


class ChannelInfo(Struct, frozen=True, kw_only=True):
    """One channel of CHANNEL_INFO, with what was asked for."""

    id: Snowflake
    status: str | None | UnsetType = UNSET
    voice_start_time: int | None | UnsetType = UNSET


class ToldChannelInfo(Struct, frozen=True, kw_only=True):
    """CHANNEL_INFO."""

    guild_id: Snowflake
    channels: list[ChannelInfo]


class ModifyVoiceState(Struct, frozen=True, kw_only=True):
    """The channel is the one they are in; nobody is moved by it."""

    channel_id: SnowflakeInput | None | UnsetType = UNSET
    suppress: bool | None | UnsetType = UNSET


class ModifyOwnVoiceState(ModifyVoiceState, frozen=True, kw_only=True):
    request_to_speak_timestamp: Time | None | UnsetType = UNSET


class PutVoiceStatus(Struct, frozen=True, kw_only=True):
    status: Annotated[str, Meta(max_length=500)] | None = None


class SendEffect(Struct, frozen=True, kw_only=True):
    """An emoji of a guild by its id, or one of Unicode; the animations are those of the client."""

    emoji_id: SnowflakeInput | None = None
    emoji_name: Annotated[str, Meta(max_length=64)] | None = None
    animation_type: Literal[0, 1] | None = None
    animation_id: Annotated[int, Meta(ge=0, le=20)] | None = None


class VoiceServerUpdate(Struct, frozen=True, kw_only=True):
    """Where somebody is to speak; without an endpoint no server is allotted, and they wait."""

    token: str
    guild_id: Snowflake
    endpoint: str | None
