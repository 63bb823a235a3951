"""Welcome screens, and the form that changes one."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput


class WelcomeChannel(Struct, frozen=True, kw_only=True):
    channel_id: Snowflake
    description: str
    emoji_id: Snowflake | None = None
    emoji_name: str | None = None


class WelcomeScreen(Struct, frozen=True, kw_only=True):
    description: str | None
    welcome_channels: list[WelcomeChannel]


class WelcomeChannelBody(Struct, frozen=True, kw_only=True):
    channel_id: SnowflakeInput
    description: Annotated[str, Meta(min_length=1, max_length=50)]
    emoji_id: SnowflakeInput | None = None
    emoji_name: Annotated[str, Meta(max_length=100)] | None = None


class ModifyWelcomeScreen(Struct, frozen=True, kw_only=True):
    enabled: bool | None | UnsetType = UNSET
    description: Annotated[str, Meta(max_length=140)] | None | UnsetType = UNSET
    welcome_channels: Annotated[list[WelcomeChannelBody], Meta(max_length=5)] | None | UnsetType = (
        UNSET
    )
