"""MP3 and AAC without a container: frames in a row (ISO/IEC 11172-3, 13818-7)."""

from typing import Final, NamedTuple

from rift.media.failure import Unreadable
from rift.media.headers.facts import Bytes, Facts

_SEARCHED: Final = 65_536
_RATES: Final = (44_100, 48_000, 32_000)
_KBITS: Final = {
    (True, 1): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (True, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (True, 3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (False, 1): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (False, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (False, 3): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Kilobits a second, by whether it is MPEG 1 and by layer."""

_AAC_RATES: Final = (
    *(96_000, 88_200, 64_000, 48_000, 44_100, 32_000),
    *(24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350),
)
_AAC_SAMPLES: Final = 1024
_MOST_FRAMES: Final = 1_000_000


class _Frame(NamedTuple):
    rate: int
    bits: int
    samples: int
    after: int
    """Bytes between its beginning and where an index of the whole may lie."""


def mp3(data: Bytes) -> Facts:
    """The index in the first frame counts the frames; without one all of them are alike."""
    start = _after_tags(data)
    window = data.at(start, _SEARCHED)
    for at in range(len(window) - 4):
        frame = _frame(window[at : at + 4]) if window[at] == 0xFF else None
        if frame is not None:
            counted = _counted(window[at:], frame)
            seconds = (data.size - start - at) * 8 / frame.bits
            return Facts(duration_secs=counted or seconds)
    raise Unreadable("a sound without a frame")


def aac(data: Bytes) -> Facts:
    """Every frame says how long it is, so they can be counted."""
    at = frames = 0
    rate = _AAC_RATES[min(data.number(2, 1) >> 2 & 15, len(_AAC_RATES) - 1)]
    while at + 7 <= data.size and frames < _MOST_FRAMES:
        header = data.exactly(at, 7)
        length = (int.from_bytes(header[3:6], "big") >> 5) & 0x1FFF
        if header[0] != 0xFF or length < 7:
            break
        at, frames = at + length, frames + 1
    return Facts(duration_secs=frames * _AAC_SAMPLES / rate)


def _after_tags(data: Bytes) -> int:
    """Behind the ID3 tag, whose length is written in sevens of bits."""
    head = data.at(0, 10)
    if not head.startswith(b"ID3") or len(head) < 10:
        return 0
    size = 0
    for byte in head[6:10]:
        size = size << 7 | byte & 0x7F
    return 10 + size


def _frame(header: bytes) -> _Frame | None:
    version, layer = header[1] >> 3 & 3, 4 - (header[1] >> 1 & 3)
    kbits, rate = header[2] >> 4, header[2] >> 2 & 3
    if header[1] & 0xE0 != 0xE0 or version == 1 or layer == 4 or kbits in {0, 15} or rate == 3:
        return None
    first = version == 3
    samples = 384 if layer == 1 else 1152 if layer == 2 or first else 576
    mono = header[3] >> 6 == 3
    side = (17 if mono else 32) if first else (9 if mono else 17)
    shift = {3: 0, 2: 1, 0: 2}[version]
    return _Frame(_RATES[rate] >> shift, _KBITS[first, layer][kbits - 1] * 1000, samples, 4 + side)


def _counted(window: bytes, frame: _Frame) -> float | None:
    for mark, at, needed in ((b"Xing", frame.after, 1), (b"Info", frame.after, 1)):
        if window[at : at + 4] == mark and int.from_bytes(window[at + 4 : at + 8], "big") & needed:
            return int.from_bytes(window[at + 8 : at + 12], "big") * frame.samples / frame.rate
    if window[36:40] == b"VBRI":
        return int.from_bytes(window[50:54], "big") * frame.samples / frame.rate
    return None
