"""Where files are sent ahead of their messages, as clients of Discord send them to its storage.

A `PUT` brings the whole file, or with `Content-Range` the next piece of it; `bytes */total` asks
how much is here. What is missing is said by a 308 with `Range`, as Google's storage says it.
"""

import re
from typing import Final, NamedTuple

from rift.core.attachments import uploading
from rift.core.attachments.uploading import Progress
from rift.core.unit import Unit
from rift.doors.http.endpoints import Bucket, Surface, get, put
from rift.doors.http.messages import Answer, Request
from rift.errors import InvalidForm
from rift.snowflake import Snowflake

_SPAN: Final = re.compile(r"bytes (?:(\d{1,18})-(\d{1,18})|\*)/(\d{1,18}|\*)")
_RESUME: Final = 308
_SENT: Final = Bucket("uploads.put", 100, 10.0)
_ASKED: Final = Bucket("uploads.get", 50, 10.0)


class Span(NamedTuple):
    """Which part of a file a body is; none at all, where it only asks."""

    start: int | None
    total: int | None


async def bring(unit: Unit, upload_id: Snowflake, signature: str, request: Request) -> Answer:
    """Take in a file or a piece of it, or tell how much of it is here."""
    span = _span(request.header(b"content-range"))
    if span is None:
        return _answer(await uploading.add(unit, upload_id, signature, None, request.stream()))
    known = await uploading.progress(unit, upload_id, signature)
    if span.total not in (None, known.size):
        raise InvalidForm.at("Content-Range", "WRONG_TOTAL", f"The file has {known.size} bytes.")
    if span.start is None or known.whole:
        return _answer(known)
    return _answer(await uploading.add(unit, upload_id, signature, span.start, request.stream()))


async def ask(unit: Unit, upload_id: Snowflake, signature: str) -> Answer:
    """Tell how much of a file is here, in the header."""
    return _told(200, await uploading.progress(unit, upload_id, signature))


def surface() -> Surface:
    """Addresses that are handed out, each good for one file: who knows one needs no token."""
    path = "/{upload_id}/{signature}"
    endpoints = (put(path, bring, _SENT, streamed=True), get(path, ask, _ASKED))
    return Surface(("/api/uploads",), endpoints)


def _span(header: str) -> Span | None:
    if not header:
        return None
    found = _SPAN.fullmatch(header.strip())
    if found is None:
        words = "This is neither a span of bytes nor a question for one."
        raise InvalidForm.at("Content-Range", "BASE_TYPE_CONVERT", words)
    start, _, total = found.groups()
    return Span(None if start is None else int(start), None if total == "*" else int(total))


def _answer(progress: Progress) -> Answer:
    if progress.whole:
        return _told(200, progress)
    return _told(_RESUME, progress)


def _told(status: int, progress: Progress) -> Answer:
    lines = b"Upload-Offset: %d\r\nUpload-Length: %d\r\nCache-Control: no-store\r\n"
    head = lines % (progress.extent, progress.size)
    if status == _RESUME and progress.extent:
        head += b"Range: bytes=0-%d\r\n" % (progress.extent - 1)
    return Answer(status, b"", head)
