"""Finds out what is in a file."""

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Final

from msgspec.structs import replace
from PIL import Image

from rift.media import thumbhash
from rift.media.failure import Unreadable
from rift.media.headers import Facts, read_facts
from rift.media.images import Opened, can_open, fitted, opened, still
from rift.media.installed import can_play_video
from rift.media.kinds import Kind, Source, head_of, kind_of
from rift.media.renditions import encode
from rift.media.tasks import PLACEHOLDER_VERSION, Limits, Made, Probe, Rendition

_PLACEHOLDER_SIDE: Final = 48
"""Enough for seven cosines, and quick."""


def probe(source: Source, limits: Limits) -> Probe:
    kind = kind_of(head_of(source))
    if can_open(kind):
        with opened(source, limits) as image:
            return _image(image)
    if kind.family == "video":
        return _film(kind, source, limits)
    if kind.family == "audio":
        return _heard(kind, source, read_facts(kind, source))
    return _told(kind, read_facts(kind, source))


def poster(source: Source, rendition: Rendition, limits: Limits) -> Made:
    """A picture out of a film."""
    picture = _first_picture(kind_of(head_of(source)), source, limits)
    size = fitted(picture.size, rendition.width, rendition.height)
    return encode(picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0), rendition)


def preview(source: Source, target: str, limits: Limits, report: Callable[[float], None]) -> Probe:
    """Written to the target; the answer says what that has become."""
    from rift.media.previews import preview as make  # noqa: PLC0415 - where it is installed

    Path(target).unlink(missing_ok=True)
    make(source, target, limits, report)
    return probe(target, limits)


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


def _told(kind: Kind, facts: Facts) -> Probe:
    length = facts.duration_secs
    return Probe(
        kind=kind.name,
        content_type=kind.content_type,
        width=facts.width or None,
        height=facts.height or None,
        duration_secs=None if length is None else round(length, 3),
    )


def _film(kind: Kind, source: Source, limits: Limits) -> Probe:
    """What cannot be decoded has a size and a length all the same, and no blur of it."""
    facts = read_facts(kind, source)
    if facts.width is None and facts.duration_secs:
        return _sound_alone(kind, source, facts)
    try:
        picture = _first_picture(kind, source, limits)
    except Unreadable:
        return _told(kind, facts)
    return replace(
        _told(kind, facts._replace(width=picture.width, height=picture.height)),
        placeholder=placeholder(picture),
        placeholder_version=PLACEHOLDER_VERSION,
    )


def _sound_alone(kind: Kind, source: Source, facts: Facts) -> Probe:
    """A film without pictures is a sound: browsers record voices like that."""
    content_type = kind.content_type.replace("video/", "audio/")
    return replace(_heard(kind, source, facts), content_type=content_type)


def _first_picture(kind: Kind, source: Source, limits: Limits) -> Image.Image:
    if not can_play_video():
        raise Unreadable("there is nothing here that plays films")
    from rift.media import playing  # noqa: PLC0415 - where it is installed, when it is needed

    return playing.poster(kind, source, limits)


def _heard(kind: Kind, source: Source, facts: Facts) -> Probe:
    if not can_play_video():
        return _told(kind, facts)
    from rift.media import playing  # noqa: PLC0415 - where it is installed, when it is needed

    try:
        heard = playing.listen(kind, source, facts.duration_secs)
    except Unreadable:
        return _told(kind, facts)
    length = facts._replace(duration_secs=heard.duration_secs)
    return replace(_told(kind, length), waveform=heard.waveform)
