"""READY as people's clients receive it: all they need at once, in the form they asked for."""

from datetime import datetime
from typing import Any

from msgspec import UNSET, Raw, Struct, UnsetType

from rift.snowflake import Snowflake
from rift.wire.channels import Channel
from rift.wire.emojis import Emoji
from rift.wire.guilds import GuildCreate, GuildProperties
from rift.wire.happenings import ScheduledEvent
from rift.wire.join_requests import JoinRequest
from rift.wire.limits import Json
from rift.wire.members import Member, PartialMember
from rift.wire.notifications import (
    AllUserGuildSettings,
    NotificationSettings,
    StoredUserGuildSettings,
)
from rift.wire.presences import Activity, ClientStatus, PresenceUpdate
from rift.wire.reading import ReadStates
from rift.wire.relationships import Relationship, UserlessRelationship
from rift.wire.roles import Role
from rift.wire.settings import UserSettings
from rift.wire.sounds import Sound
from rift.wire.stages import StageInstance
from rift.wire.stickers import Sticker
from rift.wire.users import CurrentUser, User
from rift.wire.voice import VoiceState


class SessionClient(Struct, frozen=True, kw_only=True):
    """What a gateway session is spoken with, as far as it says."""

    client: str = "unknown"
    os: str = "unknown"
    version: int = 0


class GatewaySession(Struct, frozen=True, kw_only=True):
    """One of somebody's connected clients; `all` stands for what others see of them."""

    session_id: str
    client_info: SessionClient
    status: str
    activities: list[Activity] = []
    hidden_activities: list[Activity] = []
    active: bool = False


class ToldSessions(Struct, frozen=True, kw_only=True):
    """What one process tells the others of somebody's sessions there; it may ask for theirs."""

    user_id: Snowflake
    origin: str
    sessions: list[GatewaySession]
    asks: bool = False


class FriendsQuestion(Struct, frozen=True, kw_only=True):
    """Somebody came online and wants to know which of their friends are."""

    user_id: Snowflake
    origin: str


class UserlessMember(PartialMember, frozen=True, kw_only=True):
    """A member whose user stands elsewhere in the same event."""

    user_id: Snowflake


class UserlessChannel(Channel, frozen=True, kw_only=True):
    """A private channel whose people stand elsewhere in the same event."""

    recipient_ids: list[Snowflake]


class UserlessPresence(Struct, frozen=True, kw_only=True):
    user_id: Snowflake
    status: str
    activities: list[Activity] = []
    client_status: ClientStatus = ClientStatus()


class GatewayGuild(Struct, frozen=True, kw_only=True):
    """A guild for clients that keep its properties apart; its channels are written already."""

    id: Snowflake
    properties: GuildProperties
    channels: Raw
    joined_at: datetime
    member_count: int
    large: bool
    data_mode: str = "full"
    lazy: bool = True
    premium_subscription_count: int = 0
    roles: list[Role] = []
    emojis: list[Emoji] = []
    stickers: list[Sticker] = []
    threads: list[Channel] = []
    stage_instances: list[StageInstance] = []
    guild_scheduled_events: list[ScheduledEvent] = []
    soundboard_sounds: list[Sound] = []
    members: list[Member] | UnsetType = UNSET
    presences: list[PresenceUpdate] | UnsetType = UNSET
    voice_states: list[VoiceState] | UnsetType = UNSET
    activity_instances: list[Json] | UnsetType = UNSET


class MergedPresences(Struct, frozen=True, kw_only=True):
    """Of friends, and of those one knows in each guild, in the order of the guilds."""

    friends: list[UserlessPresence] = []
    guilds: list[list[UserlessPresence]] = []


class Consent(Struct, frozen=True, kw_only=True):
    consented: bool = False


class Consents(Struct, frozen=True, kw_only=True):
    """No statistics are kept, whatever somebody would consent to."""

    personalization: Consent = Consent()
    usage_statistics: Consent = Consent()


class GatewayAuth(Struct, frozen=True, kw_only=True):
    authenticator_types: list[int] = []


class PersonalReady(Struct, frozen=True, kw_only=True):
    """What is null or empty is for what this server does not have: shops, studies, statistics."""

    v: int
    user: CurrentUser
    guilds: list[GatewayGuild] | list[GuildCreate]
    relationships: list[Relationship] | list[UserlessRelationship]
    private_channels: list[Channel] | list[UserlessChannel]
    read_state: ReadStates | Raw
    user_guild_settings: AllUserGuildSettings | list[StoredUserGuildSettings]
    notification_settings: NotificationSettings
    user_settings_proto: str
    sessions: list[GatewaySession]
    session_id: str
    resume_gateway_url: str
    static_client_session_id: str
    auth_session_id_hash: str
    geo_ordered_rtc_regions: list[str]
    user_settings: UserSettings | UnsetType = UNSET
    notes: dict[str, str] | UnsetType = UNSET
    users: list[User] | UnsetType = UNSET
    merged_members: list[list[UserlessMember]] | UnsetType = UNSET
    merged_presences: MergedPresences | UnsetType = UNSET
    presences: list[PresenceUpdate] | UnsetType = UNSET
    session_type: str = "normal"
    api_code_version: int = 1
    country_code: str | None = None
    consents: Consents = Consents()
    auth: GatewayAuth = GatewayAuth()
    analytics_token: None = None
    tutorial: None = None
    experiments: list[Any] = []
    guild_experiments: list[Any] = []
    connected_accounts: list[Json] = []
    friend_suggestion_count: int = 0
    guild_join_requests: list[JoinRequest] = []
    game_relationships: list[Json] = []
    linked_users: list[Json] = []
    broadcaster_user_ids: list[Snowflake] = []
    pending_payments: list[Json] = []
    explicit_content_scan_version: int = 0
    shard: tuple[int, int] | UnsetType = UNSET
    _trace: list[str] = []


class SupplementalGuild(Struct, frozen=True, kw_only=True):
    id: Snowflake
    voice_states: list[VoiceState] = []
    embedded_activities: list[Json] = []
    activity_instances: list[Json] = []


class ReadySupplemental(Struct, frozen=True, kw_only=True):
    """What can wait until the client has shown something."""

    guilds: list[SupplementalGuild]
    merged_members: list[list[UserlessMember]]
    merged_presences: MergedPresences
    lazy_private_channels: list[Channel] = []
    disclose: list[str] = []
    game_invites: list[Json] = []
