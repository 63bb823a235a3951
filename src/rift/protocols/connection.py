"""One gateway connection without its socket: what it asked for, what it may say now, and when."""

from enum import Enum, auto
from typing import Final, final
from urllib.parse import parse_qs

from msgspec import Struct

from rift.protocols.commands import MAX_PAYLOAD_BYTES, Command, Heartbeat, parse
from rift.protocols.frames import Compression, Encoding
from rift.protocols.gateway import CloseCode, Closing
from rift.wire.gateway import Identify, Resume

VERSIONS: Final = {"9": 9, "10": 10}
SENDS_WINDOW_S: Final = 60.0


class Address(Struct, frozen=True, kw_only=True):
    """What the query of the gateway's URL asks for."""

    version: int = 10
    encoding: Encoding = Encoding.JSON
    compression: Compression = Compression.NONE


def parse_address(query: str) -> Address:
    """Raises Closing for a version, encoding or compression that is not spoken here."""
    values = {name: last for name, (*_, last) in parse_qs(query).items()}
    version = VERSIONS.get(values.get("v", "10"))
    if version is None:
        raise Closing(CloseCode.INVALID_VERSION)
    try:
        return Address(
            version=version,
            encoding=Encoding(values.get("encoding", Encoding.JSON)),
            compression=Compression(values.get("compress", Compression.NONE)),
        )
    except ValueError as error:
        raise Closing(CloseCode.DECODE_ERROR, "Unknown encoding or compression.") from error


class Rules(Struct, frozen=True, kw_only=True):
    """What the instance's settings say about connections."""

    heartbeat_s: float = 41.25
    grace_s: float = 20.0
    """How late a heartbeat may be: sleeping phones and slow links deserve patience."""
    sends_per_minute: int | None = 120
    """None lifts the limit."""
    max_payload_bytes: int = MAX_PAYLOAD_BYTES


class Phase(Enum):
    GREETED = auto()
    """Told the heartbeat's interval; IDENTIFY or RESUME is awaited."""
    CLAIMED = auto()
    """IDENTIFY or RESUME has come; whether it is granted is the door's affair."""


@final
class Connection:
    """Reads what the client sends and holds it to the rules; times are seconds of any clock."""

    __slots__ = ("_beat_at", "_encoding", "_rules", "_sends", "_window_ends_at", "phase")

    def __init__(self, encoding: Encoding, rules: Rules, now: float) -> None:
        self.phase = Phase.GREETED
        self._encoding = encoding
        self._rules = rules
        self._beat_at = now
        self._sends = 0
        self._window_ends_at = now + SENDS_WINDOW_S

    def receive(self, message: bytes, now: float) -> Command:
        """The command in a message; raises Closing where the client breaks the rules."""
        self._count(now)
        command = parse(message, self._encoding, self._rules.max_payload_bytes)
        if isinstance(command, Heartbeat):
            self._beat_at = now
        elif isinstance(command, Identify | Resume):
            self._claim()
        elif self.phase is Phase.GREETED:
            raise Closing(CloseCode.NOT_AUTHENTICATED)
        return command

    def reject(self) -> None:
        """INVALID_SESSION was sent: the client may identify on this connection again."""
        self.phase = Phase.GREETED

    @property
    def dies_at(self) -> float:
        """When the client must have sent its next heartbeat."""
        return self._beat_at + self._rules.heartbeat_s + self._rules.grace_s

    def _claim(self) -> None:
        if self.phase is Phase.CLAIMED:
            raise Closing(CloseCode.ALREADY_AUTHENTICATED)
        self.phase = Phase.CLAIMED

    def _count(self, now: float) -> None:
        if now >= self._window_ends_at:
            self._sends = 0
            self._window_ends_at = now + SENDS_WINDOW_S
        self._sends += 1
        limit = self._rules.sends_per_minute
        if limit is not None and self._sends > limit:
            raise Closing(CloseCode.RATE_LIMITED)
