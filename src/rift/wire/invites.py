"""Invites: who opens one, what it shows to whom holds it, how it is made."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput, SnowflakesInput
from rift.wire.happenings import ScheduledEvent
from rift.wire.roles import RoleColours
from rift.wire.users import User
from rift.wire.welcome_screens import WelcomeScreen


class InviteGuild(Struct, frozen=True, kw_only=True):
    """A guild as shown to somebody who is not in it yet."""

    id: Snowflake
    name: str
    splash: str | None = None
    banner: str | None = None
    description: str | None = None
    icon: str | None = None
    features: list[str] = []
    verification_level: int | None = 0
    vanity_url_code: str | None = None
    nsfw_level: int | None = 0
    nsfw: bool | None = False
    premium_subscription_count: int = 0
    welcome_screen: WelcomeScreen | UnsetType = UNSET


class InviteChannel(Struct, frozen=True, kw_only=True):
    id: Snowflake
    type: int
    name: str | None


class InviteRole(Struct, frozen=True, kw_only=True):
    id: Snowflake
    name: str
    position: int
    color: int = 0
    colors: RoleColours = RoleColours()
    icon: str | None = None
    unicode_emoji: str | None = None
    permissions: str | UnsetType = UNSET


class Invite(Struct, frozen=True, kw_only=True):
    """`uses` and the four after it are for those who may manage the channel, the last two for who
    has just accepted it.
    """

    code: str
    guild: InviteGuild
    guild_id: Snowflake
    channel: InviteChannel
    expires_at: datetime | None
    type: int = 0
    flags: int = 0
    inviter: User | UnsetType = UNSET
    approximate_member_count: int | UnsetType = UNSET
    approximate_presence_count: int | UnsetType = UNSET
    roles: list[InviteRole] | UnsetType = UNSET
    uses: int | UnsetType = UNSET
    max_uses: int | UnsetType = UNSET
    max_age: int | UnsetType = UNSET
    temporary: bool | UnsetType = UNSET
    created_at: datetime | UnsetType = UNSET
    guild_scheduled_event: ScheduledEvent | UnsetType = UNSET
    new_member: bool | UnsetType = UNSET
    show_verification_form: bool | UnsetType = UNSET


class TargetUsersJob(Struct, frozen=True, kw_only=True):
    """How far the list of those was read whom an invite is for."""

    status: int
    total_users: int
    processed_users: int
    created_at: datetime | None
    completed_at: datetime | None
    error_message: str | None = None


class InviteQuery(Struct, frozen=True, kw_only=True):
    with_counts: bool = False
    guild_scheduled_event_id: SnowflakeInput | None = None


class CreateInvite(Struct, frozen=True, kw_only=True):
    max_age: Annotated[int, Meta(ge=0, le=5_184_000)] | None = None
    max_uses: Annotated[int, Meta(ge=0, le=100)] | None = None
    temporary: bool | None = None
    unique: bool | None = None
    target_type: Literal[1, 2] | None = None
    target_user_id: SnowflakeInput | None = None
    target_application_id: SnowflakeInput | None = None
    role_ids: SnowflakesInput | None = None


class AcceptInvite(Struct, frozen=True, kw_only=True):
    """User clients say with which gateway session they accept; it decides nothing here."""

    session_id: Annotated[str, Meta(max_length=256)] | None = None


class VanityUrl(Struct, frozen=True, kw_only=True):
    """The code a guild chose for itself."""

    code: str | None
    uses: int = 0


class ModifyVanityUrl(Struct, frozen=True, kw_only=True):
    """None, or an empty one, gives the code up."""

    code: Annotated[str, Meta(pattern=r"^([A-Za-z0-9][A-Za-z0-9-]{1,31})?$")] | None = None
