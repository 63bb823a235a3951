"""Whether what an application says of somebody is among what it may say."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final

from rift.errors import FieldError, InvalidForm
from rift.wire.role_connections import (
    BOOLEANS,
    INTEGERS,
    TIMES,
    RoleConnectionMetadataBody,
    Said,
)

_MOST: Final = 2**53
_TWICE: Final = FieldError(
    "APPLICATION_ROLE_CONNECTION_METADATA_DUPLICATE_KEY", "Metadata keys must be unique"
)
_UNKNOWN: Final = FieldError(
    "APPLICATION_ROLE_CONNECTION_METADATA_UNKNOWN_KEY",
    "The application has no metadata with this key",
)
_NO_INTEGER: Final = FieldError("NUMBER_TYPE_COERCE", "Value is not an integer")
_NO_TIME: Final = FieldError("DATE_TYPE_PARSE", "Value is not an ISO 8601 date")
_NO_BOOLEAN: Final = FieldError("BASE_TYPE_CHOICES", "Value must be one of ('0', '1').")


def check_unique(items: Sequence[RoleConnectionMetadataBody]) -> None:
    """Refuse a key that is there twice."""
    keys = [item.key for item in items]
    twice = {f"{place}.key": [_TWICE] for place, key in enumerate(keys) if key in keys[:place]}
    if twice:
        raise InvalidForm(twice)


def values(said: Mapping[str, Said], types: Mapping[str, int]) -> dict[str, str]:
    """The values as texts, if each is of the type that its key has."""
    texts = {key: str(value) for key, value in said.items()}
    faults = {f"metadata.{key}": [fault] for key, fault in _faults(texts, types)}
    if faults:
        raise InvalidForm(faults)
    return texts


def kind(type_: int) -> frozenset[int]:
    """The types whose values are written alike."""
    return next(kinds for kinds in (INTEGERS, TIMES, BOOLEANS) if type_ in kinds)


def _faults(texts: Mapping[str, str], types: Mapping[str, int]) -> Iterator[tuple[str, FieldError]]:
    for key, text in texts.items():
        if key not in types:
            yield key, _UNKNOWN
        elif types[key] in INTEGERS and not _is_integer(text):
            yield key, _NO_INTEGER
        elif types[key] in TIMES and not _is_time(text):
            yield key, _NO_TIME
        elif types[key] in BOOLEANS and text not in {"0", "1"}:
            yield key, _NO_BOOLEAN


def _is_integer(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit() and -_MOST < int(text) < _MOST


def _is_time(text: str) -> bool:
    with suppress(ValueError):
        return bool(datetime.fromisoformat(text))
    return False
