"""The thumbhash of a picture: some 25 bytes that unfold into a blur of it.

After the format by Evan Wallace (https://evanw.github.io/thumbhash/): means and a few cosine
terms of lightness, of two colour differences and of opacity, in four bits each.
"""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

LARGEST: Final = 100
"""Pixels of a side; a larger picture gives no better hash."""

_Plane = list[list[float]]


class _Terms(NamedTuple):
    """A plane as cosines: its mean, the varying terms between 0 and 1, and their scale."""

    mean: float
    varying: list[float]
    scale: float


class _Bits:
    """Numbers packed from the lowest bit on."""

    def __init__(self) -> None:
        self._value = 0
        self._length = 0

    def put(self, value: int, width: int) -> None:
        self._value |= value << self._length
        self._length += width

    def bytes(self) -> bytes:
        return self._value.to_bytes((self._length + 7) // 8, "little")


def encode(width: int, height: int, rgba: bytes) -> bytes:
    """The hash of an image of at most 100 by 100 pixels, four bytes each, not premultiplied."""
    if max(width, height) > LARGEST or len(rgba) != width * height * 4:
        raise ValueError("a thumbhash is made of a picture of at most 100 by 100 pixels")
    light, yellow, red, opacity = _planes(width, rgba)
    has_alpha = min(rgba[3::4]) < 255
    across, down = _terms_of(width, height, 5 if has_alpha else 7)
    terms = [
        _cosines(light, max(3, across), max(3, down)),
        _cosines(yellow, 3, 3),
        _cosines(red, 3, 3),
    ]
    if has_alpha:
        terms.append(_cosines(opacity, 5, 5))
    return _packed(terms, shorter=down if width > height else across, wide=width > height)


def _terms_of(width: int, height: int, most: int) -> tuple[int, int]:
    longest = max(width, height)
    return (
        max(1, _rounded(most * width / longest)),
        max(1, _rounded(most * height / longest)),
    )


def _packed(terms: Sequence[_Terms], *, shorter: int, wide: bool) -> bytes:
    light, yellow, red, *opacity = terms
    bits = _Bits()
    bits.put(_rounded(63 * light.mean), 6)
    bits.put(_rounded(31.5 + 31.5 * yellow.mean), 6)
    bits.put(_rounded(31.5 + 31.5 * red.mean), 6)
    bits.put(_rounded(31 * light.scale), 5)
    bits.put(len(opacity), 1)
    bits.put(shorter, 3)
    bits.put(_rounded(63 * yellow.scale), 6)
    bits.put(_rounded(63 * red.scale), 6)
    bits.put(int(wide), 1)
    for plane in opacity:
        bits.put(_rounded(15 * plane.mean), 4)
        bits.put(_rounded(15 * plane.scale), 4)
    for plane in terms:
        for term in plane.varying:
            bits.put(_rounded(15 * term), 4)
    return bits.bytes()


def _planes(width: int, rgba: bytes) -> tuple[_Plane, _Plane, _Plane, _Plane]:
    """Lightness, yellow against blue, red against green, opacity; laid upon the mean colour."""
    alphas = rgba[3::4]
    weight = sum(alphas)
    means = [
        sum(map(int.__mul__, rgba[channel::4], alphas)) / weight / 255 if weight else 0.0
        for channel in range(3)
    ]
    planes: tuple[list[float], ...] = ([], [], [], [])
    for at in range(0, len(rgba), 4):
        alpha = rgba[at + 3] / 255
        r, g, b = (
            mean * (1 - alpha) + alpha / 255 * value
            for mean, value in zip(means, rgba[at : at + 3], strict=True)
        )
        for plane, value in zip(
            planes, ((r + g + b) / 3, (r + g) / 2 - b, r - g, alpha), strict=True
        ):
            plane.append(value)
    light, yellow, red, opacity = (_rows(plane, width) for plane in planes)
    return light, yellow, red, opacity


def _rows(plane: list[float], width: int) -> _Plane:
    return [plane[at : at + width] for at in range(0, len(plane), width)]


def _cosines(plane: _Plane, across: int, down: int) -> _Terms:
    """The low frequencies in the corner cut off by the diagonal; rows first, then columns."""
    width, height = len(plane[0]), len(plane)
    sums = [
        [sum(map(float.__mul__, row, wave)) for row in plane]
        for wave in (_wave(width, at) for at in range(across))
    ]
    values: list[float] = []
    for y in range(down):
        wave = _wave(height, y)
        values += [
            sum(map(float.__mul__, sums[x], wave)) / (width * height)
            for x in range(across)
            if x * down < across * (down - y)
        ]
    mean, *varying = values
    scale = max(map(abs, varying), default=0.0)
    if scale:
        varying = [0.5 + 0.5 / scale * value for value in varying]
    return _Terms(mean, varying, scale)


def _wave(length: int, frequency: int) -> list[float]:
    return [math.cos(math.pi / length * frequency * (at + 0.5)) for at in range(length)]


def _rounded(value: float) -> int:
    """Halves go up, as the format's reference has it."""
    return math.floor(value + 0.5)
