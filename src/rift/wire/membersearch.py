"""The search of those who run a guild among its members: its filters, cursor and answer."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from rift.snowflake import Snowflake, SnowflakeInput
from rift.wire.members import Member

Milliseconds = Annotated[int, Meta(ge=0, le=253_402_300_799_999)]
"""Since 1970, up to the end of the year 9999."""
_Few = Meta(min_length=1, max_length=10)
_Word = Annotated[str, Meta(min_length=1, max_length=100)]


class IdRange(Struct, frozen=True, kw_only=True):
    gte: SnowflakeInput | None = None
    lte: SnowflakeInput | None = None


class TimeRange(Struct, frozen=True, kw_only=True):
    gte: Milliseconds | None = None
    lte: Milliseconds | None = None


class IdsQuery(Struct, frozen=True, kw_only=True):
    or_query: Annotated[list[SnowflakeInput], _Few] | None = None
    range: IdRange | None = None


class RolesQuery(Struct, frozen=True, kw_only=True):
    or_query: Annotated[list[SnowflakeInput], _Few] | None = None
    and_query: Annotated[list[SnowflakeInput], _Few] | None = None


class WordsQuery(Struct, frozen=True, kw_only=True):
    or_query: Annotated[list[_Word], _Few] | None = None


class TimesQuery(Struct, frozen=True, kw_only=True):
    range: TimeRange | None = None


class SourcesQuery(Struct, frozen=True, kw_only=True):
    or_query: Annotated[list[Annotated[int, Meta(ge=0, le=100)]], _Few] | None = None


class SafetySignals(Struct, frozen=True, kw_only=True):
    unusual_dm_activity_until: TimesQuery | None = None
    communication_disabled_until: TimesQuery | None = None
    unusual_account_activity: bool | None = None
    automod_quarantined_username: bool | None = None


class MemberFilter(Struct, frozen=True, kw_only=True):
    user_id: IdsQuery | None = None
    usernames: WordsQuery | None = None
    role_ids: RolesQuery | None = None
    guild_joined_at: TimesQuery | None = None
    safety_signals: SafetySignals | None = None
    is_pending: bool | None = None
    did_rejoin: bool | None = None
    join_source_type: SourcesQuery | None = None
    source_invite_code: WordsQuery | None = None


class MemberCursor(Struct, frozen=True, kw_only=True):
    user_id: SnowflakeInput
    guild_joined_at: Milliseconds


class SearchMembers(Struct, frozen=True, kw_only=True):
    """Sorted by when they joined the guild (1, 2) or the server (3, 4); 1 and 3 newest first."""

    limit: Annotated[int, Meta(ge=1, le=1000)] = 25
    sort: Literal[1, 2, 3, 4] = 1
    or_query: MemberFilter | None = None
    and_query: MemberFilter | None = None
    before: MemberCursor | None = None
    after: MemberCursor | None = None


class FoundMember(Struct, frozen=True, kw_only=True):
    """A member, and how they came in, as far as that is known."""

    member: Member
    join_source_type: int
    source_invite_code: str | None
    inviter_id: Snowflake | None


class FoundMembers(Struct, frozen=True, kw_only=True):
    guild_id: Snowflake
    members: list[FoundMember]
    page_result_count: int
    total_result_count: int
