"""Ids: Discord's snowflakes as decimal strings, how they are made, read and decoded."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, NewType

Snowflake = NewType("Snowflake", str)

EPOCH_MS: Final = 1_420_070_400_000
"""The first moment of 2015, from which Discord counts."""

MAX: Final = 2**63 - 1
"""The largest id (and bit set) a PostgreSQL bigint holds."""

WORKERS: Final = 1024
_SEQUENCE_BITS: Final = 12
_WORKER_BITS: Final = 10
_TIME_SHIFT: Final = _SEQUENCE_BITS + _WORKER_BITS
_SEQUENCES: Final = 1 << _SEQUENCE_BITS
_EPOCH: Final = datetime.fromtimestamp(EPOCH_MS / 1000, UTC)
_MAX_DIGITS: Final = 20
_SAFE_DIGITS: Final = 19
_LEADING: Final = frozenset("123456789")


def parse(text: str) -> Snowflake | None:
    """The id in its plain decimal form, or None where the text is not an id."""
    if len(text) < _SAFE_DIGITS and text[:1] in _LEADING and text.isdecimal() and text.isascii():
        return Snowflake(text)  # as nearly all are, and this is asked for each id of a request
    if len(text) > _MAX_DIGITS or not (text.isascii() and text.isdigit()):
        return None
    number = int(text)
    return Snowflake(str(number)) if number <= MAX else None


def created_at(id_: str) -> datetime:
    return _EPOCH + timedelta(milliseconds=int(id_) >> _TIME_SHIFT)


def at(moment: datetime) -> Snowflake:
    """The smallest id of that moment, for paging and age limits."""
    elapsed = (moment - _EPOCH) // timedelta(milliseconds=1)
    return Snowflake(str(max(elapsed, 0) << _TIME_SHIFT))


def shard_of(guild_id: str, shards: int) -> int:
    return (int(guild_id) >> _TIME_SHIFT) % shards


class Generator:
    """Makes ids for one worker; they only ever grow, also when the clock steps back."""

    __slots__ = ("_clock", "_last_ms", "_sequence", "_worker_bits")

    def __init__(self, worker: int, clock: Callable[[], float]) -> None:
        if not 0 <= worker < WORKERS:
            raise ValueError(f"worker must be between 0 and {WORKERS - 1}, not {worker}")
        self._worker_bits = worker << _SEQUENCE_BITS
        self._clock = clock
        self._last_ms = 0
        self._sequence = 0

    def new(self) -> Snowflake:
        now_ms = int(self._clock() * 1000) - EPOCH_MS
        if now_ms > self._last_ms:
            self._last_ms = now_ms
            self._sequence = 0
        else:
            self._advance()
        return Snowflake(str(self._last_ms << _TIME_SHIFT | self._worker_bits | self._sequence))

    def _advance(self) -> None:
        """The next number of this millisecond; a full one borrows from the future."""
        self._sequence += 1
        if self._sequence == _SEQUENCES:
            self._sequence = 0
            self._last_ms += 1


def _decimal(obj: object, kind: str) -> str:
    """A JSON string or integer as a plain decimal of 63 bits."""
    text = str(obj) if isinstance(obj, int) and not isinstance(obj, bool) else obj
    decimal = parse(text) if isinstance(text, str) else None
    if decimal is None:
        raise ValueError(f'Value "{str(obj)[:64]}" is not {kind}.')
    return decimal


if TYPE_CHECKING:
    SnowflakeInput = Snowflake
    SnowflakesInput = list[Snowflake]
    PermissionsInput = str
else:
    # msgspec cannot encode subclasses of str. So a marker stands for the type in annotations,
    # its decoder answers with a plain str, and the metaclass lets that str pass as the marker.
    class _Marker(type):
        def __instancecheck__(cls, obj: object) -> bool:
            return type(obj) is str and parse(obj) is not None

    class SnowflakeInput(metaclass=_Marker):
        """An id in a request: JSON string or integer; decoded to a plain decimal str."""

    class PermissionsInput(metaclass=_Marker):
        """A permission bit set in a request, decoded in the same way."""

    class _ListMarker(type):
        def __instancecheck__(cls, obj: object) -> bool:
            return type(obj) is list and all(isinstance(item, SnowflakeInput) for item in obj)

    class SnowflakesInput(metaclass=_ListMarker):
        """One id or a list of them; decoded to a list."""


def decode_hook(type_: type, obj: Any) -> Any:
    """What msgspec decoders of request bodies and queries need (`dec_hook=`)."""
    if type_ is SnowflakeInput:
        return (parse(obj) if type(obj) is str else None) or _decimal(obj, "snowflake")
    if type_ is PermissionsInput:
        return _decimal(obj, "int")
    if type_ is SnowflakesInput:
        return [_decimal(item, "snowflake") for item in (obj if type(obj) is list else [obj])]
    raise NotImplementedError(f"{type_} cannot be decoded")


def schema_hook(type_: type) -> dict[str, Any]:
    """What msgspec's JSON schema generator needs (`schema_hook=`)."""
    one = {"anyOf": [{"type": "string", "pattern": "^[0-9]{1,20}$"}, {"type": "integer"}]}
    if type_ in (SnowflakeInput, PermissionsInput):
        return one
    if type_ is SnowflakesInput:
        return {"anyOf": [*one["anyOf"], {"type": "array", "items": one}]}
    raise NotImplementedError(f"{type_} has no schema")
