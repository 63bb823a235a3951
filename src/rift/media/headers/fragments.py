"""How long a film is that was written in pieces, by a recorder that did not know the end."""

from itertools import islice
from typing import Final

from rift.media.headers.boxes import Box, boxes, child
from rift.media.headers.facts import Bytes

_MOST_TRACKS: Final = 32
_BASE_OFFSET: Final = 0x01
_DESCRIPTION: Final = 0x02
_DEFAULT_DURATION: Final = 0x08
_DATA_OFFSET: Final = 0x001
_FIRST_FLAGS: Final = 0x004
_OWN_DURATION: Final = 0x100
_OWN_FIELDS: Final = (0x100, 0x200, 0x400, 0x800)


def duration_s(data: Bytes, movie: Box) -> float | None:
    """Where the longest track's last piece ends."""
    scales, durations = _scales(data, movie), _durations(data, movie)
    longest = 0.0
    ends: dict[int, int] = {}
    for piece in boxes(data, Box(b"", 0, data.size)):
        if piece.name != b"moof":
            continue
        for part in islice(boxes(data, piece), _MOST_TRACKS):
            header = child(data, part, b"tfhd") if part.name == b"traf" else None
            if header is None:
                continue
            track = data.number(header.start + 4, 4)
            usual = _usual(data, header, durations.get(track, 0))
            ends[track] = _start(data, part, ends.get(track, 0)) + _length(data, part, usual)
            longest = max(longest, ends[track] / scales.get(track, 1))
    return longest or None


def _scales(data: Bytes, movie: Box) -> dict[int, int]:
    """How many of its own ticks each track has in a second."""
    found = {}
    for track in islice(boxes(data, movie), _MOST_TRACKS):
        header = child(data, track, b"tkhd")
        media = child(data, track, b"mdia")
        clock = child(data, media, b"mdhd") if media else None
        if track.name == b"trak" and header and clock:
            name = data.number(header.start + _behind_times(data, header), 4)
            found[name] = data.number(clock.start + _behind_times(data, clock), 4) or 1
    return found


def _behind_times(data: Bytes, header: Box) -> int:
    """Behind when it was made and changed, which a later version writes longer."""
    return 20 if data.number(header.start, 1) == 1 else 12


def _durations(data: Bytes, movie: Box) -> dict[int, int]:
    """How long a sample lasts where its piece does not say."""
    extended = child(data, movie, b"mvex")
    if extended is None:
        return {}
    return {
        data.number(box.start + 4, 4): data.number(box.start + 12, 4)
        for box in islice(boxes(data, extended), _MOST_TRACKS)
        if box.name == b"trex"
    }


def _usual(data: Bytes, header: Box, usual: int) -> int:
    flags = data.number(header.start + 1, 3)
    if not flags & _DEFAULT_DURATION:
        return usual
    skipped = 8 * bool(flags & _BASE_OFFSET) + 4 * bool(flags & _DESCRIPTION)
    return data.number(header.start + 8 + skipped, 4)


def _start(data: Bytes, part: Box, otherwise: int) -> int:
    time = child(data, part, b"tfdt")
    if time is None:
        return otherwise
    return data.number(time.start + 4, 8 if data.number(time.start, 1) == 1 else 4)


def _length(data: Bytes, part: Box, usual: int) -> int:
    return sum(_run(data, run, usual) for run in boxes(data, part) if run.name == b"trun")


def _run(data: Bytes, run: Box, usual: int) -> int:
    """Ticks of the samples in a row, each with its own duration or all with the usual one."""
    flags, count = data.number(run.start + 1, 3), data.number(run.start + 4, 4)
    if not flags & _OWN_DURATION:
        return count * usual
    at = run.start + 8 + 4 * bool(flags & _DATA_OFFSET) + 4 * bool(flags & _FIRST_FLAGS)
    step = 4 * sum(bool(flags & field) for field in _OWN_FIELDS)
    fields = data.at(at, min(run.end - at, count * step))
    return sum(
        int.from_bytes(fields[offset : offset + 4], "big")
        for offset in range(0, len(fields) - 3, step)
    )
