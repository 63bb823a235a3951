"""Messages somebody saved to find them again."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake
from rift.wire.limits import Time
from rift.wire.messages import Message


class SaveData(Struct, frozen=True, kw_only=True):
    """The summaries are empty: what is not kept cannot outlive the right to read it."""

    channel_id: Snowflake
    message_id: Snowflake
    saved_at: datetime
    guild_id: Snowflake | UnsetType = UNSET
    author_summary: str = ""
    channel_summary: str = ""
    message_summary: str = ""
    notes: str = ""
    due_at: None = None


class SavedMessage(Struct, frozen=True, kw_only=True):
    """Without the message where that is gone, or may no longer be read."""

    message: Message | None
    save_data: SaveData


class SavedMessages(Struct, frozen=True, kw_only=True):
    """The last saved first; `has_more` is our own."""

    results: list[SavedMessage]
    has_more: bool


class SavedMessageGone(Struct, frozen=True, kw_only=True):
    channel_id: Snowflake
    message_id: Snowflake


class SavedMessagesQuery(Struct, frozen=True, kw_only=True):
    before: Time | None = None
    limit: Annotated[int, Meta(ge=1, le=100)] = 50


class SaveMessage(Struct, frozen=True, kw_only=True):
    """What is absent stays, where the message is saved already."""

    notes: Annotated[str, Meta(max_length=200)] | None | UnsetType = UNSET
    due_at: Time | None = None
