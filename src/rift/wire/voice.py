"""Voice: who sits in which channel, and where voice servers are."""

from datetime import datetime

from msgspec import UNSET, Struct, UnsetType

from rift.snowflake import Snowflake
from rift.wire.members import Member


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


class VoiceServerUpdate(Struct, frozen=True, kw_only=True):
    token: str
    guild_id: Snowflake
    endpoint: str | None
