"""Ids of the simple door: our snowflakes in the form of UUIDs, there and back."""

import re
from typing import Annotated, Final

from msgspec import Meta

from rift.errors import InvalidForm
from rift.snowflake import MAX, Snowflake, parse

_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_FORM: Final = r"^([0-9]{1,20}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$"
_VERSION: Final = 8 << 76
_VARIANT: Final = 2 << 62
_LOW: Final = (1 << 62) - 1
_HIGH: Final = 0xFFF << 64
_FIXED: Final = ~(_LOW | _HIGH)
_NOTHING: Final = Snowflake("0")

Id = Annotated[str, Meta(extra_json_schema={"format": "uuid"})]
"""One that we show."""

GivenId = Annotated[str, Meta(pattern=_FORM, description="A UUID, or a snowflake in digits.")]
"""One that we are given; see `given`."""

PATH_SCHEMA: Final = {"type": "string", "pattern": _FORM}


def shown(id_: str) -> str:
    """A version 8 UUID whose free bits are the snowflake's; see docs/decisions/0012."""
    number = int(id_)
    bits = _VERSION | _VARIANT | number >> 62 << 64 | number & _LOW
    text = f"{bits:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def read(text: str) -> Snowflake | None:
    """The id in either form, or None where it has neither. Others' UUIDs are the id of nothing."""
    if not _UUID.fullmatch(text):
        return parse(text)
    bits = int(text.replace("-", ""), 16)
    number = (bits & _HIGH) >> 64 << 62 | bits & _LOW
    if bits & _FIXED != _VERSION | _VARIANT or number > MAX:
        return _NOTHING
    return Snowflake(str(number))


def given(name: str, text: str) -> Snowflake:
    """An id from a body or a query."""
    id_ = read(text)
    if id_ is None:
        raise InvalidForm.at(name, "NUMBER_TYPE_COERCE", f'Value "{text[:64]}" is not an id.')
    return id_
