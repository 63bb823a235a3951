"""Ids, days and moments as bounds of a search."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from rift.errors import InvalidForm
from rift.snowflake import MAX, Snowflake, at, parse

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_LATEST: Final = Snowflake(str(MAX))


def first_after(name: str, text: str) -> Snowflake:
    """The id after which a search begins that is to be after this: a day is over first."""
    found = parse(text)
    if found is not None:
        return found
    moment = _moment(name, text)
    return _before(moment + timedelta(days=1) if _DAY.fullmatch(text) else moment)


def last_before(name: str, text: str) -> Snowflake:
    """The id before which a search ends that is to be before this."""
    return parse(text) or at(_moment(name, text))


def middle(name: str, text: str) -> Snowflake:
    """The id around which somebody looks: of a day, its noon."""
    found = parse(text)
    if found is not None:
        return found
    moment = _moment(name, text)
    return at(moment + timedelta(hours=12) if _DAY.fullmatch(text) else moment)


def _moment(name: str, text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        words = "Expected an id, a day (2026-01-31) or a moment (2026-01-31T12:00:00Z)."
        raise InvalidForm.at(name, "BASE_TYPE_CONVERT", words) from error
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (OverflowError, ValueError) as error:
        raise InvalidForm.at(name, "BASE_TYPE_CONVERT", "This is no time of ours.") from error


def _before(moment: datetime) -> Snowflake:
    return Snowflake(str(max(int(at(moment)) - 1, 0)))


def lower(one: Snowflake | None, other: Snowflake | None) -> Snowflake:
    """The stricter of two upper bounds."""
    return min((it for it in (one, other) if it is not None), key=int, default=_LATEST)


def higher(one: Snowflake | None, other: Snowflake | None) -> Snowflake:
    """The stricter of two lower bounds."""
    return max((it for it in (one, other) if it is not None), key=int, default=Snowflake("0"))
