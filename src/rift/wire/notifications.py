"""How somebody wants to be notified of a guild, its channels and their private ones."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from rift.snowflake import Snowflake
from rift.wire.limits import Count, Time

Level = Literal[0, 1, 2, 3]
"""All messages, only mentions, nothing, or what the place above says."""
Highlights = Literal[0, 1, 2]
Window = Annotated[int, Meta(ge=-1, le=2**31 - 1)]
"""Seconds, or -1 for ever."""
_ID = Annotated[str, Meta(pattern="^[0-9]{1,20}$")]


Keyword = Annotated[str, Meta(min_length=2, max_length=64, pattern=r"^\S(.*\S)?$")]
Keywords = Annotated[list[Keyword], Meta(max_length=50)]
"""Words or phrases that call somebody wherever others write them, whatever the case."""
Clock = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Weekday = Literal[0, 1, 2, 3, 4, 5, 6]
"""From Monday on, as in Discord's recurring events."""


class QuietHours(Struct, frozen=True, kw_only=True):
    """From `start` of each of these days until `end`, of the next day where that is not later."""

    days: Annotated[list[Weekday], Meta(max_length=7)]
    start: Clock
    end: Clock
    timezone: Annotated[str, Meta(min_length=1, max_length=64)]
    """A name of the IANA database, such as `Europe/Berlin`."""
    enabled: bool = True


class NotificationSettings(Struct, frozen=True, kw_only=True):
    """What somebody wants everywhere; `quiet_hours` and `keywords` are our own."""

    flags: int = 0
    quiet_hours: QuietHours | None = None
    keywords: list[str] = []


class ModifyNotificationSettings(Struct, frozen=True, kw_only=True):
    """What is absent stays; null is as it was in the beginning."""

    flags: Count | None | UnsetType = UNSET
    quiet_hours: QuietHours | None | UnsetType = UNSET
    keywords: Keywords | None | UnsetType = UNSET


class MuteConfig(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Until when something is muted; clients watch the clock."""

    end_time: datetime | None | UnsetType = UNSET
    selected_time_window: int | UnsetType = UNSET


class ChannelOverride(Struct, frozen=True, kw_only=True):
    channel_id: Snowflake
    collapsed: bool = False
    flags: int = 0
    message_notifications: int = 3
    muted: bool = False
    mute_config: MuteConfig | None = None


class _UserGuildSettings(Struct, frozen=True, kw_only=True):
    guild_id: Snowflake | None
    flags: int = 0
    hide_muted_channels: bool = False
    keywords: list[str] = []
    message_notifications: int = 3
    mobile_push: bool = True
    mute_scheduled_events: bool = False
    muted: bool = False
    mute_config: MuteConfig | None = None
    notify_highlights: int = 0
    suppress_everyone: bool = False
    suppress_roles: bool = False
    version: int = 0


class UserGuildSettings(_UserGuildSettings, frozen=True, kw_only=True):
    """Without a guild they are for private channels."""

    channel_overrides: list[ChannelOverride] = []


class StoredUserGuildSettings(_UserGuildSettings, frozen=True, kw_only=True):
    """The same with the overrides as they are kept, which may be hundreds in each of hundreds."""

    channel_overrides: Raw


class AllUserGuildSettings(Struct, frozen=True, kw_only=True):
    """READY's settings of all guilds."""

    entries: list[StoredUserGuildSettings]
    version: int
    partial: bool = False


class MuteConfigBody(Struct, frozen=True, kw_only=True):
    end_time: Time | None | UnsetType = UNSET
    selected_time_window: Window | None | UnsetType = UNSET


class ChannelOverrideBody(Struct, frozen=True, kw_only=True):
    collapsed: bool | UnsetType = UNSET
    flags: Count | UnsetType = UNSET
    message_notifications: Level | UnsetType = UNSET
    muted: bool | UnsetType = UNSET
    mute_config: MuteConfigBody | None | UnsetType = UNSET


class ModifyUserGuildSettings(Struct, frozen=True, kw_only=True):
    """What is absent stays as it is, in each of the overrides too."""

    channel_overrides: dict[_ID, ChannelOverrideBody] | None | UnsetType = UNSET
    flags: Count | UnsetType = UNSET
    hide_muted_channels: bool | UnsetType = UNSET
    keywords: Keywords | UnsetType = UNSET
    message_notifications: Level | UnsetType = UNSET
    mobile_push: bool | UnsetType = UNSET
    mute_scheduled_events: bool | UnsetType = UNSET
    muted: bool | UnsetType = UNSET
    mute_config: MuteConfigBody | None | UnsetType = UNSET
    notify_highlights: Highlights | UnsetType = UNSET
    suppress_everyone: bool | UnsetType = UNSET
    suppress_roles: bool | UnsetType = UNSET


class ModifyManyGuildSettings(Struct, frozen=True, kw_only=True):
    guilds: Annotated[dict[_ID, ModifyUserGuildSettings], Meta(max_length=200)]
