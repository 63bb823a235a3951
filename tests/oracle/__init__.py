"""The official specification as a judge of what the server answers.

    oracle.check_response("GET", "/channels/{channel_id}", 200, body)
    oracle.check_error(body)
    oracle.check_schema("MessageResponse", message)

Each takes decoded JSON, or the bytes of a body, and raises AssertionError with what is wrong.
"""

from functools import cache
from typing import Any

from tests.oracle.judge import Judge, UnknownOperation
from tests.oracle.sources import specification

__all__ = [
    "Judge",
    "UnknownOperation",
    "check_error",
    "check_response",
    "check_schema",
    "covers",
    "judge",
]


@cache
def judge() -> Judge:
    """Compiled once per test process."""
    return Judge(specification())


def covers(method: str, path: str) -> bool:
    """Whether the specification knows the operation; our own additions it does not."""
    return judge().covers(method, path)


def check_response(method: str, path: str, status: int, body: Any) -> None:
    judge().check_response(method, path, status, body)


def check_error(body: Any) -> None:
    judge().check_error(body)


def check_schema(name: str, obj: Any, *, also: frozenset[str] = frozenset()) -> None:
    """`also` names fields, as `Schema.field`, that only this caller may add (gateway events)."""
    judge().check_schema(name, obj, also)
