"""Boxes in boxes, of which MP4, QuickTime and HEIC consist."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from rift.media.headers.facts import Bytes

_MOST_BOXES: Final = 100_000


class Box(NamedTuple):
    name: bytes
    start: int
    """Of what is in it."""
    end: int


def boxes(data: Bytes, around: Box) -> Iterator[Box]:
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
        yield Box(name, inside, min(end, around.end))
        at = end


def child(data: Bytes, around: Box, name: bytes) -> Box | None:
    return next((box for box in boxes(data, around) if box.name == name), None)
