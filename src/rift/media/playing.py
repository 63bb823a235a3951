"""Plays films and sounds with PyAV, where it is installed: a first picture and a waveform."""

import array
import base64
import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice, pairwise
from typing import Final, NamedTuple

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image, ImageStat

from rift.media.failure import Unreadable
from rift.media.kinds import Kind, Source
from rift.media.tasks import Limits

_DEMUXERS: Final = {
    "mp4": "mov",
    "mov": "mov",
    "m4a": "mov",
    "webm": "matroska",
    "mkv": "matroska",
    "ogg": "ogg",
    "ogv": "ogg",
    "mp3": "mp3",
    "aac": "aac",
    "wav": "wav",
    "flac": "flac",
}
"""The only reader each kind is given to: some of the others open what a file names."""

_MICROSECONDS: Final = 1_000_000
_RATE: Final = 8000
_STEP: Final = _RATE // 10
"""A sample of the waveform stands for a tenth of a second, or for more in a long sound."""

_SAMPLES: Final = 256
_LONGEST_S: Final = 1200.0
"""Of a sound that is listened to for its waveform."""

_DARK: Final = 12.0
_LATER: Final = 0.1
"""Where in the film a picture is looked for when the first one is dark."""

_CHECKED_FRAMES: Final = 400


class Heard(NamedTuple):
    duration_secs: float
    waveform: str | None


@contextmanager
def played(kind: Kind, source: Source) -> Iterator[InputContainer]:
    """The file, opened by the reader of its kind, which may open nothing else."""
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    options = {"protocol_whitelist": "file", "enable_drefs": "0"}
    try:
        with av.open(file, "r", format=_DEMUXERS[kind.name], options=options) as container:
            yield container
    except (FFmpegError, KeyError) as error:
        raise Unreadable(f"{kind.content_type} could not be played: {error}") from error


def duration_s(container: InputContainer) -> float | None:
    return container.duration / _MICROSECONDS if container.duration else None


def picture_stream(container: InputContainer, limits: Limits) -> VideoStream | None:
    """The film, if there is one of a size we take on; it is decoded by one thread."""
    for stream in container.streams.video:
        context = stream.codec_context
        if context.width * context.height > limits.pixels:
            raise Unreadable("its pictures have more pixels than are taken on")
        if context.width and context.height:
            context.thread_type = "NONE"
            context.thread_count = 1
            return stream
    return None


def poster(kind: Kind, source: Source, limits: Limits) -> Image.Image:
    """The first picture that is not dark, upright."""
    with played(kind, source) as container:
        stream = picture_stream(container, limits)
        if stream is None:
            raise Unreadable("there is no picture in it")
        first = _next_picture(container, stream)
        if first is None:
            raise Unreadable("there is no picture in it that can be decoded")
        return first if _is_bright(first) else _later(container, stream) or first


def _later(container: InputContainer, stream: VideoStream) -> Image.Image | None:
    """The picture a tenth into the film, or as near to it as can be reached soon."""
    length_s = duration_s(container)
    if not length_s:
        return None
    wanted_s = length_s * _LATER
    container.seek(int(wanted_s * _MICROSECONDS))
    found = None
    for frame in islice(container.decode(stream), _CHECKED_FRAMES):
        found = frame
        if (frame.time or 0.0) >= wanted_s:
            break
    return upright(found) if found is not None else None


def _next_picture(container: InputContainer, stream: VideoStream) -> Image.Image | None:
    frame = next(container.decode(stream), None)
    return upright(frame) if frame is not None else None


def upright(frame: VideoFrame) -> Image.Image:
    """Turned as its film says."""
    turns = {90: "ROTATE_90", 180: "ROTATE_180", 270: "ROTATE_270"}
    turn = turns.get(frame.rotation % 360)
    image: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]  # published without
    return image.transpose(Image.Transpose[turn]) if turn else image


def _is_bright(image: Image.Image) -> bool:
    return max(ImageStat.Stat(image.convert("L").resize((32, 32))).mean) > _DARK


def listen(kind: Kind, source: Source, known_s: float | None) -> Heard:
    """How long it is and how loud it is when; too long a sound is not listened to."""
    with played(kind, source) as container:
        told_s = known_s or duration_s(container)
        if not container.streams.audio:
            raise Unreadable("there is no sound in it")
        if told_s and told_s > _LONGEST_S:
            return Heard(told_s, None)
        peaks, samples = _peaks(container)
        return Heard(known_s or samples / _RATE, _waveform(peaks))


def _peaks(container: InputContainer) -> tuple[list[int], int]:
    """The loudest moment of every tenth of a second, and the samples there were."""
    stream = container.streams.audio[0]
    resampler = av.AudioResampler(format="s16", layout="mono", rate=_RATE)
    peaks: list[int] = []
    rest = array.array("h")
    samples = 0
    for frame in container.decode(stream):
        for part in resampler.resample(frame):
            samples += part.samples
            rest.frombytes(bytes(part.planes[0])[: part.samples * 2])
        while len(rest) >= _STEP:
            peaks.append(_loudest(rest[:_STEP]))
            del rest[:_STEP]
        if samples > _LONGEST_S * _RATE:
            break
    if rest:
        peaks.append(_loudest(rest))
    return peaks, samples


def _loudest(samples: "array.array[int]") -> int:
    return max(*samples, -min(samples))


def _waveform(peaks: list[int]) -> str | None:
    """At most 256 bytes; the loudest of them is 255."""
    if not peaks:
        return None
    count = min(_SAMPLES, len(peaks))
    edges = [at * len(peaks) // count for at in range(count + 1)]
    means = [sum(peaks[start:end]) / (end - start) for start, end in pairwise(edges)]
    scale = 255 / max(1.0, *means)
    return base64.b64encode(bytes(round(mean * scale) for mean in means)).decode()
