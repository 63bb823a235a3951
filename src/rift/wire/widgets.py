"""Widgets: what a guild shows of itself on other people's pages, and whether it does."""

from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput

Style = Literal["shield", "banner1", "banner2", "banner3", "banner4"]


class WidgetSettings(Struct, frozen=True, kw_only=True):
    enabled: bool
    channel_id: Snowflake | None


class ModifyWidget(Struct, frozen=True, kw_only=True):
    enabled: bool | None | UnsetType = UNSET
    channel_id: SnowflakeInput | None | UnsetType = UNSET


class WidgetChannel(Struct, frozen=True, kw_only=True):
    id: Snowflake
    name: str
    position: int


class WidgetActivity(Struct, frozen=True, kw_only=True):
    name: str


class WidgetMember(Struct, frozen=True, kw_only=True):
    """The id is only their number in the list: nobody is to be found by it."""

    id: str
    username: str
    status: str
    avatar_url: str
    discriminator: str = "0000"
    avatar: None = None
    activity: WidgetActivity | UnsetType = UNSET


class Widget(Struct, frozen=True, kw_only=True):
    id: Snowflake
    name: str
    instant_invite: str | None
    channels: list[WidgetChannel]
    members: list[WidgetMember]
    presence_count: int


class WidgetImageQuery(Struct, frozen=True, kw_only=True):
    style: Style = "shield"
