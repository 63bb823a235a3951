"""Purges of a channel: an operation of our own, for what bulk deletion cannot reach."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from rift.snowflake import Snowflake, SnowflakeInput


class StartPurge(Struct, frozen=True, kw_only=True):
    """Of messages that fit all that is named, the newest `limit`; pinned ones only if asked."""

    author_ids: Annotated[list[SnowflakeInput], Meta(min_length=1, max_length=100)] | None = None
    contains: Annotated[str, Meta(min_length=1, max_length=100)] | None = None
    before: SnowflakeInput | None = None
    after: SnowflakeInput | None = None
    pinned: bool = False
    limit: Annotated[int, Meta(ge=1, le=2**31 - 1)] | None = None


class Purge(Struct, frozen=True, kw_only=True):
    """`looked` counts the messages gone through; without `ended_at` it is under way."""

    id: Snowflake
    guild_id: Snowflake
    channel_id: Snowflake
    user_id: Snowflake
    author_ids: list[Snowflake] | None
    contains: str | None
    pinned: bool
    limit: int | None
    looked: int
    deleted: int
    ended_at: datetime | None
