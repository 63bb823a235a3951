"""Ogg: the first page says what it carries, the last one how much of it (RFC 3533)."""

from typing import Final

from rift.media.failure import Unreadable
from rift.media.headers.facts import Bytes, Facts

_PAGE: Final = b"OggS"
_TAIL: Final = 70_000
"""A page is never longer than 65 307 bytes."""

_OPUS_RATE: Final = 48_000


def read(data: Bytes) -> Facts:
    head = data.at(0, 256)
    if len(head) < 28:
        raise Unreadable("a sound without a first page")
    packet = head[27 + head[26] :]
    if packet.startswith(b"\x80theora"):
        return Facts(*_sides(packet))
    rate, before = _rate(packet)
    samples = _last_position(data) - before
    return Facts(duration_secs=samples / rate if rate and samples > 0 else None)


def _rate(packet: bytes) -> tuple[int, int]:
    """Samples in a second, and those before the beginning."""
    if packet.startswith(b"OpusHead"):
        return _OPUS_RATE, int.from_bytes(packet[10:12], "little")
    if packet.startswith(b"\x01vorbis"):
        return int.from_bytes(packet[12:16], "little"), 0
    if packet.startswith(b"\x7fFLAC"):
        return int.from_bytes(packet[27:30], "big") >> 4, 0
    if packet.startswith(b"Speex   "):
        return int.from_bytes(packet[36:40], "little"), 0
    return 0, 0


def _sides(packet: bytes) -> tuple[int, int]:
    return int.from_bytes(packet[14:17], "big"), int.from_bytes(packet[17:20], "big")


def _last_position(data: Bytes) -> int:
    """That of the last page that has one: -1 is of a page on which nothing ends."""
    tail = data.at(max(0, data.size - _TAIL), _TAIL)
    at = len(tail)
    while (at := tail.rfind(_PAGE, 0, at)) >= 0:
        position = int.from_bytes(tail[at + 6 : at + 14], "little", signed=True)
        if position > 0:
            return position
    return 0
