"""Images go through worker processes: looked into, made smaller, drawn anew."""

import base64
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from rift.media import Format, Rendition, Unreadable, Workshop
from tests.media import pictures

STILLS = {
    "png": ("PNG", "image/png"),
    "jpeg": ("JPEG", "image/jpeg"),
    "gif": ("GIF", "image/gif"),
    "webp": ("WEBP", "image/webp"),
    "avif": ("AVIF", "image/avif"),
    "bmp": ("BMP", "image/bmp"),
}
FILMS = {"apng": "PNG", "gif": "GIF", "webp": "WEBP", "avif": "AVIF"}


@pytest.fixture(scope="module")
async def workshop() -> AsyncIterator[Workshop]:
    async with Workshop() as opened:
        yield opened


@pytest.mark.parametrize("kind", STILLS)
async def test_every_kind_of_image_tells_what_it_is(workshop: Workshop, kind: str) -> None:
    pillow, content_type = STILLS[kind]
    found = await workshop.probe(pictures.encoded(pictures.picture(64, 48), pillow))
    assert (found.kind, found.content_type) == (kind, content_type)
    assert (found.width, found.height) == (64, 48)
    assert not found.animated
    assert not found.has_alpha
    assert found.placeholder_version == 1
    assert 5 <= len(base64.b64decode(found.placeholder or "")) <= 28


@pytest.mark.parametrize("kind", FILMS)
async def test_what_moves_is_known_to_move(workshop: Workshop, kind: str) -> None:
    found = await workshop.probe(pictures.film(FILMS[kind], frames=5))
    assert (found.kind, found.animated, found.frames) == (kind, True, 5)


async def test_transparency_is_seen(workshop: Workshop) -> None:
    found = await workshop.probe(pictures.encoded(pictures.picture(mode="RGBA"), "PNG"))
    assert found.has_alpha


async def test_a_file_is_read_from_its_path_whatever_it_is_called(
    workshop: Workshop, tmp_path: Path
) -> None:
    path = tmp_path / "poem.txt"
    path.write_bytes(pictures.encoded(pictures.picture(), "PNG"))
    assert (await workshop.probe(path, "poem.txt")).kind == "png"


@pytest.mark.parametrize("orientation", range(1, 9))
async def test_size_and_picture_are_as_people_see_them(
    workshop: Workshop, orientation: int
) -> None:
    photo = pictures.travelled(orientation)
    upright = (80, 40) if orientation < 5 else (40, 80)
    found = await workshop.probe(photo)
    assert (found.width, found.height) == upright
    made = pictures.decoded((await workshop.render(photo, Rendition(format="png"))).data)
    assert made.size == upright
    right, below = orientation in {2, 3}, orientation in {7, 8}
    corner = (made.width - 2 if right else 1, made.height - 2 if below else 1)
    red, green, _ = made.convert("RGB").getpixel(corner)
    assert red > 180
    assert green < 90


@pytest.mark.parametrize("wanted", ["png", "jpeg", "webp", "avif", "gif"])
async def test_a_rendition_fits_its_box_and_tells_nothing_of_its_past(
    workshop: Workshop, wanted: Format
) -> None:
    made = await workshop.render(
        pictures.travelled(), Rendition(format=wanted, width=20, height=30)
    )
    image = pictures.decoded(made.data)
    assert (made.width, made.height) == image.size == (15, 30)
    assert made.content_type == f"image/{wanted}"
    assert image.format == wanted.upper()
    assert not dict(image.getexif())
    assert not {"icc_profile", "exif", "comment", "xmp"} & set(image.info)
    assert b"somebody" not in made.data


async def test_nothing_is_made_larger_than_it_was(workshop: Workshop) -> None:
    made = await workshop.render(
        pictures.encoded(pictures.picture(30, 20), "PNG"), Rendition(width=600, height=600)
    )
    assert (made.width, made.height) == (30, 20)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGB", "RGBA", "I;16"])
@pytest.mark.parametrize("wanted", ["png", "jpeg", "webp", "avif", "gif"])
async def test_every_mode_of_pixels_becomes_every_format(
    workshop: Workshop, mode: str, wanted: Format
) -> None:
    grey = Image.new("L", (40, 30), 128)
    image = Image.new(mode, (40, 30), 128 * 256) if mode == "I;16" else grey.convert(mode)
    made = await workshop.render(pictures.encoded(image, "PNG"), Rendition(format=wanted, width=20))
    pixel = pictures.decoded(made.data).convert("RGB").getpixel((5, 5))
    assert all(abs(value - 128) < 12 for value in pixel)


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
async def test_colours_come_out_of_their_profile(workshop: Workshop, mode: str) -> None:
    image = Image.new(mode, (16, 16), (250, 10, 10))
    data = pictures.encoded(image, "PNG", icc_profile=pictures.swapped_profile())
    made = await workshop.render(data, Rendition(format="png"))
    red, green, _ = pictures.decoded(made.data).convert("RGB").getpixel((8, 8))
    assert green > 200
    assert red < 90


async def test_a_profile_that_is_none_is_left_out(workshop: Workshop) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    image = Image.new("RGB", (16, 16), (200, 30, 30))
    plain = await workshop.render(pictures.encoded(image, "PNG"), Rendition(format="png"))
    foreign = await workshop.render(
        pictures.encoded(image, "PNG", icc_profile=lab), Rendition(format="png")
    )
    broken = await workshop.render(
        pictures.encoded(image, "PNG", icc_profile=b"no profile"), Rendition(format="png")
    )
    assert plain.data == broken.data
    assert "icc_profile" not in pictures.decoded(foreign.data).info


async def test_two_pictures_in_one_photo_do_not_move(workshop: Workshop) -> None:
    """As telephones write them: a second one, for depth or brightness, behind the first."""
    first, second = pictures.picture(80, 40), pictures.picture(40, 20)
    photo = pictures.encoded(first, "MPO", save_all=True, append_images=[second])
    found = await workshop.probe(photo)
    assert (found.kind, found.width, found.frames, found.animated) == ("jpeg", 80, 1, False)
    made = await workshop.sanitise(photo)
    assert (made.kind, made.width, made.height) == ("jpeg", 80, 40)
    assert len(made.data) < len(photo)


async def test_ink_becomes_light(workshop: Workshop) -> None:
    ink = Image.new("CMYK", (16, 16), (0, 255, 255, 0))
    made = await workshop.render(pictures.encoded(ink, "JPEG"), Rendition(format="png"))
    red, green, blue = pictures.decoded(made.data).convert("RGB").getpixel((8, 8))
    assert red > 200
    assert max(green, blue) < 90


@pytest.mark.parametrize("kind", FILMS)
@pytest.mark.parametrize("wanted", ["png", "gif", "webp", "avif"])
async def test_what_moves_goes_on_moving_when_asked(
    workshop: Workshop, kind: str, wanted: Format
) -> None:
    film = pictures.film(FILMS[kind], frames=4)
    moving = Rendition(format=wanted, width=16, height=16, animated=True)
    made = await workshop.render(film, moving)
    found = await workshop.probe(made.data)
    assert made.animated
    assert (found.frames, found.width, found.height) == (4, 16, 12)
    image = pictures.decoded(made.data)
    image.seek(2)
    image.load()
    assert image.info["duration"] == 50
    assert abs(image.convert("RGB").getpixel((3, 3))[0] - 127) < 12


def ghosts(kind: str) -> bytes:
    """A square that walks over nothing; in a WebP not quite dense, or Pillow says it covers all."""
    dense = 250 if kind == "WEBP" else 255
    frames = [Image.new("RGBA", (40, 20)) for _ in range(4)]
    for at, frame in enumerate(frames):
        frame.paste((200, 40, 40, dense), (at * 10, 0, at * 10 + 10, 20))
    return pictures.encoded(
        frames[0],
        kind,
        save_all=True,
        append_images=frames[1:],
        duration=50,
        **({"disposal": 2} if kind == "GIF" else {}),
    )


@pytest.mark.parametrize("kind", FILMS)
@pytest.mark.parametrize("wanted", ["png", "gif", "webp", "avif"])
async def test_what_was_transparent_stays_so_in_every_frame(
    workshop: Workshop, kind: str, wanted: Format
) -> None:
    made = await workshop.render(ghosts(FILMS[kind]), Rendition(format=wanted, animated=True))
    image = pictures.decoded(made.data)
    for at in range(4):
        image.seek(at)
        shown = image.convert("RGBA")
        here = [shown.getpixel((column * 10 + 5, 10)) for column in range(4)]
        assert [alpha > 128 for *_, alpha in here] == [column == at for column in range(4)]
        assert here[at][0] > 150


async def test_what_moves_stands_still_when_not_asked(workshop: Workshop) -> None:
    made = await workshop.render(pictures.film("GIF"), Rendition(format="webp"))
    assert not made.animated
    assert not (await workshop.probe(made.data)).animated


@pytest.mark.parametrize("loop", [None, 0, 3])
async def test_an_animation_ends_when_it_ended_before(workshop: Workshop, loop: int | None) -> None:
    frames = [Image.new("RGB", (8, 8), (index * 60, 0, 0)) for index in range(3)]
    times = {} if loop is None else {"loop": loop}
    film = pictures.encoded(
        frames[0], "GIF", save_all=True, append_images=frames[1:], duration=50, **times
    )
    made = await workshop.sanitise(film)
    assert pictures.decoded(made.data).info.get("loop") == loop


@pytest.mark.parametrize("kind", ["png", "jpeg", "gif", "webp", "avif"])
async def test_a_chosen_image_keeps_its_kind_and_nothing_else(
    workshop: Workshop, kind: str
) -> None:
    pillow, content_type = STILLS[kind]
    exif = Image.Exif()
    exif[0x010F] = "Camera of somebody"
    kept = {} if kind == "gif" else {"exif": exif}
    made = await workshop.sanitise(pictures.encoded(pictures.picture(), pillow, **kept))
    assert (made.kind, made.content_type) == (kind, content_type)
    assert (made.width, made.height) == (64, 48)
    assert b"somebody" not in made.data


@pytest.mark.parametrize("kind", FILMS)
async def test_a_chosen_animation_is_still_one(workshop: Workshop, kind: str) -> None:
    made = await workshop.sanitise(pictures.film(FILMS[kind], frames=3))
    found = await workshop.probe(made.data)
    assert (made.kind, made.animated) == (kind, True)
    assert (found.kind, found.frames) == (kind, 3)


async def test_a_file_that_is_no_image_is_not_made_one(workshop: Workshop) -> None:
    with pytest.raises(Unreadable):
        await workshop.render(b"<svg xmlns='http://www.w3.org/2000/svg'/>", Rendition())
    assert (await workshop.probe(b"%PDF-1.7\n")).content_type == "application/pdf"
