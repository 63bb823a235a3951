"""What the forms of scheduled events say, as the event they ask for."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from msgspec import UNSET
from msgspec.structs import replace

from rift import errors
from rift.core.happenings import recurring
from rift.errors import REQUIRED, FieldError, InvalidForm
from rift.snowflake import Snowflake
from rift.wire.channels import ChannelType
from rift.wire.happenings import (
    CreateScheduledEvent,
    EntityMetadata,
    EntityMetadataBody,
    EntityType,
    ModifyScheduledEvent,
    ScheduledEvent,
    Status,
)
from rift.world import Picture

_FURTHEST: Final = timedelta(days=5 * 366)
_LONGEST: Final = timedelta(days=366)
_HOSTS: Final[Mapping[int, ChannelType]] = {
    EntityType.STAGE_INSTANCE: ChannelType.GUILD_STAGE_VOICE,
    EntityType.VOICE: ChannelType.GUILD_VOICE,
}
_STEPS: Final = frozenset(
    {
        (Status.SCHEDULED, Status.ACTIVE),
        (Status.ACTIVE, Status.COMPLETED),
        (Status.SCHEDULED, Status.CANCELED),
    }
)
_PLAIN: Final = ("name", "description", "channel_id")
_FIXED: Final = ("scheduled_start_time", "entity_type", "channel_id", "recurrence_rule")
"""What an event that is going on keeps."""


def drafted(
    guild: Picture, id_: Snowflake, creator_id: Snowflake, body: CreateScheduledEvent, now: datetime
) -> ScheduledEvent:
    """The event that is to be made, without its image."""
    rule = body.recurrence_rule
    event = ScheduledEvent(
        id=id_,
        guild_id=guild.id,
        creator_id=creator_id,
        name=body.name,
        description=body.description or None,
        channel_id=body.channel_id,
        scheduled_start_time=body.scheduled_start_time.astimezone(UTC),
        scheduled_end_time=utc(body.scheduled_end_time),
        status=Status.SCHEDULED,
        entity_type=body.entity_type,
        entity_metadata=_metadata(body.entity_type, body.entity_metadata),
        recurrence_rule=None if rule is None else recurring.checked(rule),
    )
    _check(guild, event, now)
    return event


def changed(
    guild: Picture, event: ScheduledEvent, body: ModifyScheduledEvent, now: datetime
) -> ScheduledEvent:
    """The event with what a form names, but for its image and its status."""
    fields = {name: getattr(body, name) for name in _PLAIN if getattr(body, name) is not UNSET}
    if "description" in fields:
        fields["description"] = fields["description"] or None
    fields |= _times(body)
    if body.recurrence_rule is not UNSET:
        rule = body.recurrence_rule
        fields["recurrence_rule"] = None if rule is None else recurring.checked(rule)
    kind = body.entity_type or event.entity_type
    fields["entity_type"] = kind
    fields["entity_metadata"] = event.entity_metadata
    if body.entity_metadata is not UNSET or kind != EntityType.EXTERNAL:
        fields["entity_metadata"] = _metadata(kind, body.entity_metadata or None)
    after = replace(event, **fields)
    if event.status == Status.ACTIVE:
        _check_fixed(event, after)
    if after != event:
        _check(guild, after, now if _starts_otherwise(event, after) else None)
    return after


def check_step(event: ScheduledEvent, status: int) -> None:
    """Refuse a status that does not follow on the present one."""
    if (event.status, status) not in _STEPS:
        words = "The event cannot go from its status to this one."
        code = "GUILD_SCHEDULED_EVENT_INVALID_STATUS_TRANSITION"
        raise InvalidForm.at("status", code, words)


def check_soon(moment: datetime, field: str, now: datetime) -> None:
    """Refuse what is over, or too far away for anybody to know."""
    if not now < moment <= now + _FURTHEST:
        past = moment <= now
        code = "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST" if past else "GUILD_SCHEDULED_EVENT_TOO_FAR"
        words = "Cannot schedule event in the past." if past else "This is too far in the future."
        raise InvalidForm.at(field, code, words)


def check_end(starts: datetime, ends: datetime | None) -> None:
    """Refuse an end that lies before the start, or too far behind it."""
    if ends is not None and not starts < ends <= starts + _LONGEST:
        words = "The event must end after it starts, and within a year."
        code = "GUILD_SCHEDULED_EVENT_END_BEFORE_START"
        raise InvalidForm.at("scheduled_end_time", code, words)


def utc(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(UTC)


def _times(body: ModifyScheduledEvent) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if body.scheduled_start_time is not UNSET:
        fields["scheduled_start_time"] = body.scheduled_start_time.astimezone(UTC)
    if body.scheduled_end_time is not UNSET:
        fields["scheduled_end_time"] = utc(body.scheduled_end_time)
    return fields


def _metadata(kind: int, body: EntityMetadataBody | None) -> EntityMetadata | None:
    """Only what is neither on a stage nor in a voice channel has a place of its own."""
    if kind != EntityType.EXTERNAL or body is None or body.location is None:
        return None
    return EntityMetadata(location=body.location)


def _starts_otherwise(before: ScheduledEvent, after: ScheduledEvent) -> bool:
    return before.scheduled_start_time != after.scheduled_start_time


def _check(guild: Picture, event: ScheduledEvent, now: datetime | None) -> None:
    """Whether all is there that such an event needs; with `now`, also whether it is to come."""
    wrong = dict(_missing(event))
    if wrong:
        raise InvalidForm({field: [why] for field, why in wrong.items()})
    if event.channel_id is not None:
        channel = guild.channels.get(event.channel_id)
        if channel is None:
            raise errors.UnknownChannel
        if channel.type != _HOSTS[event.entity_type]:
            raise errors.WrongChannelType
    if now is not None:
        check_soon(event.scheduled_start_time, "scheduled_start_time", now)
    check_end(event.scheduled_start_time, event.scheduled_end_time)


def _missing(event: ScheduledEvent) -> Iterator[tuple[str, FieldError]]:
    if event.entity_type != EntityType.EXTERNAL:
        if event.channel_id is None:
            yield "channel_id", REQUIRED
        return
    if event.channel_id is not None:
        yield "channel_id", FieldError("BASE_TYPE_CHOICES", "Must be null.")
    if event.entity_metadata is None:
        yield "entity_metadata.location", REQUIRED
    if event.scheduled_end_time is None:
        yield "scheduled_end_time", REQUIRED


def _check_fixed(before: ScheduledEvent, after: ScheduledEvent) -> None:
    changed = [name for name in _FIXED if getattr(before, name) != getattr(after, name)]
    if changed:
        why = FieldError("GUILD_SCHEDULED_EVENT_ACTIVE", "This cannot change while it goes on.")
        raise InvalidForm({name: [why] for name in changed})
