"""MP4, QuickTime and HEIC: boxes in boxes (ISO/IEC 14496-12)."""

from typing import Final

from rift.media.failure import Unreadable
from rift.media.headers import fragments
from rift.media.headers.boxes import Box, boxes, child
from rift.media.headers.facts import Bytes, Facts

_MATRIX: Final = 40
"""Where the picture's turn stands in a track's header, behind what precedes it."""


def film(data: Bytes) -> Facts:
    """Size as shown and duration, of the first track that has pictures."""
    movie = child(data, Box(b"", 0, data.size), b"moov")
    if movie is None:
        raise Unreadable("a film without a header")
    width, height = _shown_size(data, movie)
    return Facts(width, height, _duration_s(data, movie))


def image(data: Bytes) -> Facts:
    """The largest picture of a HEIC; the others are its tiles and thumbnails."""
    box: Box | None = Box(b"", 0, data.size)
    for name, skipped in ((b"meta", 4), (b"iprp", 0), (b"ipco", 0)):
        box = child(data, box, name) if box else None
        box = box and box._replace(start=box.start + skipped)
    if box is None:
        raise Unreadable("a picture without a header")
    sizes, turns = [], 0
    for inner in boxes(data, box):
        if inner.name == b"ispe":
            sizes.append((data.number(inner.start + 4, 4), data.number(inner.start + 8, 4)))
        if inner.name == b"irot":
            turns = data.number(inner.start, 1) & 3
    width, height = max(sizes, key=lambda size: size[0] * size[1], default=(0, 0))
    if not width or not height:
        raise Unreadable("a picture without a size")
    return Facts(height, width) if turns % 2 else Facts(width, height)


def _shown_size(data: Bytes, movie: Box) -> tuple[int | None, int | None]:
    for track in boxes(data, movie):
        header = child(data, track, b"tkhd") if track.name == b"trak" else None
        if header is not None:
            width, height = _track_size(data, header)
            if width and height:
                return width, height
    return None, None


def _track_size(data: Bytes, header: Box) -> tuple[int, int]:
    """In whole pixels; a matrix that turns it by a quarter lets the sides change places."""
    at = header.start + _MATRIX + (12 if data.number(header.start, 1) == 1 else 0)
    straight = data.number(at, 4)
    width, height = data.number(at + 36, 4) >> 16, data.number(at + 40, 4) >> 16
    return (width, height) if straight else (height, width)


def _duration_s(data: Bytes, movie: Box) -> float | None:
    header = child(data, movie, b"mvhd")
    if header is None:
        return None
    long = data.number(header.start, 1) == 1
    at = header.start + (20 if long else 12)
    scale = data.number(at, 4)
    duration = data.number(at + 4, 8 if long else 4)
    if scale and duration and duration != (1 << (64 if long else 32)) - 1:
        return duration / scale
    return fragments.duration_s(data, movie)
