"""WAV and FLAC: blocks in a row, the first of which say how the sound is made."""

from typing import Final

from rift.media.failure import Unreadable
from rift.media.headers.facts import Bytes, Facts

_MOST_CHUNKS: Final = 1000
_UNKNOWN: Final = 0xFFFFFFFF


def wav(data: Bytes) -> Facts:
    """Bytes of sound by bytes a second; a recorder cut short left the size unsaid."""
    at, bytes_per_s = 12, 0
    for _ in range(_MOST_CHUNKS):
        header = data.at(at, 8)
        if len(header) < 8:
            break
        name, size = header[:4], int.from_bytes(header[4:8], "little")
        if name == b"fmt ":
            bytes_per_s = int.from_bytes(data.exactly(at + 16, 4), "little")
        if name == b"data" and bytes_per_s:
            there = data.size - at - 8
            return Facts(
                duration_secs=(there if size in {0, _UNKNOWN} else min(size, there)) / bytes_per_s
            )
        at += 8 + size + size % 2
    raise Unreadable("a sound without samples")


def flac(data: Bytes) -> Facts:
    info = data.exactly(8, 34)
    rate = int.from_bytes(info[10:13], "big") >> 4
    samples = int.from_bytes(info[13:18], "big") & 0xF_FFFF_FFFF
    return Facts(duration_secs=samples / rate if rate and samples else None)
