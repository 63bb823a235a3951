"""Protocol buffers from outside: which fields a message has, without knowing what they mean."""

from collections.abc import Iterator
from typing import Final

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_WIDTHS: Final = {_FIXED64: 8, _FIXED32: 4}
_LONGEST_VARINT: Final = 10


def fields(message: bytes) -> Iterator[tuple[int, bytes]]:
    """The number of each field and all of its bytes; ValueError where it is no message."""
    at = 0
    while at < len(message):
        key, value_at = _varint(message, at)
        number, kind = key >> 3, key & 7
        if not number:
            raise ValueError("no field has the number 0")
        end = _end(message, value_at, kind)
        yield number, message[at:end]
        at = end


def replaced(message: bytes, change: bytes) -> bytes:
    """The message with every field that the change names as it is there, and the rest kept."""
    changed = list(fields(change))
    numbers = {number for number, _ in changed}
    kept = [raw for number, raw in fields(message) if number not in numbers]
    return b"".join([*kept, *(raw for _, raw in changed)])


def payload(raw: bytes) -> bytes:
    """What a field of bytes, as `fields` gave it, holds."""
    key, at = _varint(raw, 0)
    if key & 7 != _BYTES:
        raise ValueError("the field does not hold bytes")
    return raw[_varint(raw, at)[1] :]


def varint_field(number: int, value: int) -> bytes:
    """A field that holds a number."""
    return _encoded(number << 3 | _VARINT) + _encoded(value)


def bytes_field(number: int, value: bytes) -> bytes:
    """A field that holds a message or a string."""
    return _encoded(number << 3 | _BYTES) + _encoded(len(value)) + value


def _end(message: bytes, at: int, kind: int) -> int:
    """Where a value of this kind ends."""
    if kind == _VARINT:
        return _varint(message, at)[1]
    if kind == _BYTES:
        length, at = _varint(message, at)
        end = at + length
    elif kind in _WIDTHS:
        end = at + _WIDTHS[kind]
    else:
        raise ValueError("a field is of an unknown kind")
    if end > len(message):
        raise ValueError("a field is longer than the message")
    return end


def _varint(message: bytes, at: int) -> tuple[int, int]:
    """A number and where it ends."""
    value = 0
    for place, byte in enumerate(message[at : at + _LONGEST_VARINT]):
        value |= (byte & 0x7F) << 7 * place
        if byte < 0x80:
            return value, at + place + 1
    raise ValueError("a number does not end")


def _encoded(value: int) -> bytes:
    raw = bytearray()
    while value >= 0x80:
        raw.append(value & 0x7F | 0x80)
        value >>= 7
    raw.append(value)
    return bytes(raw)
