"""The guide of a guild for its new members, and the form that sets it."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput
from rift.wire.emojis import SettingsEmoji
from rift.wire.limits import Image


class WelcomeMessage(Struct, frozen=True, kw_only=True):
    """`[@username]` in it stands for who reads it."""

    author_ids: list[Snowflake]
    message: str


class ResourceChannel(Struct, frozen=True, kw_only=True):
    channel_id: Snowflake
    title: str
    description: str = ""
    emoji: SettingsEmoji | UnsetType = UNSET
    icon: str | UnsetType = UNSET


class NewMemberAction(ResourceChannel, frozen=True, kw_only=True):
    action_type: int


class ServerGuide(Struct, frozen=True, kw_only=True):
    guild_id: Snowflake
    enabled: bool
    welcome_message: WelcomeMessage | UnsetType = UNSET
    new_member_actions: list[NewMemberAction] = []
    resource_channels: list[ResourceChannel] = []


class WelcomeMessageBody(Struct, frozen=True, kw_only=True):
    author_ids: Annotated[list[SnowflakeInput], Meta(max_length=10)]
    message: Annotated[str, Meta(max_length=300)]


class GuideEmojiBody(Struct, frozen=True, kw_only=True):
    id: SnowflakeInput | None = None
    name: Annotated[str, Meta(max_length=100)] | None = None


class ResourceChannelBody(Struct, frozen=True, kw_only=True):
    channel_id: SnowflakeInput
    title: Annotated[str, Meta(min_length=1, max_length=60)]
    description: Annotated[str, Meta(max_length=200)] | None = None
    emoji: GuideEmojiBody | None = None


class NewMemberActionBody(ResourceChannelBody, frozen=True, kw_only=True):
    """0 is to look at the channel, 1 to say something in it."""

    action_type: Literal[0, 1]


class ModifyServerGuide(Struct, frozen=True, kw_only=True):
    """What is absent stays."""

    enabled: bool | UnsetType = UNSET
    welcome_message: WelcomeMessageBody | None | UnsetType = UNSET
    new_member_actions: Annotated[list[NewMemberActionBody], Meta(max_length=5)] | UnsetType = UNSET
    resource_channels: Annotated[list[ResourceChannelBody], Meta(max_length=7)] | UnsetType = UNSET


class GuideIconBody(Struct, frozen=True, kw_only=True):
    icon: Image | None | UnsetType = UNSET


class ActionProgress(Struct, frozen=True, kw_only=True):
    completed: bool


class NewMemberProgress(Struct, frozen=True, kw_only=True):
    """What of the guide somebody has done, by channel."""

    guild_id: Snowflake
    user_id: Snowflake
    channel_actions: dict[Snowflake, ActionProgress]
