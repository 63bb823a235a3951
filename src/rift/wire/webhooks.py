"""Webhooks, and following: what makes a webhook that carries another channel's messages."""

from typing import Annotated, Final

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput
from rift.wire.limits import Image
from rift.wire.users import User

FOLLOWER: Final = 2
"""The type of a webhook that brings what another channel publishes."""


class SourceGuild(Struct, frozen=True, kw_only=True):
    id: Snowflake
    name: str
    icon: str | None


class SourceChannel(Struct, frozen=True, kw_only=True):
    id: Snowflake
    name: str


class Webhook(Struct, frozen=True, kw_only=True):
    """Where a follower's messages come from is left out once its maker may not see it."""

    id: Snowflake
    type: int
    guild_id: Snowflake
    channel_id: Snowflake
    name: str
    avatar: str | None = None
    application_id: Snowflake | None = None
    user: User | UnsetType = UNSET
    source_guild: SourceGuild | UnsetType = UNSET
    source_channel: SourceChannel | UnsetType = UNSET


class ModifyWebhook(Struct, frozen=True, kw_only=True):
    name: Annotated[str, Meta(min_length=1, max_length=80)] | UnsetType = UNSET
    avatar: Image | None | UnsetType = UNSET
    channel_id: SnowflakeInput | None | UnsetType = UNSET


class FollowChannel(Struct, frozen=True, kw_only=True):
    webhook_channel_id: SnowflakeInput


class FollowedChannel(Struct, frozen=True, kw_only=True):
    channel_id: Snowflake
    webhook_id: Snowflake
