"""The soundboard: sounds of guilds, and how one of them is played."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput
from rift.wire.limits import SoundData
from rift.wire.users import User

SoundName = Annotated[str, Meta(min_length=2, max_length=32)]
Volume = Annotated[float, Meta(ge=0, le=1)]
SoundEmoji = Annotated[str, Meta(min_length=1, max_length=32)]


class Sound(Struct, frozen=True, kw_only=True):
    """Its emoji is one of a guild or one of Unicode; a sound without a guild is everybody's."""

    name: str
    sound_id: Snowflake
    volume: float
    emoji_id: Snowflake | None = None
    emoji_name: str | None = None
    guild_id: Snowflake | UnsetType = UNSET
    available: bool = True
    user: User | UnsetType = UNSET


class ListedSounds(Struct, frozen=True, kw_only=True):
    items: list[Sound]


class CreateSound(Struct, frozen=True, kw_only=True):
    name: SoundName
    sound: SoundData
    volume: Volume | None = None
    emoji_id: SnowflakeInput | None = None
    emoji_name: SoundEmoji | None = None


class ModifySound(Struct, frozen=True, kw_only=True):
    name: SoundName | UnsetType = UNSET
    volume: Volume | None | UnsetType = UNSET
    emoji_id: SnowflakeInput | None | UnsetType = UNSET
    emoji_name: SoundEmoji | None | UnsetType = UNSET


class SendSound(Struct, frozen=True, kw_only=True):
    sound_id: SnowflakeInput
    source_guild_id: SnowflakeInput | None = None
