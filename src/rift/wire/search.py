"""Searches of messages: what may be asked, and what is answered."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput
from rift.wire.channels import Channel
from rift.wire.messages import Message

_Ids = Annotated[list[SnowflakeInput], Meta(max_length=100)]
_Names = Annotated[list[Annotated[str, Meta(max_length=256)]], Meta(max_length=100)]
Has = Literal[
    "link", "embed", "file", "image", "video", "sound", "sticker", "poll", "snapshot",
    "-link", "-embed", "-file", "-image", "-video", "-sound", "-sticker", "-poll", "-snapshot",
]  # fmt: skip
AuthorType = Literal["user", "bot", "webhook", "-user", "-bot", "-webhook"]
Tab = Literal["messages", "links", "media", "files", "pins"]


class Filters(Struct, frozen=True, kw_only=True):
    """Which messages are wanted. Of one list any will do, of `has` all; a `-` means without."""

    content: Annotated[str, Meta(max_length=1024)] | None = None
    contents: Annotated[list[Annotated[str, Meta(max_length=1024)]], Meta(max_length=100)] = []
    slop: Annotated[int, Meta(ge=0, le=100)] | None = None
    author_id: _Ids = []
    author_type: Annotated[list[AuthorType], Meta(max_length=6)] = []
    mentions: _Ids = []
    mentions_role_id: _Ids = []
    mention_everyone: bool | None = None
    replied_to_user_id: _Ids = []
    replied_to_message_id: _Ids = []
    pinned: bool | None = None
    has: Annotated[list[Has], Meta(max_length=18)] = []
    link_hostname: _Names = []
    embed_provider: _Names = []
    embed_type: Annotated[
        list[Literal["image", "video", "gif", "sound", "article"]], Meta(max_length=5)
    ] = []
    attachment_filename: Annotated[
        list[Annotated[str, Meta(max_length=1024)]], Meta(max_length=100)
    ] = []
    attachment_extension: _Names = []
    command_id: SnowflakeInput | None = None
    command_name: Annotated[str, Meta(max_length=32)] | None = None


class Paging(Filters, frozen=True, kw_only=True):
    """Which of them, and in what order: the newest first, unless asked otherwise."""

    limit: Annotated[int, Meta(ge=1, le=25)] = 25
    offset: Annotated[int, Meta(ge=0, le=9975)] = 0
    max_id: SnowflakeInput | None = None
    min_id: SnowflakeInput | None = None
    sort_by: Literal["timestamp", "relevance"] | None = None
    sort_order: Literal["asc", "desc"] | None = None


class SearchQuery(Paging, frozen=True, kw_only=True):
    """The query of a search. The last three are ours: an id, a day or a moment."""

    channel_id: Annotated[list[SnowflakeInput], Meta(max_length=500)] = []
    include_nsfw: bool | None = None
    before: Annotated[str, Meta(max_length=40)] | None = None
    after: Annotated[str, Meta(max_length=40)] | None = None
    around: Annotated[str, Meta(max_length=40)] | None = None


class CursorScore(Struct, frozen=True, kw_only=True, omit_defaults=True):
    timestamp: SnowflakeInput
    score: float | None = None


class SearchCursor(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a page ended: by time, or by relevance; empty where there is no more."""

    type: Literal["timestamp", "score"] | None = None
    timestamp: SnowflakeInput | None = None
    score: CursorScore | None = None


class SearchTab(Paging, frozen=True, kw_only=True):
    """One of several searches that are asked for at once."""

    cursor: SearchCursor | None = None


class SearchTabs(Struct, frozen=True, kw_only=True):
    tabs: Annotated[dict[Tab, SearchTab], Meta(min_length=1)]
    channel_ids: Annotated[list[SnowflakeInput], Meta(max_length=500)] = []
    include_nsfw: bool | None = None
    track_exact_total_hits: bool | None = None


class FoundMessage(Message, frozen=True, kw_only=True):
    """A message that was searched for; `highlights` are where its words stand in the content.

    Each is a start and an end, counted in UTF-16 units, as browsers count.
    """

    hit: bool = True
    highlights: Sequence[tuple[int, int]] = ()


class Found(Struct, frozen=True, kw_only=True):
    """A total of 10,000 means at least so many."""

    messages: Sequence[Sequence[FoundMessage]]
    total_results: int
    doing_deep_historical_index: bool = False
    channels: Sequence[Channel] | UnsetType = UNSET
    """Those of the messages which are private."""


class FoundTab(Struct, frozen=True, kw_only=True):
    messages: Sequence[Sequence[FoundMessage]]
    channels: Sequence[Channel]
    total_results: int
    cursor: SearchCursor
    time_spent_ms: int


class FoundTabs(Struct, frozen=True, kw_only=True):
    tabs: Mapping[Tab, FoundTab]
    doing_deep_historical_index: bool = False


class SavedSearch(Struct, frozen=True, kw_only=True):
    """A search somebody keeps: of a guild, of a channel, or of all they see."""

    id: Snowflake
    name: str
    guild_id: Snowflake | None
    channel_id: Snowflake | None
    query: Filters
    notify: bool
    created_at: datetime


_Name = Annotated[str, Meta(min_length=1, max_length=100)]


class CreateSavedSearch(Struct, frozen=True, kw_only=True):
    name: _Name
    query: Filters
    guild_id: SnowflakeInput | None = None
    channel_id: SnowflakeInput | None = None
    notify: bool = False


class ModifySavedSearch(Struct, frozen=True, kw_only=True):
    name: _Name | UnsetType = UNSET
    query: Filters | UnsetType = UNSET
    notify: bool | UnsetType = UNSET


class SavedSearchHit(Struct, frozen=True, kw_only=True):
    """A new message that a saved search finds; of several at once the newest, and how many."""

    saved_search_id: Snowflake
    channel_id: Snowflake
    message_id: Snowflake
    guild_id: Snowflake | UnsetType = UNSET
    count: int = 1
