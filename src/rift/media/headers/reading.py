"""Asks the reader of a kind of file for what its header tells."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

from rift.media.headers import chunked, iso, matroska, mpeg, ogg
from rift.media.headers.facts import Bytes, Facts
from rift.media.kinds import Kind, Source

_READERS: Final[dict[str, Callable[[Bytes], Facts]]] = {
    "mp4": iso.film,
    "mov": iso.film,
    "m4a": iso.film,
    "heic": iso.image,
    "webm": matroska.read,
    "mkv": matroska.read,
    "ogg": ogg.read,
    "ogv": ogg.read,
    "mp3": mpeg.mp3,
    "aac": mpeg.aac,
    "wav": chunked.wav,
    "flac": chunked.flac,
}


def read_facts(kind: Kind, source: Source) -> Facts:
    """What the header tells; Unreadable if there is none where one must be."""
    reader = _READERS.get(kind.name)
    if reader is None:
        return Facts()
    with _opened(source) as file:
        return reader(Bytes(file))


def _opened(source: Source) -> BinaryIO:
    return io.BytesIO(source) if isinstance(source, bytes) else Path(source).open("rb")
