"""Finds out what is in a file."""

import base64
from typing import Final

from PIL import Image

from rift.media import thumbhash
from rift.media.images import Opened, can_open, fitted, opened, still
from rift.media.kinds import Source, head_of, kind_of
from rift.media.tasks import PLACEHOLDER_VERSION, Limits, Probe

_PLACEHOLDER_SIDE: Final = 48
"""Enough for seven cosines, and quick."""


def probe(source: Source, limits: Limits) -> Probe:
    kind = kind_of(head_of(source))
    if can_open(kind):
        with opened(source, limits) as image:
            return _image(image)
    return Probe(kind=kind.name, content_type=kind.content_type)


def placeholder(picture: Image.Image) -> str:
    """The picture's thumbhash, as the wire carries it."""
    size = fitted(picture.size, _PLACEHOLDER_SIDE, _PLACEHOLDER_SIDE)
    small = picture.resize(size, Image.Resampling.BOX).convert("RGBA")
    return base64.b64encode(thumbhash.encode(*small.size, small.tobytes())).decode()


def _image(original: Opened) -> Probe:
    width, height = original.displayed
    has_alpha = original.image.has_transparency_data
    size = fitted((width, height), _PLACEHOLDER_SIDE * 2, _PLACEHOLDER_SIDE * 2)
    return Probe(
        kind=original.kind.name,
        content_type=original.kind.content_type,
        width=width,
        height=height,
        animated=original.frames > 1,
        frames=original.frames,
        has_alpha=has_alpha,
        placeholder=placeholder(still(original, size)),
        placeholder_version=PLACEHOLDER_VERSION,
    )
