"""Draws the pictures of people who have none: strata of one hue, cut by a fault and slipped."""

import math
from typing import Final, NamedTuple

from PIL import Image, ImageDraw

from rift.media.colours import oklch
from rift.media.renditions import encode
from rift.media.tasks import Made, Rendition

_UNITS: Final = 40
"""The picture is drawn on a field of 40 by 40, like those that clients draw from an id."""

_FINENESS: Final = 4
_FINEST: Final = 1024
"""Drawn at least so many pixels wide and made smaller, so that no edge is jagged."""

_LARGEST: Final = 512
_STEPS: Final = 24
_GAP: Final = 1.1
_SHADES: Final = ((0.88, 0.05), (0.76, 0.095), (0.6, 0.115), (0.44, 0.085), (0.3, 0.045))
"""Lightness and chroma of the bands, which repeat."""

Point = tuple[float, float]


class _Strata(NamedTuple):
    """One hue; bands with a top, a swell and a turn of the hue each; the fault and the slip."""

    hue: float
    first_shade: int
    tilt: float
    slip: float
    fault_top: float
    fault_foot: float
    tops: tuple[float, ...]
    swells: tuple[float, ...]
    turns: tuple[float, ...]


AVATARS: Final = (
    _Strata(
        *(50, 4, -17, 5.2, 25.4, 15.0),
        tops=(-16, -6, 2, 11, 21, 30),
        swells=(1.8, -2.4, 2.1, 2.6, -1.8, 1.4),
        turns=(2, 12, -6, 4, 8, -14),
    ),
    _Strata(
        *(195, 4, 14, -5.0, 20.2, 22.4),
        tops=(-16, -7, 3, 13, 22, 31),
        swells=(1.2, 2.2, -2.0, 1.8, -2.4, 1.0),
        turns=(8, -8, 16, 2, -10, 4),
    ),
    _Strata(
        *(292, 4, -9, 5.6, 22.6, 16.4),
        tops=(-16, -10, 5, 13, 23, 33),
        swells=(-1.4, 2.4, -1.6, 2.2, 1.8, -2.0),
        turns=(-10, 4, 12, -4, 6, -12),
    ),
    _Strata(
        *(155, 0, -23, 5.0, 26.0, 13.6),
        tops=(-16, -6, 6, 16, 27, 46),
        swells=(1.6, -2.0, 2.4, -1.4, 2.0, 1.6),
        turns=(6, -14, 4, 12, -4, 2),
    ),
    _Strata(
        *(12, 0, 19, 5.4, 16.8, 25.0),
        tops=(-16, -8, 6, 17, 29, 50),
        swells=(2.0, -1.8, 2.6, 1.4, -2.2, 1.8),
        turns=(-6, 10, 2, -10, 6, 10),
    ),
    _Strata(
        *(247, 4, 10, -5.6, 24.0, 18.4),
        tops=(-16, -12, 8, 19, 28, 36),
        swells=(1.0, -2.2, 2.4, -2.0, 2.0, 1.2),
        turns=(4, -6, 10, -2, 6, -8),
    ),
)
"""The six that `embed/avatars/{0-5}.png` stands for."""


def avatar(index: int, size: int) -> Made:
    """One of the six, square; who shows it cuts it round."""
    return encode(picture(index, min(size, _LARGEST)), Rendition(format="png"))


def picture(index: int, size: int) -> Image.Image:
    """The same, to be put into another picture."""
    strata = AVATARS[index % len(AVATARS)]
    side = max(_FINEST, size * _FINENESS)
    drawn = Image.new("RGB", (side, side), oklch(0.9, 0.06, strata.hue))
    for slip, outline in zip((0.0, strata.slip), _slabs(strata), strict=True):
        mask = Image.new("L", drawn.size)
        ImageDraw.Draw(mask).polygon(_scaled(outline, side), fill=255)
        drawn.paste(_rock(strata, slip, side), mask=mask)
    return drawn.resize((size, size), Image.Resampling.BOX)


def _slabs(strata: _Strata) -> tuple[list[Point], list[Point]]:
    """What lies left and right of the fault, with a sliver of light between."""
    top, foot = strata.fault_top, strata.fault_foot
    left: list[Point] = [(-10, -10), (top, -10), (foot, 50), (-10, 50)]
    right: list[Point] = [(top + _GAP, -10), (50, -10), (50, 50), (foot + _GAP, 50)]
    return left, right


def _rock(strata: _Strata, slip: float, side: int) -> Image.Image:
    """The bands from the top down, each over what lies below the one before."""
    picture = Image.new("RGB", (side, side), oklch(0.9, 0.06, strata.hue))
    draw = ImageDraw.Draw(picture)
    bands = zip(strata.tops, strata.swells, strata.turns, strict=True)
    for shade, (top, swell, turn) in enumerate(bands, strata.first_shade):
        lightness, chroma = _SHADES[shade % len(_SHADES)]
        outline = [(x, y + slip) for x, y in _tilted(_band(top, swell), strata.tilt)]
        draw.polygon(_scaled(outline, side), fill=oklch(lightness, chroma, strata.hue + turn))
    return picture


def _band(top: float, swell: float) -> list[Point]:
    """One wave along the top, and far down on both sides."""
    wave = [
        (x, top + swell * math.sin(math.pi * (x + 20) / 40) / 2)
        for x in (80 * step / _STEPS - 20 for step in range(_STEPS + 1))
    ]
    return [*wave, (60, top + 80), (-20, top + 80)]


def _tilted(points: list[Point], degrees: float) -> list[Point]:
    middle = _UNITS / 2
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return [
        (
            middle + (x - middle) * cos - (y - middle) * sin,
            middle + (x - middle) * sin + (y - middle) * cos,
        )
        for x, y in points
    ]


def _scaled(points: list[Point], side: int) -> list[Point]:
    return [(x * side / _UNITS, y * side / _UNITS) for x, y in points]
