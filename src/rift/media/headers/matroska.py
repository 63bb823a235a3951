"""WebM and Matroska: elements in elements (RFC 8794, RFC 9559)."""

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

from rift.media.failure import Unreadable
from rift.media.headers.facts import Bytes, Facts

_SEGMENT: Final = 0x18538067
_CLUSTER: Final = 0x1F43B675
_VIDEO: Final = 0xE0
_MASTERS: Final = frozenset({_SEGMENT, 0x1549A966, 0x1654AE6B, 0xAE, _VIDEO, _CLUSTER, 0xA0})
"""Gone into: segment, info, tracks, a track, its video, a cluster and a group of blocks."""

_SCALE: Final = 0x2AD7B1
_DURATION: Final = 0x4489
_WIDTH: Final = 0xB0
_HEIGHT: Final = 0xBA
_TIME: Final = 0xE7
_BLOCKS: Final = frozenset({0xA3, 0xA1})
_MOST_ELEMENTS: Final = 300_000
_SCALE_NS: Final = 1_000_000


class _Element(NamedTuple):
    name: int
    start: int
    size: int


def read(data: Bytes) -> Facts:
    """A recorder that did not know the end wrote no duration: then the last block tells it."""
    found: dict[int, int] = {}
    duration: float | None = None
    last = time = 0
    for element in _elements(data):
        if element.name == _DURATION:
            duration = _float(data.exactly(element.start, element.size))
        elif element.name in {_SCALE, _WIDTH, _HEIGHT}:
            found.setdefault(element.name, data.number(element.start, element.size))
        elif element.name == _TIME:
            time = data.number(element.start, element.size)
        elif element.name in _BLOCKS:
            last = max(last, time + _after(data, element))
        elif element.name == _CLUSTER and duration:
            break
    scale = found.get(_SCALE, _SCALE_NS) / 1e9
    length = duration or last
    return Facts(found.get(_WIDTH), found.get(_HEIGHT), length * scale if length else None)


def _elements(data: Bytes) -> Iterator[_Element]:
    """All of them in a row: of those we go into, only the beginning is passed."""
    at, seen_segment = 0, False
    for _ in range(_MOST_ELEMENTS):
        if at >= data.size:
            break
        name, start = _number(data, at, marked=True)
        size, start = _number(data, start, marked=False)
        seen_segment = seen_segment or name == _SEGMENT
        yield _Element(name, start, min(size, 8) if name not in _BLOCKS else size)
        at = start if name in _MASTERS else start + size
    if not seen_segment:
        raise Unreadable("a film without a segment")


def _number(data: Bytes, at: int, *, marked: bool) -> tuple[int, int]:
    """A number as long as its first byte says, with or without the mark of its length."""
    first = data.number(at, 1)
    length = 9 - first.bit_length()
    if length > 8:
        raise Unreadable("a number that has no length")
    value = data.number(at, length)
    return (value if marked else value & ((1 << 7 * length) - 1)), at + length


def _after(data: Bytes, block: _Element) -> int:
    """How much later than its cluster a block comes."""
    _, at = _number(data, block.start, marked=False)
    return int(struct.unpack(">h", data.exactly(at, 2))[0])


def _float(data: bytes) -> float | None:
    kinds = {4: ">f", 8: ">d"}
    if len(data) not in kinds:
        return None
    value = float(struct.unpack(kinds[len(data)], data)[0])
    return value if 0 < value < 1e15 else None
