"""How the CDN answers: the headers that keep files apart from pages, and bodies in pieces."""

from collections.abc import AsyncIterator, Callable, Mapping
from email.utils import formatdate
from typing import Final, NamedTuple
from urllib.parse import quote

from rift.doors.site.conditions import Headers, Unsatisfiable, is_fresh, wanted_span
from rift.media import Kind

ALWAYS: Final[Mapping[str, str]] = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "accept-ranges, content-length, content-range, etag",
    # What was uploaded runs nothing, and is in nobody's origin.
    "content-security-policy": "default-src 'none'; media-src 'self'; sandbox",
    "cross-origin-resource-policy": "cross-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
FOR_EVER: Final = "public, max-age=31536000, immutable"
NOT_KEPT: Final = "no-store"

_LONGEST_NAME: Final = 255
_PLAIN: Final = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 !#$&'()+,-.=@[]^_`{}~"
)

Read = Callable[[int, int], AsyncIterator[bytes]]
"""The bytes from one place to another."""


class Thing(NamedTuple):
    """Something that can be handed out, whole or in part."""

    size: int
    read: Read
    content_type: str
    etag: str
    cache: str
    modified_s: int | None = None
    disposition: str = ""
    varies: bool = False
    """Whether it would be another one with another Accept header."""


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes | AsyncIterator[bytes] = b""


def hand_out(thing: Thing, asked: Headers) -> Answer:
    """What is asked of a thing: all of it, a part, or no more than that it is the same."""
    headers = _described(thing)
    if is_fresh(asked, thing.etag, thing.modified_s):
        return Answer(304, headers)
    headers["content-type"] = thing.content_type
    headers["accept-ranges"] = "bytes"
    if thing.disposition:
        headers["content-disposition"] = thing.disposition
    try:
        span = wanted_span(asked, thing.size, thing.etag, thing.modified_s)
    except Unsatisfiable:
        return said(416, "", {"content-range": f"bytes */{thing.size}"})
    if span is None:
        headers["content-length"] = str(thing.size)
        return Answer(200, headers, thing.read(0, thing.size))
    headers["content-length"] = str(span.end - span.start)
    headers["content-range"] = f"bytes {span.start}-{span.end - 1}/{thing.size}"
    return Answer(206, headers, thing.read(span.start, span.end))


async def begun(answer: Answer) -> Answer:
    """The same with its first bytes read, before anything is promised; small bodies are whole."""
    if isinstance(answer.body, bytes):
        return answer
    first = await anext(answer.body, b"")
    second = await anext(answer.body, None)
    if second is None:
        return answer._replace(body=first)
    return answer._replace(body=_joined(first, second, answer.body))


async def _joined(first: bytes, second: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    yield second
    async for piece in rest:
        yield piece


def said(status: int, words: str, headers: Mapping[str, str] | None = None) -> Answer:
    """An answer in words."""
    body = words.encode()
    told = {
        "content-type": "text/plain; charset=utf-8",
        "content-length": str(len(body)),
        "cache-control": NOT_KEPT,
        **(headers or {}),
    }
    return Answer(status, told, body)


def disposition(kind: Kind, filename: str) -> str:
    """Whether a browser shows a file or saves it, and under which name."""
    how = "inline" if kind.inline else "attachment"
    if not filename:
        return "" if kind.inline else how
    name = filename[-_LONGEST_NAME:]
    plain = "".join(letter if letter in _PLAIN else "_" for letter in name)
    exact = quote(name, safe="", errors="replace")
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{exact}"


def _described(thing: Thing) -> dict[str, str]:
    headers = {"cache-control": thing.cache, "etag": thing.etag}
    if thing.modified_s is not None:
        headers["last-modified"] = formatdate(thing.modified_s, usegmt=True)
    if thing.varies:
        headers["vary"] = "accept"
    return headers
