"""Who has no picture is given one: six of them, of one family and easily told apart."""

from collections.abc import AsyncIterator
from itertools import combinations

import pytest
from PIL import Image, ImageChops, ImageStat

from rift.media import Workshop
from rift.media.colours import oklch
from tests.media import pictures


@pytest.fixture(scope="module")
async def workshop() -> AsyncIterator[Workshop]:
    async with Workshop() as opened:
        yield opened


@pytest.mark.parametrize("size", [16, 40, 128, 512])
async def test_each_is_a_square_png_of_the_size_asked_for(workshop: Workshop, size: int) -> None:
    made = await workshop.avatar(0, size)
    assert (made.kind, made.content_type) == ("png", "image/png")
    assert pictures.decoded(made.data).size == (made.width, made.height) == (size, size)


async def test_none_is_larger_than_it_is_worth(workshop: Workshop) -> None:
    made = await workshop.avatar(1, 4096)
    assert (made.width, made.height) == (512, 512)


async def test_they_are_told_apart_even_when_they_are_small(workshop: Workshop) -> None:
    small = [pictures.decoded((await workshop.avatar(index, 16)).data) for index in range(6)]
    for one, other in combinations(small, 2):
        assert max(ImageStat.Stat(ImageChops.difference(one, other)).mean) > 25


async def test_they_are_the_same_at_every_place(workshop: Workshop) -> None:
    assert await workshop.avatar(3, 64) == await workshop.avatar(3, 64)
    assert (await workshop.avatar(9, 64)).data == (await workshop.avatar(3, 64)).data


async def test_the_fault_lets_light_through(workshop: Workshop) -> None:
    """Across the middle there is one place lighter than what is beside it."""
    image = pictures.decoded((await workshop.avatar(0, 256)).data).convert("L")
    middle: Image.Image = image.crop((0, 128, 256, 129))
    row = list(middle.tobytes())
    brightest = max(range(256), key=row.__getitem__)
    assert 90 < brightest < 166
    assert row[brightest] > row[brightest - 12] + 60


def test_colours_are_those_a_browser_shows() -> None:
    assert oklch(1, 0, 0) == (255, 255, 255)
    assert oklch(0, 0, 0) == (0, 0, 0)
    assert oklch(0.627955, 0.257683, 29.2339) == (255, 0, 0)
    assert oklch(0.86644, 0.294827, 142.4953) == (0, 255, 0)
