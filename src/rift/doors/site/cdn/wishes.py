"""How somebody wants an image: what the query, the extension and the Accept header say."""

from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import parse_qsl

from rift.doors.site.cdn.routes import FORMATS, Place, Shown
from rift.media import Format, Kind, Rendition

_SIZES: Final = frozenset(str(1 << power) for power in range(4, 13))
_LARGEST: Final = 4096
_MOST_FIELDS: Final = 32
_TRUTHS: Final = {"true": True, "1": True, "false": False, "0": False}
_NATIVE: Final[Mapping[str, Format]] = {
    "png": "png",
    "apng": "png",
    "jpeg": "jpeg",
    "gif": "gif",
    "webp": "webp",
    "avif": "avif",
    "bmp": "png",
}
"""The format in which an image stays what it is."""

_MAY_MOVE: Final = frozenset({"apng", "gif", "webp", "avif"})


class BadWish(Exception):
    """The query asks for something that no image has."""


class NotAnImage(Exception):
    """What lies there cannot be shown as is asked."""


class Wish(NamedTuple):
    """What is asked of an image; None is whatever fits."""

    format: Format | None = None
    width: int | None = None
    height: int | None = None
    quality: int | None = None
    lossless: bool = False
    moving: bool | None = None
    accepted: frozenset[Format] = frozenset()

    @property
    def is_plain(self) -> bool:
        """Whether nothing is asked but the image."""
        return (self.width, self.height, self.quality, self.lossless) == (None, None, None, False)


def read(query: str, accept: str) -> Wish:
    """What a query asks for; of the names we do not know nothing is thought."""
    try:
        fields = dict(parse_qsl(query, keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError as error:
        raise BadWish from error
    side = _size(fields.get("size"))
    lossless = fields.get("quality") == "lossless"
    return Wish(
        format=_format(fields.get("format")),
        width=_number(fields.get("width"), _LARGEST) or side,
        height=_number(fields.get("height"), _LARGEST) or side,
        quality=None if lossless else _number(fields.get("quality"), 100),
        lossless=lossless,
        moving=_truth(fields.get("animated")),
        accepted=_accepted(accept),
    )


def choose(wish: Wish, place: Place, kind: Kind) -> Rendition | None:
    """The rendition that does it; None where the file itself does."""
    native = _NATIVE.get(kind.name)
    if kind.family == "video" and place.shown is Shown.RENDITION and wish.format:
        return _rendition(wish, wish.format)
    if place.lottie or native is None:
        if place.shown is Shown.EITHER and place.lottie and kind.name == "lottie":
            return None
        raise NotAnImage
    can_move = kind.name in _MAY_MOVE if place.moves is None else place.moves
    wanted = place.format or wish.format
    if wanted == "gif" and place.moves is False:
        raise NotAnImage
    moving = can_move and (wish.moving if wish.moving is not None else wanted in {None, "gif"})
    chosen = wanted or _negotiated(wish, native, moves=moving)
    untouched = wish.is_plain and chosen == native and moving == can_move
    if untouched and place.shown is Shown.EITHER:
        return None
    return _rendition(wish, chosen, moving=moving)


def _rendition(wish: Wish, chosen: Format, *, moving: bool = False) -> Rendition:
    return Rendition(
        format=chosen,
        width=wish.width,
        height=wish.height,
        quality=wish.quality,
        lossless=wish.lossless,
        animated=moving,
    )


def _negotiated(wish: Wish, native: Format, *, moves: bool) -> Format:
    """The smallest that the asker reads; films are not made in AVIF, which takes too long."""
    if "avif" in wish.accepted and not moves:
        return "avif"
    return "webp" if "webp" in wish.accepted else native


def _accepted(accept: str) -> frozenset[Format]:
    """The newer formats that an Accept header names; `image/*` was said before they came."""
    named = {part.partition(";")[0].strip().lower() for part in accept.split(",")}
    newer: tuple[Format, ...] = ("webp", "avif")
    return frozenset(name for name in newer if f"image/{name}" in named)


def _format(text: str | None) -> Format | None:
    if text is None:
        return None
    if text.lower() not in FORMATS:
        raise BadWish
    return FORMATS[text.lower()]


def _size(text: str | None) -> int | None:
    if text is None:
        return None
    if text not in _SIZES:
        raise BadWish
    return int(text)


def _number(text: str | None, most: int) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= most):
        raise BadWish
    return int(text)


def _truth(text: str | None) -> bool | None:
    if text is None:
        return None
    if text.lower() not in _TRUTHS:
        raise BadWish
    return _TRUTHS[text.lower()]
