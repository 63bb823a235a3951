"""The thumbhash of a picture is the one everybody else computes."""

import base64

import pytest

from rift.media import thumbhash


def pattern(width: int, height: int, seed: int, *, transparent: bool) -> bytes:
    """The picture the reference was given as well (https://github.com/evanw/thumbhash)."""
    pixels = bytearray()
    for y in range(height):
        for x in range(width):
            pixels += bytes(
                (x * 255 // width, y * 255 // height, (x * 7 + y * 13 + seed * 31) % 256)
            )
            pixels.append((x * y * 3 + seed) % 256 if transparent else 255)
    return bytes(pixels)


REFERENCE = [
    (32, 32, 3, True, "IAiGHQwHoZeQiKiZmoCSCvh4ECJAdmEnJw=="),
    (48, 12, 4, True, "YAiGGYoWoIqTe5mWkAv5WDJUYIdyOEg="),
    (40, 60, 8, True, "IPiFGwwHgJCHeIiAgAj4dxAhQnZRNiU="),
    (1, 1, 5, False, "DQMaNwEI9wiIh4hwj3CI+AiIcH/4AAAA"),
    (13, 7, 6, False, "HBgGdJpwlpbQcmcoo3WAYAj4eA=="),
    (100, 3, 7, False, "m1cKMZpgZseBiHiHoHAH+Ic="),
]
"""What the reference makes of it."""


@pytest.mark.parametrize(("width", "height", "seed", "transparent", "known"), REFERENCE)
def test_it_is_the_references(
    width: int, height: int, seed: int, transparent: bool, known: str
) -> None:
    made = thumbhash.encode(width, height, pattern(width, height, seed, transparent=transparent))
    assert base64.b64encode(made).decode() == known


def test_a_term_that_lies_between_two_steps_may_fall_to_either() -> None:
    """Zero is between two steps of four bits: the last bit of a cosine decides."""
    made = thumbhash.encode(100, 75, pattern(100, 75, 1, transparent=False))
    known = base64.b64decode("3wcKNZqAh3dweHiIiHiHiHCAB/iI")
    assert made[:5] == known[:5]
    steps = [
        abs((a >> shift & 15) - (b >> shift & 15))
        for a, b in zip(made, known, strict=True)
        for shift in (0, 4)
    ]
    assert max(steps[10:]) <= 1


def test_nothing_to_see_is_no_reason_to_fail() -> None:
    assert thumbhash.encode(4, 4, bytes(64))[2] & 0x80


def test_a_picture_that_is_too_large_is_refused() -> None:
    with pytest.raises(ValueError, match="100"):
        thumbhash.encode(101, 1, bytes(404))
