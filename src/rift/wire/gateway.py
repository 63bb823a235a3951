"""What only the gateway says: its address, the greeting, and the events without an object."""

from datetime import datetime
from typing import Annotated, Any

from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput, SnowflakesInput
from rift.wire.applications import PartialApplication
from rift.wire.channels import Channel, ThreadMember
from rift.wire.emojis import Emoji, PartialEmoji
from rift.wire.guilds import UnavailableGuild
from rift.wire.limits import Json
from rift.wire.members import Member
from rift.wire.notifications import AllUserGuildSettings, StoredUserGuildSettings
from rift.wire.presences import UpdatePresence
from rift.wire.reading import ReadStates
from rift.wire.relationships import Relationship
from rift.wire.roles import Role
from rift.wire.sounds import Sound
from rift.wire.stickers import Sticker
from rift.wire.users import CurrentUser, User

Shard = tuple[int, int]


class Gateway(Struct, frozen=True, kw_only=True):
    url: str


class SessionStartLimit(Struct, frozen=True, kw_only=True):
    total: int
    remaining: int
    reset_after: int
    max_concurrency: int


class GatewayBot(Struct, frozen=True, kw_only=True):
    url: str
    shards: int
    session_start_limit: SessionStartLimit


class Identify(Struct, frozen=True, kw_only=True):
    """Opcode 2. User clients send no intents."""

    token: str
    properties: Json = {}
    intents: Annotated[int, Meta(ge=0, le=2**53 - 1)] | UnsetType = UNSET
    compress: bool = False
    large_threshold: Annotated[int, Meta(ge=0, le=250)] = 50
    shard: Shard | None = None
    presence: UpdatePresence | None = None
    capabilities: int | UnsetType = UNSET


class Resume(Struct, frozen=True, kw_only=True):
    """Opcode 6."""

    token: str
    session_id: str
    seq: int


class RequestGuildMembers(Struct, frozen=True, kw_only=True):
    """Opcode 8. User clients may ask for several guilds at once."""

    guild_id: SnowflakesInput
    query: str | None = None
    limit: Annotated[int, Meta(ge=0)] = 0
    presences: bool | None = None
    user_ids: SnowflakesInput | None = None
    nonce: Any = None


class MembersNotSent(Struct, frozen=True, kw_only=True):
    """Which request for members it was that came too soon."""

    guild_id: Snowflake
    nonce: str | UnsetType = UNSET


class RateLimited(Struct, frozen=True, kw_only=True):
    """RATE_LIMITED: what was asked for is not answered before it is asked for again, later."""

    opcode: int
    retry_after: float
    meta: MembersNotSent


class UpdateVoiceState(Struct, frozen=True, kw_only=True):
    """Opcode 4."""

    guild_id: SnowflakeInput | None = None
    channel_id: SnowflakeInput | None = None
    self_mute: bool = False
    self_deaf: bool = False
    self_video: bool = False


class Hello(Struct, frozen=True, kw_only=True):
    heartbeat_interval: int


class Ready(Struct, frozen=True, kw_only=True):
    user: CurrentUser
    guilds: list[UnavailableGuild]
    session_id: str
    resume_gateway_url: str
    v: int = 10
    session_type: str = "normal"
    private_channels: list[Channel] = []
    relationships: list[Relationship] = []
    shard: Shard | UnsetType = UNSET
    application: PartialApplication | UnsetType = UNSET
    read_state: ReadStates | Raw | UnsetType = UNSET
    user_guild_settings: AllUserGuildSettings | list[StoredUserGuildSettings] | UnsetType = UNSET


class TypingStart(Struct, frozen=True, kw_only=True):
    channel_id: Snowflake
    user_id: Snowflake
    timestamp: int
    guild_id: Snowflake | UnsetType = UNSET
    member: Member | UnsetType = UNSET


class MessageDelete(Struct, frozen=True, kw_only=True):
    id: Snowflake
    channel_id: Snowflake
    guild_id: Snowflake | UnsetType = UNSET


class MessageDeleteBulk(Struct, frozen=True, kw_only=True):
    ids: list[Snowflake]
    channel_id: Snowflake
    guild_id: Snowflake | UnsetType = UNSET


class MessageReactionAdd(Struct, frozen=True, kw_only=True):
    user_id: Snowflake
    channel_id: Snowflake
    message_id: Snowflake
    emoji: PartialEmoji
    guild_id: Snowflake | UnsetType = UNSET
    member: Member | UnsetType = UNSET
    message_author_id: Snowflake | UnsetType = UNSET
    burst: bool = False
    type: int = 0


class MessagePollVote(Struct, frozen=True, kw_only=True):
    """One that somebody gave or took back."""

    user_id: Snowflake
    channel_id: Snowflake
    message_id: Snowflake
    answer_id: int
    guild_id: Snowflake | UnsetType = UNSET


class MessageReactionRemove(Struct, frozen=True, kw_only=True):
    user_id: Snowflake
    channel_id: Snowflake
    message_id: Snowflake
    emoji: PartialEmoji
    guild_id: Snowflake | UnsetType = UNSET
    burst: bool = False
    type: int = 0


class MessageReactionRemoveAll(Struct, frozen=True, kw_only=True):
    channel_id: Snowflake
    message_id: Snowflake
    guild_id: Snowflake | UnsetType = UNSET


class MessageReactionRemoveEmoji(Struct, frozen=True, kw_only=True):
    channel_id: Snowflake
    message_id: Snowflake
    emoji: PartialEmoji
    guild_id: Snowflake | UnsetType = UNSET


class ChannelPinsUpdate(Struct, frozen=True, kw_only=True):
    channel_id: Snowflake
    last_pin_timestamp: datetime | None = None
    guild_id: Snowflake | UnsetType = UNSET


class ChannelRecipient(Struct, frozen=True, kw_only=True):
    """CHANNEL_RECIPIENT_ADD and CHANNEL_RECIPIENT_REMOVE."""

    channel_id: Snowflake
    user: User
    nick: str | UnsetType = UNSET


class GuildMemberAdd(Member, frozen=True, kw_only=True):
    guild_id: Snowflake


class GuildMemberUpdate(Member, frozen=True, kw_only=True):
    guild_id: Snowflake


class GuildMemberRemove(Struct, frozen=True, kw_only=True):
    guild_id: Snowflake
    user: User


class GuildRoleChange(Struct, frozen=True, kw_only=True):
    """GUILD_ROLE_CREATE and GUILD_ROLE_UPDATE."""

    guild_id: Snowflake
    role: Role


class GuildRoleDelete(Struct, frozen=True, kw_only=True):
    guild_id: Snowflake
    role_id: Snowflake


class GuildEmojisUpdate(Struct, frozen=True, kw_only=True):
    guild_id: Snowflake
    emojis: list[Emoji]


class GuildStickersUpdate(Struct, frozen=True, kw_only=True):
    guild_id: Snowflake
    stickers: list[Sticker]


class GuildSoundDelete(Struct, frozen=True, kw_only=True):
    """GUILD_SOUNDBOARD_SOUND_DELETE."""

    guild_id: Snowflake
    sound_id: Snowflake


class ToldSounds(Struct, frozen=True, kw_only=True):
    """SOUNDBOARD_SOUNDS, who asked for them, and GUILD_SOUNDBOARD_SOUNDS_UPDATE."""

    guild_id: Snowflake
    soundboard_sounds: list[Sound]


class InviteCreate(Struct, frozen=True, kw_only=True):
    channel_id: Snowflake
    code: str
    created_at: datetime
    expires_at: datetime | None
    max_age: int
    max_uses: int
    temporary: bool
    uses: int = 0
    type: int = 0
    guild_id: Snowflake | UnsetType = UNSET
    inviter: User | UnsetType = UNSET
    role_ids: list[Snowflake] | UnsetType = UNSET


class InviteDelete(Struct, frozen=True, kw_only=True):
    channel_id: Snowflake
    code: str
    guild_id: Snowflake | UnsetType = UNSET


class WebhooksUpdate(Struct, frozen=True, kw_only=True):
    guild_id: Snowflake
    channel_id: Snowflake


class GuildIntegrationsUpdate(Struct, frozen=True, kw_only=True):
    guild_id: Snowflake


class NewThread(Channel, frozen=True, kw_only=True):
    """THREAD_CREATE: a thread that was just made, or one that somebody is let into."""

    newly_created: bool | UnsetType = UNSET


class ThreadDelete(Struct, frozen=True, kw_only=True):
    id: Snowflake
    guild_id: Snowflake
    parent_id: Snowflake
    type: int


class ThreadListSync(Struct, frozen=True, kw_only=True):
    """The active threads of channels that came into sight, and which of them one is in."""

    guild_id: Snowflake
    channel_ids: list[Snowflake]
    threads: list[Channel] = []
    members: list[ThreadMember] = []


class ThreadMemberUpdate(ThreadMember, frozen=True, kw_only=True):
    """How one is in a thread oneself."""

    guild_id: Snowflake


class ThreadMembersUpdate(Struct, frozen=True, kw_only=True):
    id: Snowflake
    guild_id: Snowflake
    member_count: int
    added_members: list[ThreadMember] = []
    removed_member_ids: list[Snowflake] = []
