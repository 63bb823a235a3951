"""What is to be sent later, as it is kept, as its author sees it, and as the message it becomes."""

from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from msgspec import UNSET

from rift.core.attachments import keeping
from rift.core.attachments.receiving import Received
from rift.core.links import Links
from rift.core.messages.drafts import SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS
from rift.core.unit import Row, Unit
from rift.errors import REQUIRED, FieldError, InvalidForm
from rift.snowflake import created_at, decode_hook
from rift.wire.messages import CreateMessage
from rift.wire.schedules import (
    CreateScheduledMessage,
    ModifyScheduledMessage,
    ScheduledMessage,
    ScheduleError,
)

_SOONEST: Final = timedelta(minutes=1)
_LATEST: Final = timedelta(days=366)
_FIELDS: Final = ("content", "flags", "allowed_mentions", "message_reference", "sticker_ids")
_FLAGS: Final = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS
_FORWARD: Final = 1


def draft(body: CreateScheduledMessage) -> CreateMessage:
    """The message as it is written now, without its files."""
    return _checked(CreateMessage(**{name: getattr(body, name) for name in _FIELDS}))


def redrafted(row: Row, body: ModifyScheduledMessage) -> CreateMessage:
    """The message of a row with what was changed."""
    changes = {name: getattr(body, name) for name in _FIELDS if getattr(body, name) is not UNSET}
    return _checked(msgspec.structs.replace(message(row), **changes))


def message(row: Row) -> CreateMessage:
    """The message of a row; its author knows it by the row's id when it comes."""
    kept = msgspec.convert(row["body"], CreateMessage, dec_hook=decode_hook)
    return msgspec.structs.replace(kept, nonce=row["id"])


def files(row: Row) -> list[Received]:
    """The files of a row, as if they had come with the message."""
    found = keeping.kept(row["attachments"])
    return [Received(str(number), one) for number, one in enumerate(found)]


def stored(draft: CreateMessage) -> dict[str, Any]:
    """What is kept of a message to be sent."""
    kept = {name: getattr(draft, name) for name in _FIELDS}
    builtins: dict[str, Any] = msgspec.to_builtins(
        {name: value for name, value in kept.items() if value is not None}
    )
    return builtins


def check_time(unit: Unit, send_at: datetime) -> None:
    """Refuse what is too soon to be called later, and too late to be remembered."""
    ahead = send_at - unit.now()
    if not _SOONEST <= ahead <= _LATEST:
        words = "Must be between a minute and 366 days from now."
        raise InvalidForm.at("send_at", "SCHEDULE_TIME_OUT_OF_RANGE", words)


def rescheduled(unit: Unit, row: Row, body: ModifyScheduledMessage) -> datetime:
    """When a changed message is to be sent."""
    if body.send_at is not UNSET:
        check_time(unit, body.send_at)
        return body.send_at
    if row["error_code"] is not None:
        raise InvalidForm({"send_at": [REQUIRED]})
    kept: datetime = row["send_at"]
    return kept


def shown(row: Row, links: Links) -> ScheduledMessage:
    """A row as its author sees it."""
    kept = message(row)
    code = row["error_code"]
    return ScheduledMessage(
        id=row["id"],
        channel_id=row["channel_id"],
        guild_id=row["guild_id"],
        content=kept.content or "",
        flags=kept.flags or 0,
        sticker_ids=kept.sticker_ids or [],
        attachments=keeping.shown(row["attachments"], links),
        message_reference=kept.message_reference,
        allowed_mentions=kept.allowed_mentions,
        send_at=row["send_at"],
        created_at=created_at(row["id"]),
        status="pending" if code is None else "failed",
        error=None if code is None else ScheduleError(code=code, message=row["error_message"]),
    )


def _checked(draft: CreateMessage) -> CreateMessage:
    """Refuse what cannot be said later."""
    reference = draft.message_reference
    wrong: dict[str, list[FieldError]] = {}
    if reference is not None and reference.type == _FORWARD:
        wrong["message_reference"] = [_NOT_LATER]
    if (draft.flags or 0) & ~_FLAGS:
        wrong["flags"] = [_NOT_LATER]
    if wrong:
        raise InvalidForm(wrong)
    return draft


_NOT_LATER: Final = FieldError("SCHEDULE_NOT_LATER", "This cannot be sent later.")
