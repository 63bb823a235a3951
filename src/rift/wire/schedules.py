"""Messages to be sent later: objects of our own."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput
from rift.wire.limits import Flags, Time
from rift.wire.messages import AllowedMentions, Attachment, AttachmentBody, MessageReferenceBody


class ScheduleError(Struct, frozen=True, kw_only=True):
    """Why a message was not sent, in the code and the words of the API's refusals."""

    code: int
    message: str


class ScheduledMessage(Struct, frozen=True, kw_only=True):
    """One's own; `failed` is not tried again before it is changed."""

    id: Snowflake
    channel_id: Snowflake
    guild_id: Snowflake | None
    content: str
    flags: int
    sticker_ids: list[Snowflake]
    attachments: list[Attachment]
    message_reference: MessageReferenceBody | None
    allowed_mentions: AllowedMentions | None
    send_at: datetime
    created_at: datetime
    status: Literal["pending", "failed"]
    error: ScheduleError | None


class ScheduledMessageGone(Struct, frozen=True, kw_only=True):
    """With the id of the message that was sent, or without one where it was given up."""

    id: Snowflake
    channel_id: Snowflake
    message_id: Snowflake | None = None


class CreateScheduledMessage(Struct, frozen=True, kw_only=True):
    """Files are named as they were announced and sent ahead (`uploaded_filename`)."""

    send_at: Time
    content: str | None = None
    flags: Flags | None = None
    allowed_mentions: AllowedMentions | None = None
    message_reference: MessageReferenceBody | None = None
    sticker_ids: Annotated[list[SnowflakeInput], Meta(max_length=3)] | None = None
    attachments: Annotated[list[AttachmentBody], Meta(max_length=10)] | None = None


class ModifyScheduledMessage(Struct, frozen=True, kw_only=True):
    """What is absent stays. One that failed needs a new time."""

    send_at: Time | UnsetType = UNSET
    content: str | None | UnsetType = UNSET
    flags: Flags | None | UnsetType = UNSET
    allowed_mentions: AllowedMentions | None | UnsetType = UNSET
    message_reference: MessageReferenceBody | None | UnsetType = UNSET
    sticker_ids: Annotated[list[SnowflakeInput], Meta(max_length=3)] | None | UnsetType = UNSET
