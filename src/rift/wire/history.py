"""What messages said before they were edited or deleted: objects of our own."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from rift.snowflake import Snowflake, SnowflakeInput
from rift.wire.embeds import Embed
from rift.wire.messages import Attachment
from rift.wire.users import User


class Revision(Struct, frozen=True, kw_only=True):
    """One text of a message, and what ended it; `current` is the one that stands."""

    ended: Literal["edit", "delete", "current"]
    ended_at: datetime | None
    ended_by: User | None
    content: str
    embeds: list[Embed]
    attachments: list[Attachment]


class DeletedMessage(Struct, frozen=True, kw_only=True):
    id: Snowflake
    channel_id: Snowflake
    guild_id: Snowflake
    author: User | None
    content: str
    embeds: list[Embed]
    attachments: list[Attachment]
    timestamp: datetime
    deleted_at: datetime
    deleted_by: User | None


class DeletedMessagesQuery(Struct, frozen=True, kw_only=True):
    author_id: SnowflakeInput | None = None
    before: SnowflakeInput | None = None
    after: SnowflakeInput | None = None
    limit: Annotated[int, Meta(ge=1, le=100)] = 50


class Reading(Struct, frozen=True, kw_only=True):
    """Who looked through deleted messages on one day; without a channel, through all of them."""

    user: User | None
    channel_id: Snowflake | None
    times: int
    last_at: datetime
