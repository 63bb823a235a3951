"""Channels of every type, their overwrites, and the forms that make and change them."""

from collections.abc import Mapping
from datetime import datetime
from enum import IntEnum
from typing import Annotated, Any, Final, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, convert

from rift.snowflake import PermissionsInput, Snowflake, SnowflakeInput
from rift.wire.limits import Count, Flags, Image, Int32, Slowmode
from rift.wire.members import Member
from rift.wire.notifications import MuteConfig
from rift.wire.presences import PresenceUpdate
from rift.wire.users import User

ChannelName = Annotated[str, Meta(min_length=1, max_length=100)]
Topic = Annotated[str, Meta(max_length=4096)]
Bitrate = Annotated[int, Meta(ge=8000, le=384_000)]
UserLimit = Annotated[int, Meta(ge=0, le=10_000)]
AutoArchive = Literal[60, 1440, 4320, 10080]


class ChannelType(IntEnum):
    GUILD_TEXT = 0
    DM = 1
    GUILD_VOICE = 2
    GROUP_DM = 3
    GUILD_CATEGORY = 4
    GUILD_ANNOUNCEMENT = 5
    ANNOUNCEMENT_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    GUILD_STAGE_VOICE = 13
    GUILD_DIRECTORY = 14
    GUILD_FORUM = 15
    GUILD_MEDIA = 16


THREADS: Final = frozenset(
    {
        int(ChannelType.ANNOUNCEMENT_THREAD),
        int(ChannelType.PUBLIC_THREAD),
        int(ChannelType.PRIVATE_THREAD),
    }
)


class Overwrite(Struct, frozen=True, kw_only=True):
    """Type 0 is a role, 1 a member."""

    id: Snowflake
    type: int
    allow: str = "0"
    deny: str = "0"


class ThreadMetadata(Struct, frozen=True, kw_only=True):
    archived: bool
    archive_timestamp: datetime | None
    auto_archive_duration: int
    locked: bool
    create_timestamp: datetime | UnsetType = UNSET
    invitable: bool | UnsetType = UNSET


class ThreadMember(Struct, frozen=True, kw_only=True):
    """Somebody in a thread; how they have muted it is told to nobody else."""

    id: Snowflake
    user_id: Snowflake
    join_timestamp: datetime
    flags: int = 0
    muted: bool | UnsetType = UNSET
    mute_config: MuteConfig | None | UnsetType = UNSET
    member: Member | UnsetType = UNSET
    presence: PresenceUpdate | None | UnsetType = UNSET


class ForumTag(Struct, frozen=True, kw_only=True):
    """What posts of a forum can be sorted by; a moderated one is given by moderators alone."""

    id: Snowflake
    name: str
    moderated: bool = False
    emoji_id: Snowflake | None = None
    emoji_name: str | None = None


class DefaultReaction(Struct, frozen=True, kw_only=True):
    """The emoji that is offered first for posts of a forum."""

    emoji_id: Snowflake | None = None
    emoji_name: str | None = None


class ChannelNick(Struct, frozen=True, kw_only=True):
    """What somebody is called in a group."""

    id: Snowflake
    nick: str


class Channel(Struct, frozen=True, kw_only=True):
    """Any channel; which fields are set depends on its type, see `from_row`."""

    id: Snowflake
    type: int
    guild_id: Snowflake | UnsetType = UNSET
    name: str | None | UnsetType = UNSET
    position: int | UnsetType = UNSET
    permission_overwrites: list[Overwrite] | UnsetType = UNSET
    parent_id: Snowflake | None | UnsetType = UNSET
    topic: str | None | UnsetType = UNSET
    nsfw: bool | UnsetType = UNSET
    last_message_id: Snowflake | None | UnsetType = UNSET
    last_pin_timestamp: datetime | None | UnsetType = UNSET
    rate_limit_per_user: int | UnsetType = UNSET
    bitrate: int | UnsetType = UNSET
    user_limit: int | UnsetType = UNSET
    rtc_region: str | None | UnsetType = UNSET
    video_quality_mode: int | UnsetType = UNSET
    default_auto_archive_duration: int | UnsetType = UNSET
    default_thread_rate_limit_per_user: int | UnsetType = UNSET
    recipients: list[User] | UnsetType = UNSET
    icon: str | None | UnsetType = UNSET
    owner_id: Snowflake | UnsetType = UNSET
    application_id: Snowflake | UnsetType = UNSET
    managed: bool | UnsetType = UNSET
    thread_metadata: ThreadMetadata | UnsetType = UNSET
    message_count: int | UnsetType = UNSET
    member_count: int | UnsetType = UNSET
    total_message_sent: int | UnsetType = UNSET
    member: ThreadMember | UnsetType = UNSET
    applied_tags: list[Snowflake] | UnsetType = UNSET
    available_tags: list[ForumTag] | UnsetType = UNSET
    default_reaction_emoji: DefaultReaction | None | UnsetType = UNSET
    default_sort_order: int | None | UnsetType = UNSET
    default_forum_layout: int | UnsetType = UNSET
    default_tag_setting: str | None | UnsetType = UNSET
    template: str | UnsetType = UNSET
    permissions: str | UnsetType = UNSET
    nicks: list[ChannelNick] | UnsetType = UNSET
    is_message_request: bool | UnsetType = UNSET
    is_message_request_timestamp: datetime | None | UnsetType = UNSET
    is_spam: bool | UnsetType = UNSET
    flags: int = 0


_EVERY: Final = ("id", "type", "flags")
_GUILD: Final = (*_EVERY, "guild_id", "name", "position", "permission_overwrites", "parent_id")
_TALK: Final = ("last_message_id", "rate_limit_per_user", "nsfw")
_TEXT: Final = (
    *_GUILD,
    *_TALK,
    "topic",
    "last_pin_timestamp",
    "default_auto_archive_duration",
    "default_thread_rate_limit_per_user",
)
_MEDIA: Final = (
    *_TEXT,
    "available_tags",
    "default_reaction_emoji",
    "default_sort_order",
    "default_tag_setting",
    "template",
)
_FORUM: Final = (*_MEDIA, "default_forum_layout")
_VOICE: Final = (
    *_GUILD,
    *_TALK,
    "bitrate",
    "user_limit",
    "rtc_region",
    "video_quality_mode",
)
_THREAD: Final = (
    *_EVERY,
    "guild_id",
    "name",
    "parent_id",
    "owner_id",
    "last_message_id",
    "last_pin_timestamp",
    "rate_limit_per_user",
    "thread_metadata",
    "message_count",
    "member_count",
    "total_message_sent",
    "applied_tags",
)
_PRIVATE: Final = (*_EVERY, "last_message_id", "last_pin_timestamp", "recipients")
_DIRECT: Final = (
    *_PRIVATE,
    "is_message_request",
    "is_message_request_timestamp",
    "is_spam",
)
_GROUP: Final = (*_PRIVATE, "name", "icon", "owner_id", "managed", "application_id", "nicks")

SHAPES: Final[Mapping[int, tuple[str, ...]]] = {
    ChannelType.GUILD_TEXT: _TEXT,
    ChannelType.DM: _DIRECT,
    ChannelType.GUILD_VOICE: _VOICE,
    ChannelType.GROUP_DM: _GROUP,
    ChannelType.GUILD_CATEGORY: _GUILD,
    ChannelType.GUILD_ANNOUNCEMENT: _TEXT,
    ChannelType.ANNOUNCEMENT_THREAD: _THREAD,
    ChannelType.PUBLIC_THREAD: _THREAD,
    ChannelType.PRIVATE_THREAD: _THREAD,
    ChannelType.GUILD_STAGE_VOICE: (*_VOICE, "topic"),
    ChannelType.GUILD_FORUM: _FORUM,
    ChannelType.GUILD_MEDIA: _MEDIA,
}
"""Which fields a channel of each type shows."""

_NULLABLE: Final = frozenset(
    {
        "name",
        "parent_id",
        "topic",
        "last_message_id",
        "last_pin_timestamp",
        "rtc_region",
        "icon",
        "is_message_request_timestamp",
        "default_reaction_emoji",
        "default_sort_order",
        "default_tag_setting",
    }
)


def from_row(row: Mapping[str, Any]) -> Channel:
    """The channel a row of the database stands for; columns of other types are left out."""
    shown = {
        field: row[field]
        for field in SHAPES[row["type"]]
        if field in row and (row[field] is not None or field in _NULLABLE)
    }
    return convert(shown, Channel)


_BLANK: Final[Mapping[str, Any]] = {
    **dict.fromkeys(_NULLABLE),
    "name": "",
    "position": 0,
    "permission_overwrites": [],
    "nsfw": False,
    "rate_limit_per_user": 0,
    "bitrate": 64_000,
    "user_limit": 0,
    "available_tags": [],
    "default_forum_layout": 0,
    "template": "",
    "flags": 0,
}


def blank(id_: Snowflake, type_: int, guild_id: Snowflake) -> Channel:
    """A channel of which nothing is told, with all that libraries ask of one of its type."""
    return from_row({**_BLANK, "id": id_, "type": type_, "guild_id": guild_id})


def thread_from_row(row: Mapping[str, Any]) -> Channel:
    """The thread a row stands for, in which its own columns are joined with the channel's."""
    metadata = ThreadMetadata(
        archived=row["archived"],
        archive_timestamp=row["archive_timestamp"],
        auto_archive_duration=row["auto_archive_duration"],
        locked=row["locked"],
        create_timestamp=row["create_timestamp"],
        invitable=UNSET if row["invitable"] is None else row["invitable"],
    )
    return from_row({**row, "thread_metadata": metadata})


class OverwriteBody(Struct, frozen=True, kw_only=True):
    id: SnowflakeInput
    type: Literal[0, 1] | None = None
    allow: PermissionsInput | None = None
    deny: PermissionsInput | None = None


class PutOverwrite(Struct, frozen=True, kw_only=True):
    type: Literal[0, 1] | None = None
    allow: PermissionsInput | None = None
    deny: PermissionsInput | None = None


class ForumTagBody(Struct, frozen=True, kw_only=True):
    """A tag to be made, or with an id one to be changed."""

    name: Annotated[str, Meta(max_length=50)]
    id: SnowflakeInput | None = None
    moderated: bool | None = None
    emoji_id: SnowflakeInput | None = None
    emoji_name: Annotated[str, Meta(max_length=100)] | None = None


class DefaultReactionBody(Struct, frozen=True, kw_only=True):
    emoji_id: SnowflakeInput | None = None
    emoji_name: Annotated[str, Meta(max_length=100)] | None = None


class _ChannelSettings(Struct, frozen=True, kw_only=True):
    """What creating and modifying have in common."""

    position: Count | None | UnsetType = UNSET
    topic: Topic | None | UnsetType = UNSET
    bitrate: Bitrate | None | UnsetType = UNSET
    user_limit: UserLimit | None | UnsetType = UNSET
    nsfw: bool | None | UnsetType = UNSET
    rate_limit_per_user: Slowmode | None | UnsetType = UNSET
    parent_id: SnowflakeInput | None | UnsetType = UNSET
    permission_overwrites: (
        Annotated[list[OverwriteBody], Meta(max_length=100)] | None | UnsetType
    ) = UNSET
    rtc_region: Annotated[str, Meta(max_length=64)] | None | UnsetType = UNSET
    video_quality_mode: Literal[1, 2] | None | UnsetType = UNSET
    default_auto_archive_duration: AutoArchive | None | UnsetType = UNSET
    default_thread_rate_limit_per_user: Slowmode | None | UnsetType = UNSET
    available_tags: Annotated[list[ForumTagBody], Meta(max_length=20)] | None | UnsetType = UNSET
    default_reaction_emoji: DefaultReactionBody | None | UnsetType = UNSET
    default_sort_order: Literal[0, 1] | None | UnsetType = UNSET
    default_forum_layout: Literal[0, 1, 2] | None | UnsetType = UNSET
    default_tag_setting: Literal["match_all", "match_some"] | None | UnsetType = UNSET
    template: Annotated[str, Meta(max_length=2000)] | None | UnsetType = UNSET


class CreateChannel(_ChannelSettings, frozen=True, kw_only=True):
    name: ChannelName
    type: Literal[0, 2, 4, 5, 13, 14, 15, 16] | None = None


class ModifyChannel(_ChannelSettings, frozen=True, kw_only=True):
    """Name and type are for guild channels; a group's name may be null, and has an icon.

    The last ones are those of threads.
    """

    name: ChannelName | None | UnsetType = UNSET
    type: Literal[0, 2, 4, 5, 13, 14, 15, 16] | None | UnsetType = UNSET
    flags: Flags | None | UnsetType = UNSET
    icon: Image | None | UnsetType = UNSET
    owner: SnowflakeInput | None | UnsetType = UNSET
    archived: bool | None | UnsetType = UNSET
    auto_archive_duration: AutoArchive | None | UnsetType = UNSET
    locked: bool | None | UnsetType = UNSET
    invitable: bool | None | UnsetType = UNSET
    applied_tags: Annotated[list[SnowflakeInput], Meta(max_length=5)] | None | UnsetType = UNSET


class DeleteChannelQuery(Struct, frozen=True, kw_only=True):
    """Whether a group is left without a word."""

    silent: bool = False


class CreatePrivateChannel(Struct, frozen=True, kw_only=True):
    """One recipient makes a direct message, several a group."""

    recipient_id: SnowflakeInput | None = None
    recipients: Annotated[list[SnowflakeInput], Meta(max_length=100)] | None = None


class AddRecipient(Struct, frozen=True, kw_only=True):
    nick: Annotated[str, Meta(min_length=1, max_length=32)] | None = None


class Consent(Struct, frozen=True, kw_only=True):
    """Of a message request: 1 pending, 2 accepted, 3 rejected."""

    consent_status: Int32


class BatchReject(Struct, frozen=True, kw_only=True):
    channel_ids: Annotated[list[SnowflakeInput], Meta(max_length=50)]


class RequestsQuery(Struct, frozen=True, kw_only=True):
    channel_ids: Annotated[list[SnowflakeInput], Meta(max_length=25)]


class ChannelPosition(Struct, frozen=True, kw_only=True):
    id: SnowflakeInput
    position: Count | None | UnsetType = UNSET
    lock_permissions: bool | None = None
    parent_id: SnowflakeInput | None | UnsetType = UNSET
