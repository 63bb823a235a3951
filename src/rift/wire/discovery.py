"""Guilds that everybody may find: the list of them, and how each presents itself there."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakesInput
from rift.wire.emojis import Emoji
from rift.wire.guilds import Guild
from rift.wire.limits import Count
from rift.wire.welcome_screens import WelcomeScreen

Keyword = Annotated[str, Meta(min_length=1, max_length=30)]
_Limit = Annotated[int, Meta(ge=1, le=48)]
_Offset = Annotated[int, Meta(ge=0, le=2999)]


class DiscoveryCategory(Struct, frozen=True, kw_only=True):
    id: int
    name: str
    is_primary: bool


class DiscoverableGuild(Struct, frozen=True, kw_only=True):
    """What a landing page, partners and removals are for is not here: it is as if unused."""

    id: Snowflake
    name: str
    icon: str | None
    description: str | None
    banner: str | None
    splash: str | None
    discovery_splash: str | None
    features: list[str]
    vanity_url_code: str | None
    preferred_locale: str
    approximate_member_count: int
    approximate_presence_count: int
    emojis: list[Emoji]
    emoji_count: int
    primary_category_id: int
    primary_category: DiscoveryCategory
    categories: list[DiscoveryCategory]
    keywords: list[str]
    premium_subscription_count: int = 0
    auto_removed: bool = False
    is_published: bool = False


class DiscoverableGuilds(Struct, frozen=True, kw_only=True):
    guilds: list[DiscoverableGuild]
    total: int
    limit: int
    offset: int


class DiscoverQuery(Struct, frozen=True, kw_only=True):
    """Who names guilds gets those of them that are found, and no pages."""

    guild_ids: SnowflakesInput | None = None
    categories: Annotated[list[Count], Meta(max_length=48)] | Count | None = None
    limit: _Limit = 30
    offset: _Offset = 0


class DiscoverSearchQuery(Struct, frozen=True, kw_only=True):
    query: Annotated[str, Meta(max_length=100)] = ""
    category_id: Count | None = None
    limit: _Limit = 24
    offset: _Offset = 0


class CategoriesQuery(Struct, frozen=True, kw_only=True):
    primary_only: bool = False


class DiscoveryMetadata(Struct, frozen=True, kw_only=True):
    guild_id: Snowflake
    primary_category_id: int = 0
    category_ids: list[int] = []
    keywords: list[str] = []
    about: str | None = None
    emoji_discoverability_enabled: bool = False
    partner_actioned_timestamp: datetime | None = None
    partner_application_timestamp: datetime | None = None
    is_published: bool = False
    reasons_to_join: list[str] = []
    social_links: list[str] = []


class ModifyDiscoveryMetadata(Struct, frozen=True, kw_only=True):
    """All of it: what is absent is as it was in the beginning."""

    primary_category_id: Count | None = None
    keywords: Annotated[list[Keyword], Meta(max_length=10)] | None = None
    about: Annotated[str, Meta(max_length=2400)] | None = None


class JoinQuery(Struct, frozen=True, kw_only=True):
    """To look on without being a member would need a session of the gateway; here nobody does."""

    lurker: bool = False


class JoinedGuild(Guild, frozen=True, kw_only=True):
    show_verification_form: bool | UnsetType = UNSET
    welcome_screen: WelcomeScreen | UnsetType = UNSET
