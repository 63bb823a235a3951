"""Scheduled events of guilds: what is planned, how often, and who wants to come."""

from collections.abc import Mapping
from datetime import datetime
from enum import IntEnum
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, convert

from rift.snowflake import Snowflake, SnowflakeInput, SnowflakesInput
from rift.wire.limits import Image, Int32, Time
from rift.wire.members import Member
from rift.wire.users import User

EventName = Annotated[str, Meta(min_length=1, max_length=100)]
EventDescription = Annotated[str, Meta(max_length=1000)]
Location = Annotated[str, Meta(min_length=1, max_length=100)]
Weekday = Annotated[int, Meta(ge=0, le=6)]
"""0 is Monday."""
Month = Annotated[int, Meta(ge=1, le=12)]
MonthDay = Annotated[int, Meta(ge=1, le=31)]


class Status(IntEnum):
    SCHEDULED = 1
    ACTIVE = 2
    COMPLETED = 3
    CANCELED = 4


class EntityType(IntEnum):
    STAGE_INSTANCE = 1
    VOICE = 2
    EXTERNAL = 3


class Frequency(IntEnum):
    YEARLY = 0
    MONTHLY = 1
    WEEKLY = 2
    DAILY = 3


class NthWeekday(Struct, frozen=True, kw_only=True):
    """Such as the second Tuesday of a month."""

    n: Annotated[int, Meta(ge=1, le=5)]
    day: Weekday


class RecurrenceRule(Struct, frozen=True, kw_only=True):
    start: datetime
    frequency: int
    interval: int = 1
    by_weekday: list[int] | None = None
    by_n_weekday: list[NthWeekday] | None = None
    by_month: list[int] | None = None
    by_month_day: list[int] | None = None
    by_year_day: list[int] | None = None
    end: datetime | None = None
    count: int | None = None


class EntityMetadata(Struct, frozen=True, kw_only=True):
    location: str


class ScheduledEventException(Struct, frozen=True, kw_only=True):
    """One occurrence that is otherwise; `guild_id` is only told by the gateway."""

    event_id: Snowflake
    event_exception_id: Snowflake
    is_canceled: bool
    scheduled_start_time: datetime | None
    scheduled_end_time: datetime | None
    guild_id: Snowflake | UnsetType = UNSET


class ScheduledEvent(Struct, frozen=True, kw_only=True):
    id: Snowflake
    guild_id: Snowflake
    name: str
    scheduled_start_time: datetime
    status: int
    entity_type: int
    channel_id: Snowflake | None = None
    creator_id: Snowflake | None = None
    creator: User | UnsetType = UNSET
    description: str | None = None
    image: str | None = None
    scheduled_end_time: datetime | None = None
    privacy_level: int = 2
    entity_id: Snowflake | None = None
    entity_metadata: EntityMetadata | None = None
    recurrence_rule: RecurrenceRule | None = None
    user_count: int | UnsetType = UNSET
    guild_scheduled_event_exceptions: list[ScheduledEventException] = []


def from_row(
    row: Mapping[str, Any], exceptions: list[ScheduledEventException] | None = None
) -> ScheduledEvent:
    """The event a row of the database stands for."""
    location = row["location"]
    shape = {**row, "entity_metadata": None if location is None else {"location": location}}
    shape["guild_scheduled_event_exceptions"] = exceptions or []
    return convert(shape, ScheduledEvent)


class ScheduledEventUser(Struct, frozen=True, kw_only=True):
    """1 is interested, 0 is not; the latter is said of one occurrence alone."""

    guild_scheduled_event_id: Snowflake
    user_id: Snowflake
    response: int = 1
    guild_scheduled_event_exception_id: Snowflake | UnsetType = UNSET
    user: User | UnsetType = UNSET
    member: Member | UnsetType = UNSET


class ScheduledEventUserChange(ScheduledEventUser, frozen=True, kw_only=True):
    """GUILD_SCHEDULED_EVENT_USER_ADD and _REMOVE."""

    guild_id: Snowflake


class ScheduledEventUserCount(Struct, frozen=True, kw_only=True):
    guild_scheduled_event_count: int
    guild_scheduled_event_exception_counts: dict[str, int]


class ScheduledEventExceptionsGone(Struct, frozen=True, kw_only=True):
    """GUILD_SCHEDULED_EVENT_EXCEPTIONS_DELETE."""

    guild_id: Snowflake
    event_id: Snowflake


class RecurrenceRuleBody(Struct, frozen=True, kw_only=True):
    """The last three are Discord's own to set."""

    start: Time
    frequency: Annotated[int, Meta(ge=0, le=3)]
    interval: Int32 | None = None
    by_weekday: Annotated[list[Weekday], Meta(max_length=7)] | None = None
    by_n_weekday: Annotated[list[NthWeekday], Meta(max_length=7)] | None = None
    by_month: Annotated[list[Month], Meta(max_length=12)] | None = None
    by_month_day: Annotated[list[MonthDay], Meta(max_length=33)] | None = None
    by_year_day: Annotated[list[Int32], Meta(max_length=367)] | None = None
    end: Time | None = None
    count: Int32 | None = None


class EntityMetadataBody(Struct, frozen=True, kw_only=True):
    location: Location | None = None


class CreateScheduledEvent(Struct, frozen=True, kw_only=True):
    name: EventName
    privacy_level: Literal[2]
    scheduled_start_time: Time
    entity_type: Literal[1, 2, 3]
    scheduled_end_time: Time | None = None
    channel_id: SnowflakeInput | None = None
    description: EventDescription | None = None
    image: Image | None = None
    entity_metadata: EntityMetadataBody | None = None
    recurrence_rule: RecurrenceRuleBody | None = None


class ModifyScheduledEvent(Struct, frozen=True, kw_only=True):
    name: EventName | UnsetType = UNSET
    privacy_level: Literal[2] | UnsetType = UNSET
    scheduled_start_time: Time | UnsetType = UNSET
    scheduled_end_time: Time | None | UnsetType = UNSET
    entity_type: Literal[1, 2, 3] | None | UnsetType = UNSET
    channel_id: SnowflakeInput | None | UnsetType = UNSET
    description: EventDescription | None | UnsetType = UNSET
    image: Image | None | UnsetType = UNSET
    entity_metadata: EntityMetadataBody | None | UnsetType = UNSET
    recurrence_rule: RecurrenceRuleBody | None | UnsetType = UNSET
    status: Literal[1, 2, 3, 4] | None | UnsetType = UNSET


class _ExceptionBody(Struct, frozen=True, kw_only=True):
    is_canceled: bool | None = None
    scheduled_start_time: Time | None = None
    scheduled_end_time: Time | None = None


class CreateException(_ExceptionBody, frozen=True, kw_only=True):
    original_scheduled_start_time: Time


class ModifyException(_ExceptionBody, frozen=True, kw_only=True):
    """What is not named, or null, is again as the rule says."""


class RespondToEvent(Struct, frozen=True, kw_only=True):
    response: Literal[0, 1]


class ScheduledEventsQuery(Struct, frozen=True, kw_only=True):
    with_user_count: bool = False


class EventUsersQuery(Struct, frozen=True, kw_only=True):
    with_member: bool = False
    limit: Annotated[int, Meta(ge=1, le=100)] = 100
    before: SnowflakeInput | None = None
    after: SnowflakeInput | None = None


class EventCountsQuery(Struct, frozen=True, kw_only=True):
    guild_scheduled_event_exception_ids: SnowflakesInput | None = None


class OwnEventsQuery(Struct, frozen=True, kw_only=True):
    guild_ids: SnowflakesInput
