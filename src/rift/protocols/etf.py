"""Erlang's external term format, as the gateway speaks it with `encoding=etf`.

Only what JSON can say is written, in the tags that erlpack's decoders know: maps with binary keys,
and the atoms `true`, `false` and `nil` as SMALL_ATOM_EXT (erlpack for Node has no UTF-8 atoms).
Read are all tags that erlpack or an Erlang runtime writes for such values.
https://www.erlang.org/doc/apps/erts/erl_ext_dist.html
"""

from collections.abc import Callable
from functools import lru_cache
from math import isfinite
from struct import Struct
from typing import Any, Final, final

VERSION: Final = 131

SMALL_INTEGER: Final = 97
INTEGER: Final = 98
FLOAT: Final = 99
NEW_FLOAT: Final = 70
ATOM: Final = 100
SMALL_ATOM: Final = 115
ATOM_UTF8: Final = 118
SMALL_ATOM_UTF8: Final = 119
SMALL_TUPLE: Final = 104
LARGE_TUPLE: Final = 105
NIL: Final = 106
STRING: Final = 107
LIST: Final = 108
BINARY: Final = 109
SMALL_BIG: Final = 110
LARGE_BIG: Final = 111
MAP: Final = 116

MAX_DEPTH: Final = 64
MAX_SIZE: Final = 1 << 20

_TRUE: Final = bytes((SMALL_ATOM, 4)) + b"true"
_FALSE: Final = bytes((SMALL_ATOM, 5)) + b"false"
_NONE: Final = bytes((SMALL_ATOM, 3)) + b"nil"
_EMPTY: Final = bytes((NIL,))
_SMALL: Final = tuple(bytes((SMALL_INTEGER, number)) for number in range(256))
_TAG_U32: Final = Struct(">BI").pack
_TAG_I32: Final = Struct(">Bi").pack
_TAG_F64: Final = Struct(">Bd").pack
_FLOAT_CHARS: Final = 31
_MAX_BIG_BYTES: Final = 8
_I32_MIN: Final = -(1 << 31)
_I32_MAX: Final = (1 << 31) - 1


class MalformedTerm(ValueError):
    """The bytes are no term, or none that JSON could express."""


def encode(obj: object) -> bytes:
    """A term from the builtins that JSON knows."""
    parts = [b"\x83"]
    _write(obj, parts.append)
    return b"".join(parts)


def encode_bare(obj: object) -> bytes:
    """A term without the leading version byte, to be placed inside another one."""
    parts: list[bytes] = []
    _write(obj, parts.append)
    return b"".join(parts)


@lru_cache(maxsize=4096)
def _key(text: str) -> bytes:
    """Keys are few and come again in every event."""
    data = text.encode()
    return _TAG_U32(BINARY, len(data)) + data


def _write(obj: object, add: Callable[[bytes], None]) -> None:
    kind = type(obj)
    if kind is str:
        data = obj.encode()  # type: ignore[attr-defined]  # narrowed by `kind`, faster than isinstance
        add(_TAG_U32(BINARY, len(data)))
        add(data)
    elif kind is dict:
        add(_TAG_U32(MAP, len(obj)))  # type: ignore[arg-type]  # as above
        for key, value in obj.items():  # type: ignore[attr-defined]  # as above
            add(_key(key))
            _write(value, add)
    elif obj is None:
        add(_NONE)
    elif obj is True:
        add(_TRUE)
    elif obj is False:
        add(_FALSE)
    elif kind is int:
        add(_integer(obj))  # type: ignore[arg-type]  # as above
    elif kind is list or kind is tuple:
        _write_list(obj, add)  # type: ignore[arg-type]  # as above
    elif kind is float:
        add(_TAG_F64(NEW_FLOAT, obj))
    else:
        raise TypeError(f"{kind.__name__} has no place in a term")


def _write_list(items: list[object], add: Callable[[bytes], None]) -> None:
    if items:
        add(_TAG_U32(LIST, len(items)))
        for item in items:
            _write(item, add)
    add(_EMPTY)


def _integer(number: int) -> bytes:
    if 0 <= number < len(_SMALL):
        return _SMALL[number]
    if _I32_MIN <= number <= _I32_MAX:
        return _TAG_I32(INTEGER, number)
    magnitude = abs(number)
    size = (magnitude.bit_length() + 7) // 8
    head = bytes((SMALL_BIG, size)) if size < len(_SMALL) else _TAG_U32(LARGE_BIG, size)
    return head + (b"\x01" if number < 0 else b"\x00") + magnitude.to_bytes(size, "little")


def decode(data: bytes, max_size: int = MAX_SIZE) -> Any:
    """The builtins in a client's term; MalformedTerm for anything else."""
    if len(data) > max_size:
        raise MalformedTerm("the term is too large")
    if not data or data[0] != VERSION:
        raise MalformedTerm("the term has no version byte")
    reader = _Reader(data)
    value = reader.term(0)
    if reader.position != len(data):
        raise MalformedTerm("bytes follow the term")
    return value


@final
class _Reader:
    __slots__ = ("data", "position")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 1

    def term(self, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise MalformedTerm("the term is nested too deeply")
        tag = self.number(1)
        read = _SCALARS.get(tag)
        if read is not None:
            return read(self)
        if tag == MAP:
            return self.map(depth + 1)
        if tag == LIST:
            return self.list(depth + 1)
        if tag == SMALL_TUPLE:
            return self.items(self.number(1), depth + 1)
        if tag == LARGE_TUPLE:
            return self.items(self.number(4), depth + 1)
        raise MalformedTerm(f"tag {tag} is not read here")

    def take(self, size: int) -> bytes:
        end = self.position + size
        if end > len(self.data):
            raise MalformedTerm("the term ends too early")
        piece = self.data[self.position : end]
        self.position = end
        return piece

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def integer(self) -> int:
        return int.from_bytes(self.take(4), "big", signed=True)

    def old_float(self) -> float:
        """The textual form of old runtimes, padded with zero bytes."""
        text = self.take(_FLOAT_CHARS).rstrip(b"\0")
        try:
            return _finite(float(text))
        except ValueError as error:
            raise MalformedTerm("a float is not a number") from error

    def new_float(self) -> float:
        (value,) = _F64.unpack(self.take(8))
        return _finite(value)

    def big(self, length_bytes: int) -> int:
        size = self.number(length_bytes)
        sign = self.number(1)
        if size > _MAX_BIG_BYTES or sign > 1:
            raise MalformedTerm("an integer has more than 64 bits")
        magnitude = int.from_bytes(self.take(size), "little")
        return -magnitude if sign else magnitude

    def text(self, length_bytes: int) -> str:
        try:
            return self.take(self.number(length_bytes)).decode()
        except UnicodeDecodeError as error:
            raise MalformedTerm("a binary is not UTF-8") from error

    def latin_atom(self, length_bytes: int) -> str | bool | None:
        text = self.take(self.number(length_bytes)).decode("latin-1")
        return _ATOMS.get(text, text)

    def atom(self, length_bytes: int) -> str | bool | None:
        text = self.text(length_bytes)
        return _ATOMS.get(text, text)

    def small_integers(self) -> list[int]:
        """STRING_EXT: how Erlang packs a list of bytes, such as a `shard` of [0, 1]."""
        return list(self.take(self.number(2)))

    def items(self, count: int, depth: int) -> list[Any]:
        if count > len(self.data) - self.position:
            raise MalformedTerm("the term ends too early")
        return [self.term(depth) for _ in range(count)]

    def list(self, depth: int) -> list[Any]:
        items = self.items(self.number(4), depth)
        if self.number(1) != NIL:
            raise MalformedTerm("a list has a tail")
        return items

    def map(self, depth: int) -> dict[str, Any]:
        count = self.number(4)
        if 2 * count > len(self.data) - self.position:
            raise MalformedTerm("the term ends too early")
        return {self.key(depth): self.term(depth) for _ in range(count)}

    def key(self, depth: int) -> str:
        key = self.term(depth)
        if type(key) is int:  # V8 hands erlpack index-like property names as numbers
            return str(key)
        if not isinstance(key, str):
            raise MalformedTerm("a map key is not a text")
        return key


def _finite(value: float) -> float:
    if not isfinite(value):
        raise MalformedTerm("a float is not finite")
    return value


_F64: Final = Struct(">d")
_ATOMS: Final[dict[str, bool | None]] = {"true": True, "false": False, "nil": None, "null": None}
_SCALARS: Final[dict[int, Callable[[_Reader], Any]]] = {
    SMALL_INTEGER: lambda reader: reader.number(1),
    INTEGER: _Reader.integer,
    FLOAT: _Reader.old_float,
    NEW_FLOAT: _Reader.new_float,
    ATOM: lambda reader: reader.latin_atom(2),
    SMALL_ATOM: lambda reader: reader.latin_atom(1),
    ATOM_UTF8: lambda reader: reader.atom(2),
    SMALL_ATOM_UTF8: lambda reader: reader.atom(1),
    NIL: lambda _: [],
    STRING: _Reader.small_integers,
    BINARY: lambda reader: reader.text(4),
    SMALL_BIG: lambda reader: reader.big(1),
    LARGE_BIG: lambda reader: reader.big(4),
}
