"""Guilds, as their members, their gateways and strangers see them; bans; the forms."""

from datetime import datetime
from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput
from rift.wire.channels import Channel, CreateChannel
from rift.wire.emojis import Emoji
from rift.wire.happenings import ScheduledEvent
from rift.wire.limits import Flags, Image, PurgeSeconds
from rift.wire.members import Member
from rift.wire.presences import PresenceUpdate
from rift.wire.roles import CreateRole, Role
from rift.wire.sounds import Sound
from rift.wire.stages import StageInstance
from rift.wire.stickers import Sticker
from rift.wire.users import User
from rift.wire.voice import VoiceState

GuildName = Annotated[str, Meta(min_length=2, max_length=100)]
AfkTimeout = Literal[60, 300, 900, 1800, 3600]
VerificationLevel = Literal[0, 1, 2, 3, 4]
ContentFilter = Literal[0, 1, 2]
Notifications = Literal[0, 1]
Locale = Annotated[str, Meta(min_length=2, max_length=16)]
Feature = Annotated[str, Meta(max_length=100)]

SUPPRESS_JOINS: Final = 1 << 0
ANNOUNCE_DEPARTURES: Final = 1 << 20
"""Our own flag of the system channel: Discord says nothing of those who leave."""
SYSTEM_CHANNEL_FLAGS: Final = (1 << 6) - 1 | ANNOUNCE_DEPARTURES
"""All that have a name."""


class IncidentsData(Struct, frozen=True, kw_only=True):
    invites_disabled_until: datetime | None = None
    dms_disabled_until: datetime | None = None
    raid_detected_at: datetime | UnsetType = UNSET
    dm_spam_detected_at: datetime | UnsetType = UNSET


class GuildProperties(Struct, frozen=True, kw_only=True):
    """What a guild is, but for what else is in it."""

    id: Snowflake
    name: str
    owner_id: Snowflake
    icon: str | None = None
    description: str | None = None
    home_header: str | None = None
    splash: str | None = None
    discovery_splash: str | None = None
    banner: str | None = None
    features: list[str] = []
    application_id: Snowflake | None = None
    region: str = "deprecated"
    afk_channel_id: Snowflake | None = None
    afk_timeout: int = 300
    system_channel_id: Snowflake | None = None
    system_channel_flags: int = 0
    widget_enabled: bool = False
    widget_channel_id: Snowflake | None = None
    verification_level: int = 0
    default_message_notifications: int = 0
    mfa_level: int = 0
    explicit_content_filter: int = 0
    max_presences: int | None = None
    max_members: int = 500_000
    max_stage_video_channel_users: int = 50
    max_video_channel_users: int = 25
    vanity_url_code: str | None = None
    premium_tier: int = 0
    premium_progress_bar_enabled: bool = False
    preferred_locale: str = "en-US"
    rules_channel_id: Snowflake | None = None
    safety_alerts_channel_id: Snowflake | None = None
    public_updates_channel_id: Snowflake | None = None
    nsfw: bool = False
    nsfw_level: int = 0
    incidents_data: IncidentsData | None = None


class Guild(GuildProperties, frozen=True, kw_only=True):
    premium_subscription_count: int = 0
    roles: list[Role] = []
    emojis: list[Emoji] = []
    stickers: list[Sticker] = []
    approximate_member_count: int | UnsetType = UNSET
    approximate_presence_count: int | UnsetType = UNSET


class GuildCreate(Guild, frozen=True, kw_only=True):
    """A guild with all that is in it, as the gateway hands it over.

    `unavailable` is false where READY announced the guild, and absent where it was just joined.
    """

    joined_at: datetime
    member_count: int
    large: bool = False
    lazy: bool | UnsetType = UNSET
    unavailable: bool | UnsetType = UNSET
    members: list[Member] | UnsetType = []
    channels: list[Channel] | Raw = []
    threads: list[Channel] = []
    presences: list[PresenceUpdate] | UnsetType = []
    voice_states: list[VoiceState] | UnsetType = []
    stage_instances: list[StageInstance] = []
    guild_scheduled_events: list[ScheduledEvent] = []
    soundboard_sounds: list[Sound] = []


class UnavailableGuild(Struct, frozen=True, kw_only=True):
    """In READY and GUILD_DELETE; without `unavailable` the user is no longer in it."""

    id: Snowflake
    unavailable: bool | UnsetType = UNSET


class PartialGuild(Struct, frozen=True, kw_only=True):
    """One line of the list of one's own guilds."""

    id: Snowflake
    name: str
    icon: str | None
    owner: bool
    permissions: str
    banner: str | None = None
    features: list[str] = []
    approximate_member_count: int | UnsetType = UNSET
    approximate_presence_count: int | UnsetType = UNSET


class GuildPreview(Struct, frozen=True, kw_only=True):
    id: Snowflake
    name: str
    icon: str | None
    description: str | None
    approximate_member_count: int
    approximate_presence_count: int
    home_header: str | None = None
    splash: str | None = None
    discovery_splash: str | None = None
    features: list[str] = []
    emojis: list[Emoji] = []
    stickers: list[Sticker] = []


class VanityUrl(Struct, frozen=True, kw_only=True):
    code: str | None
    uses: int


class GuildQuery(Struct, frozen=True, kw_only=True):
    with_counts: bool = False


class MyGuildsQuery(Struct, frozen=True, kw_only=True):
    before: SnowflakeInput | None = None
    after: SnowflakeInput | None = None
    limit: Annotated[int, Meta(ge=1, le=200)] = 200
    with_counts: bool = False


class _GuildSettings(Struct, frozen=True, kw_only=True):
    """What creating and modifying have in common."""

    region: Annotated[str, Meta(max_length=64)] | None | UnsetType = UNSET
    icon: Image | None | UnsetType = UNSET
    verification_level: VerificationLevel | None | UnsetType = UNSET
    default_message_notifications: Notifications | None | UnsetType = UNSET
    explicit_content_filter: ContentFilter | None | UnsetType = UNSET
    afk_channel_id: SnowflakeInput | None | UnsetType = UNSET
    afk_timeout: AfkTimeout | None | UnsetType = UNSET
    system_channel_id: SnowflakeInput | None | UnsetType = UNSET
    system_channel_flags: Flags | None | UnsetType = UNSET


class NewGuildRole(CreateRole, frozen=True, kw_only=True):
    """The id is a placeholder; the first role of the list is @everyone."""

    id: SnowflakeInput | None = None


class NewGuildChannel(CreateChannel, frozen=True, kw_only=True):
    """The id is a placeholder, to which the parent ids of others refer."""

    id: SnowflakeInput | None = None


class CreateGuild(_GuildSettings, frozen=True, kw_only=True):
    name: GuildName
    roles: Annotated[list[NewGuildRole], Meta(max_length=250)] | None = None
    channels: Annotated[list[NewGuildChannel], Meta(max_length=500)] | None = None


class MfaLevel(Struct, frozen=True, kw_only=True):
    """1 where those who moderate need a second factor."""

    level: Literal[0, 1]


class ModifyGuild(_GuildSettings, frozen=True, kw_only=True):
    name: GuildName | UnsetType = UNSET
    description: Annotated[str, Meta(max_length=300)] | None | UnsetType = UNSET
    owner_id: SnowflakeInput | UnsetType = UNSET
    preferred_locale: Locale | None | UnsetType = UNSET
    splash: Image | None | UnsetType = UNSET
    banner: Image | None | UnsetType = UNSET
    discovery_splash: Image | None | UnsetType = UNSET
    home_header: Image | None | UnsetType = UNSET
    features: Annotated[list[Feature], Meta(max_length=100)] | None | UnsetType = UNSET
    rules_channel_id: SnowflakeInput | None | UnsetType = UNSET
    safety_alerts_channel_id: SnowflakeInput | None | UnsetType = UNSET
    public_updates_channel_id: SnowflakeInput | None | UnsetType = UNSET
    premium_progress_bar_enabled: bool | None | UnsetType = UNSET


class Ban(Struct, frozen=True, kw_only=True):
    user: User
    reason: str | None


class BanBody(Struct, frozen=True, kw_only=True):
    """`delete_message_days` is the old unit, and yields to seconds."""

    delete_message_seconds: PurgeSeconds | None = None
    delete_message_days: Annotated[int, Meta(ge=0, le=7)] | None = None
    reason: Annotated[str, Meta(max_length=512)] | None = None


class BansQuery(Struct, frozen=True, kw_only=True):
    limit: Annotated[int, Meta(ge=1, le=1000)] = 1000
    before: SnowflakeInput | None = None
    after: SnowflakeInput | None = None


class BulkBan(Struct, frozen=True, kw_only=True):
    user_ids: Annotated[list[SnowflakeInput], Meta(min_length=1, max_length=200)]
    delete_message_seconds: PurgeSeconds | None = None


class BulkBanned(Struct, frozen=True, kw_only=True):
    banned_users: list[Snowflake]
    failed_users: list[Snowflake]


class BanEvent(Struct, frozen=True, kw_only=True):
    """GUILD_BAN_ADD and GUILD_BAN_REMOVE."""

    guild_id: Snowflake
    user: User
