"""Templates: a guild as the pattern of others, and the forms that make, change and use them."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake
from rift.wire.channels import Overwrite
from rift.wire.guilds import GuildName
from rift.wire.limits import Image, Json
from rift.wire.roles import RoleColours
from rift.wire.users import User

TemplateName = Annotated[str, Meta(min_length=1, max_length=100)]
Description = Annotated[str, Meta(max_length=120)]


class PatternRole(Struct, frozen=True, kw_only=True):
    """A role; its id is a number within the template, and @everyone has 0."""

    id: int
    name: str
    permissions: str
    color: int = 0
    colors: RoleColours = RoleColours()
    hoist: bool = False
    mentionable: bool = False
    icon: str | None = None
    unicode_emoji: str | None = None


class PatternChannel(Struct, frozen=True, kw_only=True):
    """A channel; the ids it names are numbers within the template."""

    id: int
    type: int
    name: str
    position: int
    topic: str | None = None
    bitrate: int = 64_000
    user_limit: int = 0
    nsfw: bool = False
    rate_limit_per_user: int = 0
    parent_id: Snowflake | None = None
    default_auto_archive_duration: int | None = None
    permission_overwrites: list[Overwrite] = []
    available_tags: list[Json] | None = None
    template: str = ""
    default_reaction_emoji: Json | None = None
    default_thread_rate_limit_per_user: int | None = None
    default_sort_order: int | None = None
    default_forum_layout: int | None = None
    default_tag_setting: str | None = None
    theme_color: int | None = None


class Pattern(Struct, frozen=True, kw_only=True):
    """What a guild made from a template consists of."""

    name: str
    description: str | None
    verification_level: int
    default_message_notifications: int
    explicit_content_filter: int
    preferred_locale: str
    afk_timeout: int
    system_channel_flags: int
    afk_channel_id: Snowflake | None
    system_channel_id: Snowflake | None
    roles: list[PatternRole]
    channels: list[PatternChannel]
    region: str | None = None


class Template(Struct, frozen=True, kw_only=True):
    """`is_dirty` where the guild is no longer what the template says, as far as one sees it."""

    code: str
    name: str
    description: str | None
    usage_count: int
    creator_id: Snowflake
    creator: User
    created_at: datetime
    updated_at: datetime
    source_guild_id: Snowflake
    serialized_source_guild: Pattern
    is_dirty: bool | None = None


class CreateTemplate(Struct, frozen=True, kw_only=True):
    name: TemplateName
    description: Description | None = None


class ModifyTemplate(Struct, frozen=True, kw_only=True):
    name: TemplateName | UnsetType = UNSET
    description: Description | None | UnsetType = UNSET


class UseTemplate(Struct, frozen=True, kw_only=True):
    name: GuildName
    icon: Image | None = None
