"""What a guild asks before somebody may speak in it, and the requests of those who answer."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput
from rift.wire.limits import Time
from rift.wire.users import User

FieldType = Literal["TERMS", "TEXT_INPUT", "PARAGRAPH", "MULTIPLE_CHOICE"]
Status = Literal["STARTED", "SUBMITTED", "REJECTED", "APPROVED"]
Verdict = Literal["REJECTED", "APPROVED"]
_Lines = Annotated[
    list[Annotated[str, Meta(min_length=1, max_length=300)]], Meta(min_length=1, max_length=16)
]
_Choices = Annotated[
    list[Annotated[str, Meta(min_length=1, max_length=150)]], Meta(min_length=1, max_length=8)
]


class FormField(Struct, frozen=True, kw_only=True):
    """A question; `values` are rules to agree to, `choices` what to choose from."""

    field_type: FieldType
    label: str
    required: bool = False
    description: str | UnsetType = UNSET
    values: list[str] | UnsetType = UNSET
    choices: list[str] | UnsetType = UNSET
    placeholder: str | UnsetType = UNSET
    response: bool | int | str | UnsetType = UNSET


class MemberVerification(Struct, frozen=True, kw_only=True):
    version: datetime | None
    form_fields: list[FormField]
    description: str | None


class FormFieldBody(Struct, frozen=True, kw_only=True):
    field_type: FieldType
    label: Annotated[str, Meta(min_length=1, max_length=300)]
    required: bool = False
    description: Annotated[str, Meta(max_length=300)] | None = None
    values: _Lines | None = None
    choices: _Choices | None = None
    placeholder: Annotated[str, Meta(max_length=300)] | None = None


class AnsweredFieldBody(FormFieldBody, frozen=True, kw_only=True):
    """The question as it was read, and the answer to it."""

    response: bool | int | Annotated[str, Meta(max_length=1000)] | None = None


class ModifyMemberVerification(Struct, frozen=True, kw_only=True):
    """What is absent stays; who waits when the gate is opened is let in, or put out."""

    enabled: bool | UnsetType = UNSET
    form_fields: Annotated[list[FormFieldBody], Meta(max_length=5)] | UnsetType = UNSET
    description: Annotated[str, Meta(max_length=300)] | None | UnsetType = UNSET
    bulk_action: Verdict = "APPROVED"


class SubmitJoinRequest(Struct, frozen=True, kw_only=True):
    form_fields: Annotated[list[AnsweredFieldBody], Meta(max_length=5)] | None = None
    version: Time | None = None


class JoinRequest(Struct, frozen=True, kw_only=True):
    """What is absent is for those who decide."""

    id: Snowflake
    join_request_id: Snowflake
    created_at: datetime
    reviewed_at: datetime | None
    application_status: Status
    rejection_reason: str | None
    guild_id: Snowflake
    user_id: Snowflake
    last_seen: datetime | None
    user: User | UnsetType = UNSET
    form_responses: list[FormField] | None | UnsetType = UNSET
    actioned_by_user: User | None | UnsetType = UNSET


class JoinCooldown(Struct, frozen=True, kw_only=True):
    """In how many seconds one may ask again."""

    cooldown: int


class JoinRequests(Struct, frozen=True, kw_only=True):
    guild_join_requests: list[JoinRequest]
    total: int


class JoinRequestsQuery(Struct, frozen=True, kw_only=True):
    """What somebody has begun and not sent yet concerns nobody else."""

    status: Literal["SUBMITTED", "REJECTED", "APPROVED"] | None = None
    limit: Annotated[int, Meta(ge=1, le=100)] = 100
    before: SnowflakeInput | None = None
    after: SnowflakeInput | None = None


class ReviewJoinRequests(Struct, frozen=True, kw_only=True):
    action: Verdict


class ReviewJoinRequest(ReviewJoinRequests, frozen=True, kw_only=True):
    rejection_reason: Annotated[str, Meta(max_length=160)] | None = None


class JoinRequestChange(Struct, frozen=True, kw_only=True):
    """GUILD_JOIN_REQUEST_CREATE and GUILD_JOIN_REQUEST_UPDATE."""

    guild_id: Snowflake
    request: JoinRequest
    status: Status


class JoinRequestGone(Struct, frozen=True, kw_only=True):
    guild_id: Snowflake
    id: Snowflake
    user_id: Snowflake
