"""When something happens again: Discord's part of iCalendar's rules, in UTC."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

from msgspec.structs import replace

from rift.errors import FieldError, InvalidForm
from rift.snowflake import at, created_at
from rift.wire.happenings import (
    Frequency,
    RecurrenceRule,
    RecurrenceRuleBody,
    ScheduledEvent,
    ScheduledEventException,
)

_DAY: Final = timedelta(days=1)
_LOOK_AHEAD: Final = 366 * 9
"""Days within which every rule falls at least once: a 29 February may be eight years away."""
_KNOWN_SETS: Final = frozenset(
    map(frozenset[int], ((0, 1, 2, 3, 4), (1, 2, 3, 4, 5), (6, 0, 1, 2, 3), (4, 5), (5, 6), (6, 0)))
)
_NOT_SET: Final = ("count", "end", "by_year_day")


class Occurrence(NamedTuple):
    """One time that something happens, as an exception may have changed it."""

    starts: datetime
    ends: datetime | None
    is_canceled: bool = False


def checked(body: RecurrenceRuleBody) -> RecurrenceRule:
    """The rule of a form, within the limits that Discord documents."""
    wrong = dict(_wrong(body))
    if wrong:
        raise InvalidForm({f"recurrence_rule.{field}": [why] for field, why in wrong.items()})
    return RecurrenceRule(
        start=body.start.astimezone(UTC),
        frequency=body.frequency,
        interval=body.interval or 1,
        by_weekday=body.by_weekday and sorted(set(body.by_weekday)),
        by_n_weekday=body.by_n_weekday,
        by_month=body.by_month,
        by_month_day=body.by_month_day,
    )


def current(event: ScheduledEvent) -> Occurrence:
    """The occurrence that an event stands before, or is in."""
    return _excepted(event, event.scheduled_start_time)


def occurrence(event: ScheduledEvent, id_: str) -> Occurrence:
    """The occurrence of an id."""
    return _excepted(event, created_at(id_))


def following(event: ScheduledEvent, now: datetime) -> ScheduledEvent | None:
    """The event as it stands before its next occurrence, where there is one."""
    rule = event.recurrence_rule
    if rule is None:
        return None
    for starts in _occurrences(rule, max(now, event.scheduled_start_time)):
        if not _excepted(event, starts).is_canceled:
            return replace(
                event, status=1, scheduled_start_time=starts, scheduled_end_time=_end(event, starts)
            )
    return None


def exception_at(event: ScheduledEvent, id_: str) -> ScheduledEventException | None:
    """What is otherwise in the occurrence of an id."""
    found = event.guild_scheduled_event_exceptions
    return next((it for it in found if it.event_exception_id == id_), None)


def falls(event: ScheduledEvent, moment: datetime) -> bool:
    """Whether an event has an occurrence that begins then."""
    rule = event.recurrence_rule
    if moment == event.scheduled_start_time:
        return True
    return (
        rule is not None
        and moment >= rule.start
        and moment.timetz() == rule.start.timetz()
        and _falls(rule, moment.date())
    )


def _excepted(event: ScheduledEvent, starts: datetime) -> Occurrence:
    exception = exception_at(event, at(starts))
    ends = _end(event, starts)
    if exception is None:
        return Occurrence(starts, ends)
    moved = exception.scheduled_start_time or starts
    if ends is not None:
        ends += moved - starts
    return Occurrence(moved, exception.scheduled_end_time or ends, exception.is_canceled)


def _end(event: ScheduledEvent, starts: datetime) -> datetime | None:
    """As long after the start as the event lasts."""
    ends = event.scheduled_end_time
    return None if ends is None else starts + (ends - event.scheduled_start_time)


def _occurrences(rule: RecurrenceRule, after: datetime) -> Iterator[datetime]:
    first = max(after.astimezone(UTC), rule.start).date()
    for days in range(_LOOK_AHEAD):
        day = first + days * _DAY
        if _falls(rule, day):
            starts = datetime.combine(day, rule.start.timetz())
            if starts > after:
                yield starts


def _falls(rule: RecurrenceRule, day: date) -> bool:
    match rule.frequency:
        case Frequency.DAILY:
            return rule.by_weekday is None or day.weekday() in rule.by_weekday
        case Frequency.WEEKLY:
            return _falls_in_week(rule, day)
        case Frequency.MONTHLY:
            return _falls_in_month(rule, day)
        case _:
            month, month_day = rule.by_month, rule.by_month_day
            start = rule.start
            wanted = (month[0] if month else start.month, month_day[0] if month_day else start.day)
            return (day.month, day.day) == wanted


def _falls_in_week(rule: RecurrenceRule, day: date) -> bool:
    start = rule.start.date()
    wanted = rule.by_weekday[0] if rule.by_weekday else start.weekday()
    weeks = (_monday(day) - _monday(start)).days // 7
    return day.weekday() == wanted and weeks % rule.interval == 0


def _falls_in_month(rule: RecurrenceRule, day: date) -> bool:
    if not rule.by_n_weekday:
        return day.day == rule.start.day
    nth = rule.by_n_weekday[0]
    return (day.weekday(), (day.day - 1) // 7 + 1) == (nth.day, nth.n)


def _monday(day: date) -> date:
    return day - day.weekday() * _DAY


def _wrong(body: RecurrenceRuleBody) -> Iterator[tuple[str, FieldError]]:
    for field in _NOT_SET:
        if getattr(body, field) is not None:
            yield field, _error("This cannot be set.")
    interval = body.interval or 1
    if interval != 1 and (interval != 2 or body.frequency != Frequency.WEEKLY):
        yield "interval", _error("Only what happens weekly may happen every other time.")
    dated = body.by_month is not None or body.by_month_day is not None
    if (body.by_weekday is not None) + (body.by_n_weekday is not None) + dated > 1:
        yield "frequency", _error("Only one of the by_ fields may be set.")
    if body.by_weekday is not None:
        yield from _wrong_weekdays(body.frequency, frozenset(body.by_weekday))
    nth = body.by_n_weekday
    if nth is not None and (body.frequency != Frequency.MONTHLY or len(nth) != 1):
        yield "by_n_weekday", _error("One day, of what happens monthly.")
    if dated and (body.frequency != Frequency.YEARLY or not _is_a_day(body)):
        yield "by_month_day", _error("One month and one day of it, of what happens yearly.")


def _wrong_weekdays(frequency: int, days: frozenset[int]) -> Iterator[tuple[str, FieldError]]:
    if frequency == Frequency.WEEKLY:
        if len(days) != 1:
            yield "by_weekday", _error("What happens weekly happens on one day of the week.")
    elif frequency != Frequency.DAILY or days not in _KNOWN_SETS:
        yield "by_weekday", _error("These days of the week cannot be chosen together.")


def _is_a_day(body: RecurrenceRuleBody) -> bool:
    """Whether there is such a day, at least in some years."""
    if len(body.by_month or ()) != 1 or len(body.by_month_day or ()) != 1:
        return False
    try:
        date(2000, (body.by_month or [0])[0], (body.by_month_day or [0])[0])
    except ValueError:
        return False
    return True


def _error(words: str) -> FieldError:
    return FieldError("GUILD_SCHEDULED_EVENT_INVALID_RECURRENCE_RULE", words)
