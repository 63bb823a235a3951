"""Reports of messages and of people, and the queues they are dealt with in: objects of our own."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput
from rift.wire.messages import Message
from rift.wire.users import User

ReportKind = Literal["message", "user"]
ReportReason = Literal[
    "spam", "harassment", "hate", "violence", "sexual", "self_harm", "illegal", "other"
]
ReportStatus = Literal["open", "resolved"]
ReportAction = Literal["none", "deleted", "warned", "timed_out", "kicked", "banned", "disabled"]
"""What was done about a report. To note it does nothing."""


class CreateReport(Struct, frozen=True, kw_only=True):
    """A message is named with its channel; a user where one met them, if that was somewhere."""

    kind: ReportKind
    reason: ReportReason
    text: Annotated[str, Meta(max_length=1000)] | None = None
    channel_id: SnowflakeInput | None = None
    message_id: SnowflakeInput | None = None
    user_id: SnowflakeInput | None = None
    guild_id: SnowflakeInput | None = None


class ReportReceipt(Struct, frozen=True, kw_only=True):
    """All a reporter learns: what becomes of it is for those who deal with it."""

    id: Snowflake
    kind: ReportKind
    reason: ReportReason
    created_at: datetime


class ReportedProfile(Struct, frozen=True, kw_only=True):
    """What a reported user said of themselves at that moment."""

    username: str
    global_name: str | None = None
    nick: str | None = None
    avatar: str | None = None
    bio: str = ""
    pronouns: str = ""


class Report(Struct, frozen=True, kw_only=True):
    """`message` and `profile` are as they were when somebody reported them."""

    id: Snowflake
    kind: ReportKind
    status: ReportStatus
    reason: ReportReason
    text: str | None
    guild_id: Snowflake | None
    channel_id: Snowflake | None
    user: User | None
    """Whom it is about; null where a webhook wrote the message."""
    reporter: User | None
    """Null once their account is deleted."""
    message: Message | None
    profile: ReportedProfile | None
    created_at: datetime
    action: ReportAction
    note: str | None
    resolved_at: datetime | None
    resolved_by: User | None


class ReportQueue(Struct, frozen=True, kw_only=True):
    """The newest first; `open_count` is of all that one sees, whatever the page shows."""

    reports: list[Report]
    open_count: int


class ReportsQuery(Struct, frozen=True, kw_only=True):
    status: ReportStatus = "open"
    before: SnowflakeInput | None = None
    limit: Annotated[int, Meta(ge=1, le=100)] = 50


class ModifyReport(Struct, frozen=True, kw_only=True):
    status: ReportStatus | UnsetType = UNSET
    action: ReportAction | UnsetType = UNSET
    note: Annotated[str, Meta(max_length=1000)] | None | UnsetType = UNSET
