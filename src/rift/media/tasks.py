"""What the workshop asks of a worker and what it is answered, and how that travels."""

from typing import Final, Literal

import msgspec

from rift.media.kinds import Source

Format = Literal["png", "jpeg", "webp", "avif", "gif"]

PLACEHOLDER_VERSION: Final = 1
"""Of thumbhash, the only one there is."""

READY: Final = b"ready\n"
"""What a worker says before anything else."""

LENGTH_BYTES: Final = 4
LARGEST_FRAME: Final = 256 * 1024 * 1024


class Probe(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What is in a file. What a kind does not have, or nobody could find out, is null."""

    kind: str
    content_type: str
    width: int | None = None
    """As it is shown: with the orientation applied."""
    height: int | None = None
    animated: bool = False
    frames: int = 1
    has_alpha: bool = False
    duration_secs: float | None = None
    waveform: str | None = None
    placeholder: str | None = None
    placeholder_version: int | None = None


class Rendition(msgspec.Struct, frozen=True, kw_only=True):
    """How an image is to be made: to fit into a box, never larger than it is."""

    format: Format = "webp"
    width: int | None = None
    height: int | None = None
    quality: int | None = None
    lossless: bool = False
    animated: bool = False
    """Whether what moves goes on moving, where the format can; else its first frame is made."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What a file may ask of a worker before it counts as hostile."""

    pixels: int = 64_000_000
    """Of one picture."""
    animation_pixels: int = 512_000_000
    """Of all frames together."""
    frames: int = 1000
    cpu_s: int = 30


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    """About a file that lies at a path, or that is sent along."""

    path: str = ""
    data: bytes = b""
    limits: Limits

    @property
    def source(self) -> Source:
        return self.path or self.data


class ProbeTask(_Asked, frozen=True, kw_only=True, tag=True):
    pass


class RenderTask(_Asked, frozen=True, kw_only=True, tag=True):
    rendition: Rendition


class SanitiseTask(_Asked, frozen=True, kw_only=True, tag=True):
    pass


class PosterTask(_Asked, frozen=True, kw_only=True, tag=True):
    rendition: Rendition


class PreviewTask(_Asked, frozen=True, kw_only=True, tag=True):
    target: str


class AvatarTask(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    index: int
    size: int
    limits: Limits


class WidgetTask(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    style: str
    name: str
    online: int
    icon: bytes
    limits: Limits


Task = ProbeTask | RenderTask | SanitiseTask | PosterTask | PreviewTask | AvatarTask | WidgetTask


class Made(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A picture that was made here."""

    data: bytes
    kind: str
    content_type: str
    width: int
    height: int
    animated: bool = False


class Refused(msgspec.Struct, frozen=True, tag=True):
    """The file is not readable; for people, why."""

    reason: str


class Progress(msgspec.Struct, frozen=True, tag=True):
    """Not the answer yet: the share of the work that is done."""

    share: float


Answer = Made | Probe | Refused
Said = Answer | Progress

_encode: Final = msgspec.msgpack.Encoder().encode


def frame(message: Task | Said) -> tuple[bytes, bytes]:
    """The length and the message, not joined: a message may be large."""
    body = _encode(message)
    return len(body).to_bytes(LENGTH_BYTES, "big"), body
