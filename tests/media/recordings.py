"""Small real films and sounds of every kind, made by the tests."""

import array
import io
import math
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import av
from PIL import Image

RATE = 48_000

FILMS = {
    "mp4": ("mp4", "libx264"),
    "mov": ("mov", "libx264"),
    "webm": ("webm", "libvpx-vp9"),
    "mkv": ("matroska", "libx264"),
}
SOUNDS = {
    "mp3": ("mp3", "libmp3lame"),
    "ogg": ("ogg", "libopus"),
    "m4a": ("ipod", "aac"),
    "wav": ("wav", "pcm_s16le"),
    "flac": ("flac", "flac"),
    "aac": ("adts", "aac"),
}
VOICES = {"webm": ("webm", "libopus"), "mp4": ("mp4", "aac")}
"""Sounds in containers of films."""


def film(
    kind: str = "mp4",
    *,
    seconds: float = 1.0,
    size: tuple[int, int] = (96, 64),
    rotation: int = 0,
    dark_s: float = 0.0,
    sound: bool = False,
    **options: Any,
) -> bytes:
    """A red left half beside blue; black at first, if so wished."""
    container, codec = FILMS[kind]
    with (
        NamedTemporaryFile() as place,
        av.open(place.name, "w", format=container, container_options=options) as made,
    ):
        stream = made.add_stream(codec, rate=20)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        if rotation:
            stream.set_display_rotation(rotation)
        heard = made.add_stream("libopus", rate=RATE) if sound else None
        for at in range(int(seconds * 20)):
            frame = av.VideoFrame.from_image(_picture(size, dark=at < dark_s * 20))
            frame.pts = at
            frame.time_base = Fraction(1, 20)
            made.mux(stream.encode(frame))
        made.mux(stream.encode(None))
        if heard is not None:
            for tone in _tones(seconds):
                made.mux(heard.encode(tone))
            made.mux(heard.encode(None))
        made.close()
        return Path(place.name).read_bytes()


def sound(kind: str = "ogg", *, seconds: float = 2.0, **options: Any) -> bytes:
    """Silence in the first half, then a tone."""
    container, codec = {**SOUNDS, **VOICES}[kind]
    out = io.BytesIO()
    with av.open(out, "w", format=container, container_options=options) as made:
        stream = made.add_stream(codec, rate=RATE, layout="mono")
        for tone in _tones(seconds):
            made.mux(stream.encode(tone))
        made.mux(stream.encode(None))
    return out.getvalue()


def _picture(size: tuple[int, int], *, dark: bool) -> Image.Image:
    image = Image.new("RGB", size, (0, 0, 0) if dark else (20, 20, 220))
    if not dark:
        image.paste((220, 20, 20), (0, 0, size[0] // 2, size[1]))
    return image


def _tones(seconds: float) -> Iterator[av.AudioFrame]:
    step = RATE // 50
    total = int(seconds * 50)
    for at in range(total):
        loud = 20_000 if at >= total // 2 else 0
        samples = array.array(
            "h", (round(loud * math.sin(index * 440 * math.tau / RATE)) for index in range(step))
        )
        frame = av.AudioFrame(format="s16", layout="mono", samples=step)
        frame.planes[0].update(samples.tobytes())
        frame.sample_rate = RATE
        frame.pts = at * step
        frame.time_base = Fraction(1, RATE)
        yield frame
