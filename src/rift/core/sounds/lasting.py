"""How long a sound lasts: counted in the frames of an MP3, and read off the last page of an Ogg."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

_ID3: Final = b"ID3"
_ID3_HEAD: Final = 10
_ID3_FOOTER: Final = 0x10
_OGG: Final = b"OggS"
_OGG_HEAD: Final = 27
_OPUS_RATE: Final = 48_000
_NO_GRANULE: Final = 2**64 - 1

_KBITS_V1: Final = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
_KBITS_V2: Final = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
_RATES: Final[Mapping[int, tuple[int, ...]]] = {
    3: (44_100, 48_000, 32_000),
    2: (22_050, 24_000, 16_000),
    0: (11_025, 12_000, 8_000),
}
"""Samples a second, by the bits that name the version of MPEG: 3 is 1, 2 is 2, 0 is 2.5."""


class _Frame(NamedTuple):
    size: int
    seconds: float


class _Page(NamedTuple):
    granule: int
    serial: bytes
    payload: bytes


def mp3_frames(data: bytes) -> tuple[bytes, float]:
    """The frames of an MP3 with nothing around or between them, and how many seconds they last."""
    at, kept, seconds = _after_tag(data), bytearray(), 0.0
    while at + 4 <= len(data):
        frame = _frame(data[at : at + 4])
        if frame is None:
            at = data.find(b"\xff", at + 1)
            if at < 0:
                break
            continue
        if at + frame.size > len(data):
            break
        kept += data[at : at + frame.size]
        seconds += frame.seconds
        at += frame.size
    return bytes(kept), seconds


def ogg_seconds(data: bytes) -> float | None:
    """How long an Ogg with Opus or Vorbis lasts; None for anything else."""
    pages = list(_pages(data))
    if not pages:
        return None
    first = pages[0]
    codec = _codec(first.payload)
    if codec is None or any(page.serial != first.serial for page in pages):
        return None
    rate, skipped = codec
    last = max((page.granule for page in pages if page.granule != _NO_GRANULE), default=0)
    return max(0, last - skipped) / rate if last < 2**63 else None


def _after_tag(data: bytes) -> int:
    """Where the frames begin: an ID3 tag says how long it is, in bytes of seven bits."""
    if data[:3] != _ID3 or len(data) < _ID3_HEAD:
        return 0
    size = 0
    for byte in data[6:10]:
        size = size << 7 | byte & 0x7F
    return _ID3_HEAD + size + (_ID3_HEAD if data[5] & _ID3_FOOTER else 0)


def _frame(head: bytes) -> _Frame | None:
    """A frame of layer III, by its head."""
    if head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return None
    version = head[1] >> 3 & 3
    rates = _RATES.get(version)
    rate = head[2] >> 2 & 3
    if rates is None or rate >= len(rates):
        return None
    kbits = (_KBITS_V1 if version == 3 else _KBITS_V2)[head[2] >> 4]
    if not kbits:
        return None
    samples = 1152 if version == 3 else 576
    size = samples // 8 * kbits * 1000 // rates[rate] + (head[2] >> 1 & 1)
    return _Frame(size, samples / rates[rate])


def _pages(data: bytes) -> Iterator[_Page]:
    at = 0
    while data[at : at + 4] == _OGG and at + _OGG_HEAD <= len(data):
        segments = data[at + 26]
        table = data[at + _OGG_HEAD : at + _OGG_HEAD + segments]
        begins = at + _OGG_HEAD + segments
        ends = begins + sum(table)
        if len(table) < segments or ends > len(data):
            return
        granule = int.from_bytes(data[at + 6 : at + 14], "little")
        yield _Page(granule, data[at + 14 : at + 18], data[begins:ends])
        at = ends


def _codec(head: bytes) -> tuple[int, int] | None:
    """Samples a second, and those that are only for the decoder to warm up."""
    if head.startswith(b"OpusHead") and len(head) >= 19:
        return _OPUS_RATE, int.from_bytes(head[10:12], "little")
    if head.startswith(b"\x01vorbis") and len(head) >= 30:
        rate = int.from_bytes(head[12:16], "little")
        return (rate, 0) if rate else None
    return None
