"""What somebody chose for their clients, as one document and as opaque protocol buffers."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import SnowflakeInput
from rift.wire.limits import Colour, Int32, Time
from rift.wire.presences import Status

Guilds = Annotated[list[SnowflakeInput], Meta(max_length=1000)]
Locale = Annotated[
    str, Meta(min_length=2, max_length=10, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$")
]
Theme = Literal["dark", "light", "darker", "midnight"]
Choice = Annotated[int, Meta(ge=0, le=2)]
Folders = Annotated[list["GuildFolder"], Meta(max_length=1000)]
Proto = Annotated[str, Meta(max_length=5_242_880)]
"""A message of protocol buffers in base64."""


class CustomStatus(Struct, frozen=True, kw_only=True):
    """What somebody says of themselves beside their status, for a time or until they change it."""

    text: Annotated[str, Meta(max_length=128)] | None = None
    emoji_id: SnowflakeInput | None = None
    emoji_name: Annotated[str, Meta(max_length=64)] | None = None
    expires_at: Time | None = None


class FriendSources(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who may ask for somebody's friendship."""

    all: bool = False
    mutual_friends: bool = False
    mutual_guilds: bool = False


class GuildFolder(Struct, frozen=True, kw_only=True):
    """Guilds that stand together; without an id, a single guild in its place."""

    guild_ids: Guilds
    id: int | None = None
    name: Annotated[str, Meta(max_length=32)] | None = None
    color: Colour | None = None


class UserSettings(Struct, frozen=True, kw_only=True):
    """Somebody's settings: all of them, or of a change those that change."""

    activity_restricted_guild_ids: Guilds | UnsetType = UNSET
    activity_joining_restricted_guild_ids: Guilds | UnsetType = UNSET
    afk_timeout: Annotated[int, Meta(ge=60, le=600)] | UnsetType = UNSET
    allow_accessibility_detection: bool | UnsetType = UNSET
    allow_activity_party_privacy_friends: bool | UnsetType = UNSET
    allow_activity_party_privacy_voice_channel: bool | UnsetType = UNSET
    animate_emoji: bool | UnsetType = UNSET
    animate_stickers: Choice | UnsetType = UNSET
    contact_sync_enabled: bool | UnsetType = UNSET
    convert_emoticons: bool | UnsetType = UNSET
    custom_status: CustomStatus | None | UnsetType = UNSET
    default_guilds_restricted: bool | UnsetType = UNSET
    detect_platform_accounts: bool | UnsetType = UNSET
    developer_mode: bool | UnsetType = UNSET
    disable_games_tab: bool | UnsetType = UNSET
    enable_tts_command: bool | UnsetType = UNSET
    explicit_content_filter: Choice | UnsetType = UNSET
    friend_discovery_flags: Int32 | UnsetType = UNSET
    friend_source_flags: FriendSources | UnsetType = UNSET
    gif_auto_play: bool | UnsetType = UNSET
    guild_folders: Folders | UnsetType = UNSET
    inline_attachment_media: bool | UnsetType = UNSET
    inline_embed_media: bool | UnsetType = UNSET
    locale: Locale | UnsetType = UNSET
    message_display_compact: bool | UnsetType = UNSET
    native_phone_integration_enabled: bool | UnsetType = UNSET
    passwordless: bool | UnsetType = UNSET
    render_embeds: bool | UnsetType = UNSET
    render_reactions: bool | UnsetType = UNSET
    restricted_guilds: Guilds | UnsetType = UNSET
    show_current_game: bool | UnsetType = UNSET
    slayer_sdk_receive_dms_in_game: Choice | UnsetType = UNSET
    soundboard_volume: Annotated[float, Meta(ge=0, le=100)] | UnsetType = UNSET
    status: Status | UnsetType = UNSET
    stream_notifications_enabled: bool | UnsetType = UNSET
    theme: Theme | UnsetType = UNSET
    timezone_offset: Annotated[int, Meta(ge=-840, le=840)] | UnsetType = UNSET
    view_nsfw_commands: bool | UnsetType = UNSET
    view_nsfw_guilds: bool | UnsetType = UNSET


class SettingsProto(Struct, frozen=True, kw_only=True):
    settings: str


class ModifySettingsProto(Struct, frozen=True, kw_only=True):
    settings: Proto
    required_data_version: Int32 | None = None


class ModifiedSettingsProto(SettingsProto, frozen=True, kw_only=True, omit_defaults=True):
    """`out_of_date` where the change was made to an older version, and so was not taken."""

    out_of_date: bool = False


class TypedProto(Struct, frozen=True, kw_only=True):
    type: int
    proto: str


class SettingsProtoChange(Struct, frozen=True, kw_only=True):
    settings: TypedProto
    partial: bool = False
