"""Stage instances: what goes on in a stage channel."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput

StageTopic = Annotated[str, Meta(min_length=1, max_length=120)]
StagePrivacy = Literal[1, 2]


class StageInstance(Struct, frozen=True, kw_only=True):
    id: Snowflake
    guild_id: Snowflake
    channel_id: Snowflake
    topic: str
    privacy_level: int = 2
    discoverable_disabled: bool = True
    guild_scheduled_event_id: Snowflake | None = None


class CreateStage(Struct, frozen=True, kw_only=True):
    channel_id: SnowflakeInput
    topic: StageTopic
    privacy_level: StagePrivacy | None = None
    guild_scheduled_event_id: SnowflakeInput | None = None
    send_start_notification: bool | Literal[0, 1] | None = None


class ModifyStage(Struct, frozen=True, kw_only=True):
    topic: StageTopic | UnsetType = UNSET
    privacy_level: StagePrivacy | UnsetType = UNSET
