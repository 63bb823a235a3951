"""MP4, QuickTime and HEIC: boxes in boxes (ISO/IEC 14496-12)."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from rift.media.failure import Unreadable
from rift.media.headers.facts import Bytes, Facts

_MOST_BOXES: Final = 10_000
_MATRIX: Final = 40
"""Where the picture's turn stands in a track's header, behind what precedes it."""


class _Box(NamedTuple):
    name: bytes
    start: int
    """Of what is in it."""
    end: int


def film(data: Bytes) -> Facts:
    """Size as shown and duration, of the first track that has pictures."""
    movie = _child(data, _Box(b"", 0, data.size), b"moov")
    if movie is None:
        raise Unreadable("a film without a header")
    width, height = _shown_size(data, movie)
    return Facts(width, height, _duration_s(data, movie))


def image(data: Bytes) -> Facts:
    """The largest picture of a HEIC; the others are its tiles and thumbnails."""
    box: _Box | None = _Box(b"", 0, data.size)
    for name, skipped in ((b"meta", 4), (b"iprp", 0), (b"ipco", 0)):
        box = _child(data, box, name) if box else None
        box = box and box._replace(start=box.start + skipped)
    if box is None:
        raise Unreadable("a picture without a header")
    sizes, turns = [], 0
    for inner in _boxes(data, box):
        if inner.name == b"ispe":
            sizes.append((data.number(inner.start + 4, 4), data.number(inner.start + 8, 4)))
        if inner.name == b"irot":
            turns = data.number(inner.start, 1) & 3
    width, height = max(sizes, key=lambda size: size[0] * size[1], default=(0, 0))
    if not width or not height:
        raise Unreadable("a picture without a size")
    return Facts(height, width) if turns % 2 else Facts(width, height)


def _boxes(data: Bytes, around: _Box) -> Iterator[_Box]:
    at = around.start
    for _ in range(_MOST_BOXES):
        header = data.at(at, 16)
        if at + 8 > around.end or len(header) < 8:
            return
        size, name, inside = int.from_bytes(header[:4], "big"), header[4:8], at + 8
        if size == 1:
            size, inside = int.from_bytes(header[8:16], "big"), at + 16
        end = around.end if size == 0 else at + size
        if end < inside:
            return
        yield _Box(name, inside, min(end, around.end))
        at = end


def _child(data: Bytes, around: _Box, name: bytes) -> _Box | None:
    return next((box for box in _boxes(data, around) if box.name == name), None)


def _shown_size(data: Bytes, movie: _Box) -> tuple[int | None, int | None]:
    for track in _boxes(data, movie):
        header = _child(data, track, b"tkhd") if track.name == b"trak" else None
        if header is not None:
            width, height = _track_size(data, header)
            if width and height:
                return width, height
    return None, None


def _track_size(data: Bytes, header: _Box) -> tuple[int, int]:
    """In whole pixels; a matrix that turns it by a quarter lets the sides change places."""
    at = header.start + _MATRIX + (12 if data.number(header.start, 1) == 1 else 0)
    straight = data.number(at, 4)
    width, height = data.number(at + 36, 4) >> 16, data.number(at + 40, 4) >> 16
    return (width, height) if straight else (height, width)


def _duration_s(data: Bytes, movie: _Box) -> float | None:
    header = _child(data, movie, b"mvhd")
    if header is None:
        return None
    long = data.number(header.start, 1) == 1
    at = header.start + (20 if long else 12)
    scale = data.number(at, 4)
    duration = data.number(at + 4, 8 if long else 4)
    if not duration or duration == (1 << (64 if long else 32)) - 1:
        duration = _fragments(data, movie)
    return duration / scale if scale and duration else None


def _fragments(data: Bytes, movie: _Box) -> int:
    """How long a film in pieces says it is."""
    pieces = _child(data, movie, b"mvex")
    header = _child(data, pieces, b"mehd") if pieces else None
    if header is None:
        return 0
    return data.number(header.start + 4, 8 if data.number(header.start, 1) == 1 else 4)
