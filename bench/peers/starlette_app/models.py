"""The objects of the peer: decoded once from Rift's own answers, encoded for each of its own."""

from datetime import datetime
from typing import Any

from msgspec import UNSET, Struct, UnsetType


class User(Struct, kw_only=True):
    id: str
    username: str
    discriminator: str
    global_name: str | None
    avatar: str | None
    bot: bool
    public_flags: int
    flags: int
    banner: str | None
    accent_color: int | None
    avatar_decoration_data: Any
    collectibles: Any
    primary_guild: Any


class CurrentUser(User, kw_only=True):
    mfa_enabled: bool
    locale: str
    premium_type: int
    email: str | None
    verified: bool
    bio: str
    authenticator_types: list[int]
    admin: bool


class Member(Struct, kw_only=True):
    roles: list[str]
    joined_at: datetime
    nick: str | None
    avatar: str | None
    banner: str | None
    premium_since: datetime | None
    communication_disabled_until: datetime | None
    pending: bool
    flags: int
    mute: bool
    deaf: bool
    avatar_decoration_data: Any
    collectibles: Any
    user: User


class Role(Struct, kw_only=True):
    id: str
    permissions: str


class Guild(Struct, kw_only=True):
    id: str
    owner_id: str
    roles: list[Role]


class Overwrite(Struct, kw_only=True):
    id: str
    type: int
    allow: str
    deny: str


class Channel(Struct, kw_only=True):
    """A text channel."""

    id: str
    type: int
    guild_id: str
    name: str
    position: int
    permission_overwrites: list[Overwrite]
    parent_id: str | None
    topic: str | None
    nsfw: bool
    last_message_id: str | None
    last_pin_timestamp: datetime | None
    rate_limit_per_user: int
    default_auto_archive_duration: int | UnsetType = UNSET
    default_thread_rate_limit_per_user: int | UnsetType = UNSET
    flags: int


class CreateMessage(Struct):
    """The body of a new message."""

    content: str = ""
    nonce: str | None = None
    tts: bool = False


class TypingStart(Struct, kw_only=True):
    channel_id: str
    user_id: str
    timestamp: int
    guild_id: str
    member: Member


class Scene(Struct):
    """What the peer knows when it starts."""

    tokens: dict[str, str]
    """Whose each Authorization header is."""
    users: list[CurrentUser]
    guild: Guild
    members: list[Member]
    channels: list[Channel]
    message: dict[str, Any]
