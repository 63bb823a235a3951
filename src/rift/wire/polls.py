"""Polls: as asked, as shown, and as answered."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput
from rift.wire.emojis import PartialEmoji
from rift.wire.users import User


class PollMedia(Struct, frozen=True, kw_only=True):
    text: str
    emoji: PartialEmoji | UnsetType = UNSET


class PollAnswer(Struct, frozen=True, kw_only=True):
    answer_id: int
    poll_media: PollMedia


class PollAnswerCount(Struct, frozen=True, kw_only=True):
    id: int
    count: int
    me_voted: bool = False


class PollResults(Struct, frozen=True, kw_only=True):
    """Answers nobody chose are left out."""

    answer_counts: list[PollAnswerCount] = []
    is_finalized: bool = False


class Poll(Struct, frozen=True, kw_only=True):
    question: PollMedia
    answers: list[PollAnswer]
    expiry: datetime
    allow_multiselect: bool = False
    layout_type: int = 1
    results: PollResults | UnsetType = UNSET


class PollEmojiBody(Struct, frozen=True, kw_only=True):
    id: SnowflakeInput | None = None
    name: Annotated[str, Meta(max_length=32)] | None = None
    animated: bool | None = None


class PollMediaBody(Struct, frozen=True, kw_only=True):
    text: Annotated[str, Meta(max_length=300)] | None = None
    emoji: PollEmojiBody | None = None


class PollAnswerBody(Struct, frozen=True, kw_only=True):
    poll_media: PollMediaBody


class PollBody(Struct, frozen=True, kw_only=True):
    question: PollMediaBody
    answers: Annotated[list[PollAnswerBody], Meta(min_length=1, max_length=10)]
    duration: Annotated[float, Meta(ge=1, le=768)] | None = None
    """In whole hours, which discord.py writes with a point; a day unless said otherwise."""
    allow_multiselect: bool | None = None
    layout_type: Literal[1] | None = None


class Vote(Struct, frozen=True, kw_only=True):
    """All that somebody chooses; with none they take back what they chose."""

    answer_ids: Annotated[list[int], Meta(max_length=10)]


class VotersQuery(Struct, frozen=True, kw_only=True):
    after: SnowflakeInput = Snowflake("0")
    limit: Annotated[int, Meta(ge=1, le=100)] = 25


class PollVoters(Struct, frozen=True, kw_only=True):
    users: list[User]
