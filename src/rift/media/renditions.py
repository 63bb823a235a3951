"""Makes new images of old ones: smaller, upright, in sRGB, and without a word about their past."""

import io
from typing import Any, Final

from PIL import Image

from rift.media.films import Film
from rift.media.images import Opened, check_film, fitted, opened, still
from rift.media.kinds import Source
from rift.media.tasks import Format, Limits, Made, Rendition

_MOVING: Final = frozenset({"png", "gif", "webp", "avif"})
_QUALITY: Final = {"jpeg": 82, "webp": 80, "avif": 62}
_CAREFUL: Final = {"jpeg": 92, "webp": 92, "avif": 82}
"""For what is kept in the place of the original."""

_VP8X_ALPHA: Final = 0x10
_PAPER: Final = (255, 255, 255)
"""What lies under a transparent picture where the format has no transparency."""

_KEPT: Final[dict[str, Format]] = {
    "png": "png",
    "apng": "png",
    "jpeg": "jpeg",
    "gif": "gif",
    "webp": "webp",
    "avif": "avif",
    "bmp": "png",
}


def render(source: Source, rendition: Rendition, limits: Limits) -> Made:
    """A rendition: fitted into its box, moving only if that was asked for and is possible."""
    with opened(source, limits) as original:
        return _made(original, rendition, limits)


def sanitise(source: Source, limits: Limits) -> Made:
    """The image as large and as lively as it was, drawn anew: nothing but pixels is left."""
    with opened(source, limits) as original:
        kept = _KEPT[original.kind.name]
        careful = Rendition(format=kept, quality=_CAREFUL.get(kept), animated=True)
        return _made(original, careful, limits)


def encode(picture: Image.Image, rendition: Rendition) -> Made:
    """One picture in the format asked for."""
    chosen = rendition.format
    if chosen == "jpeg" and picture.mode == "RGBA":
        picture = _on_paper(picture)
    out = io.BytesIO()
    picture.save(out, chosen.upper(), **_options(rendition))
    return _finished(out, chosen, picture.size)


def _made(original: Opened, rendition: Rendition, limits: Limits) -> Made:
    size = fitted(original.displayed, rendition.width, rendition.height)
    if not (rendition.animated and original.frames > 1 and rendition.format in _MOVING):
        return encode(still(original, size), rendition)
    check_film(original, limits)
    film = Film(original, size)
    out = io.BytesIO()
    film.save(
        out,
        rendition.format.upper(),
        save_all=True,
        duration=film.durations_ms,
        **film.repeats(rendition.format),
        **_options(rendition, film=True),
    )
    if rendition.format == "webp" and film.has_alpha:
        _note_alpha(out)
    return _finished(out, rendition.format, size, animated=True)


def _note_alpha(out: io.BytesIO) -> None:
    """Say in the header that there is transparency.

    The writer says so only if a piece it kept has some; where opaque pieces move over nothing,
    readers that believe the header would show black.
    """
    header = out.getbuffer()
    if bytes(header[12:16]) == b"VP8X":
        header[20] |= _VP8X_ALPHA
    header.release()


def _options(rendition: Rendition, *, film: bool = False) -> dict[str, Any]:
    quality = rendition.quality or _QUALITY.get(rendition.format, 0)
    match rendition.format:
        case "jpeg":
            return {"quality": quality, "optimize": True, "progressive": True}
        case "webp":
            method = 2 if film else 4
            return {"quality": quality, "lossless": rendition.lossless, "method": method}
        case "avif":
            exact = {"quality": 100, "subsampling": "4:4:4"}
            chosen = exact if rendition.lossless else {"quality": quality}
            return {**chosen, "speed": 9 if film else 8, "max_threads": 1}
        case "gif":
            return {"disposal": 2} if film else {}
        case "png":
            return {}


def _on_paper(picture: Image.Image) -> Image.Image:
    paper = Image.new("RGB", picture.size, _PAPER)
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def _finished(
    out: io.BytesIO, chosen: Format, size: tuple[int, int], *, animated: bool = False
) -> Made:
    kind = "apng" if animated and chosen == "png" else chosen
    return Made(
        data=out.getvalue(),
        kind=kind,
        content_type=f"image/{chosen}",
        width=size[0],
        height=size[1],
        animated=animated,
    )
