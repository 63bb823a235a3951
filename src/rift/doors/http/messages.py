"""What comes in and what goes out: a request and an answer, whichever lane carries them."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import unquote

import msgspec

from rift.core.actor import Visit

JSON_HEAD: Final = b"Content-Type: application/json\r\n"
"""Exactly so: with a charset parameter several client libraries refuse the answer."""

ENCODER: Final = msgspec.json.Encoder()

_NOSNIFF: Final = b"X-Content-Type-Options: nosniff\r\n"

_FIRST_LINES: Final[Mapping[int, bytes]] = {
    status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode() + _NOSNIFF
    for status in HTTPStatus
}

_LAST_OF_ALL: Final = b"Connection: close\r\n\r\n"

_BODILESS: Final = frozenset({204, 304})

_UNSAFE: Final = str.maketrans("", "", "\r\n\0")


Stream = Callable[[], AsyncIterator[bytes]]
"""The body, piece by piece as it comes; whoever reads slowly makes the caller send slowly."""


async def _nothing() -> AsyncIterator[bytes]:
    nothing: tuple[bytes, ...] = ()
    for piece in nothing:
        yield piece


class Request(msgspec.Struct, eq=False):
    """One request; header names are lower case."""

    method: str
    path: str
    query: bytes
    headers: Mapping[bytes, bytes]
    address: str
    scheme: str
    body: bytes | None = None
    """None until the body was read, on the lane that reads it late."""
    stream: Stream = _nothing
    watched: bool = False
    """Whether the server's sweep minds the deadline, so that no timer is needed."""
    form: Sequence[tuple[str, bytes]] | None = None
    """The fields, where the body was a form of several parts."""
    files: Sequence[Any] = ()
    """Its files, as the endpoint's intake has kept them."""

    def header(self, name: bytes) -> str:
        return self.headers.get(name, b"").decode("latin-1")

    @property
    def media_type(self) -> str:
        """What the body claims to be."""
        kind = self.headers.get(b"content-type", b"")
        return kind.partition(b";")[0].strip().lower().decode("latin-1")

    @property
    def origin(self) -> str:
        """The scheme and host by which the request came."""
        return f"{self.scheme}://{self.header(b'host')}"

    def visit(self) -> Visit:
        """How the request came, as verbs know it."""
        return Visit(
            address=self.address,
            user_agent=self.header(b"user-agent"),
            origin=self.origin,
            locale=self.locale,
            proof=self.header(b"x-discord-mfa-authorization"),
        )

    @property
    def locale(self) -> str:
        """The language that is asked for; of a list of them, the first."""
        wished = self.header(b"x-discord-locale") or self.header(b"accept-language")
        return wished.partition(",")[0].partition(";")[0].strip()

    @property
    def reason(self) -> str:
        """The entry for the audit log, percent-decoded."""
        return unquote(self.header(b"x-audit-log-reason"))


class Answer(msgspec.Struct, eq=False):
    """A status, header lines ready to be sent, and a body; length and connection come later."""

    status: int
    body: bytes = b""
    head: bytes = b""

    def with_head(self, lines: bytes) -> "Answer":
        self.head += lines
        return self

    def to_bytes(self, *, keep_alive: bool = True) -> bytes:
        """The whole answer for one write."""
        first, last = _FIRST_LINES[self.status], b"\r\n" if keep_alive else _LAST_OF_ALL
        if self.status in _BODILESS:
            return first + self.head + last
        return b"%b%bContent-Length: %d\r\n%b%b" % (
            first, self.head, len(self.body), last, self.body
        )  # fmt: skip

    def header_pairs(self) -> list[tuple[bytes, bytes]]:
        """The header as ASGI wants it."""
        head, _, _ = self.to_bytes().partition(b"\r\n\r\n")
        pairs = []
        for line in head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b": ")
            pairs.append((name, value))
        return pairs


def json_answer(status: int, value: Any) -> Answer:
    return Answer(status, ENCODER.encode(value), JSON_HEAD)


def header_lines(headers: Mapping[str, str]) -> bytes:
    """Header lines whose values cannot begin a new line."""
    lines = [f"{name}: {value.translate(_UNSAFE)}\r\n" for name, value in headers.items()]
    return "".join(lines).encode("latin-1", "replace")
