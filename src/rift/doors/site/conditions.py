"""What a request says of a copy the asker has: whether it is fresh, and what of it is missing."""

from collections.abc import Iterable, Mapping
from email.utils import parsedate_to_datetime
from typing import NamedTuple

Headers = Mapping[str, str]


class Span(NamedTuple):
    """Bytes from `start` up to `end`."""

    start: int
    end: int


class Unsatisfiable(Exception):
    """What was asked for lies outside of the file."""


def read_headers(pairs: Iterable[tuple[bytes, bytes]]) -> Headers:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in pairs}


def is_fresh(asked: Headers, etag: str, modified_s: int | None) -> bool:
    """Whether the asker's copy is the one we have; the tag counts before the time."""
    tags = asked.get("if-none-match")
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in known or etag in known
    since = _time(asked.get("if-modified-since"))
    return since is not None and modified_s is not None and modified_s <= since


def wanted_span(asked: Headers, size: int, etag: str, modified_s: int | None) -> Span | None:
    """The part that is asked for; None where it is the whole, or several parts at once."""
    unit, _, spans = asked.get("range", "").partition("=")
    if unit.strip().lower() != "bytes" or "," in spans or not _still(asked, etag, modified_s):
        return None
    first, dash, last = (text.strip() for text in spans.partition("-"))
    if not dash or not all(text.isascii() and text.isdigit() for text in (first, last) if text):
        return None
    return _span(first[:20], last[:20], size)


def _span(first: str, last: str, size: int) -> Span | None:
    if not first:
        if not last:
            return None
        span = Span(max(0, size - int(last)), size)
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < start:
            return None
        span = Span(start, end)
    if span.start >= span.end:
        raise Unsatisfiable
    return span


def _still(asked: Headers, etag: str, modified_s: int | None) -> bool:
    """Whether the part is of the same file as the one the asker has the rest of."""
    condition = asked.get("if-range")
    if condition is None or condition.strip() == etag:
        return True
    return modified_s is not None and _time(condition) == modified_s


def _time(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError):
        return None
