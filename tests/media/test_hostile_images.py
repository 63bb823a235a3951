"""Images that want to harm end as unreadable: soon, in little memory, and the next one is read."""

import io
import struct
import time
import zlib
from collections.abc import AsyncIterator
from functools import cache

import pytest
from PIL import Image

from rift.media import Limits, Rendition, Unreadable, Workshop
from tests.media import pictures

PNG = b"\x89PNG\r\n\x1a\n"


def chunk(name: bytes, data: bytes) -> bytes:
    body = name + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png(*extra: bytes, width: int = 8, height: int = 8) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress(bytes(9 * 8))
    return PNG + header + b"".join(extra) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@cache
def bomb() -> bytes:
    return zlib.compress(bytes(300_000_000), 9)


@pytest.fixture(scope="module")
async def workshop() -> AsyncIterator[Workshop]:
    async with Workshop(workers=1, memory_bytes=512 * 1024 * 1024, deadline_s=20) as opened:
        yield opened


async def refused(workshop: Workshop, data: bytes) -> None:
    """By everything that looks at pixels, within a second; and the workshop still works."""
    for work in (
        lambda: workshop.probe(data),
        lambda: workshop.render(data, Rendition(width=64)),
        lambda: workshop.sanitise(data),
    ):
        start = time.monotonic()
        with pytest.raises(Unreadable):
            await work()
        assert time.monotonic() - start < 2
    assert (await workshop.probe(png())).width == 8


async def test_a_small_file_that_is_huge(workshop: Workshop) -> None:
    await refused(workshop, png(width=60_000, height=60_000))


@pytest.mark.parametrize("size", [(65_500, 65_500), (9000, 9000)])
async def test_a_jpeg_that_says_it_is_huge(workshop: Workshop, size: tuple[int, int]) -> None:
    data = bytearray(pictures.encoded(pictures.picture(), "JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", *size)
    await refused(workshop, bytes(data))


async def test_a_webp_that_says_it_is_huge(workshop: Workshop) -> None:
    canvas = (16_383).to_bytes(3, "little") * 2
    body = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + bytes(4) + canvas
    await refused(workshop, b"RIFF" + struct.pack("<I", len(body)) + body)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (b"zTXt", b"Comment\x00\x00"),
        (b"iTXt", b"Comment\x00\x01\x00\x00\x00"),
        (b"iCCP", b"profile\x00\x00"),
    ],
    ids=["zTXt", "iTXt", "iCCP"],
)
async def test_a_bomb_beside_the_picture(workshop: Workshop, name: bytes, words: bytes) -> None:
    await refused(workshop, png(chunk(name, words + bomb())))


async def test_texts_without_end(workshop: Workshop) -> None:
    page = chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(bytes(900_000), 9))
    await refused(workshop, png(*[page] * 200))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
@pytest.mark.parametrize("share", [0.9, 0.5, 0.1])
async def test_half_a_file(workshop: Workshop, kind: str, share: float) -> None:
    noise = Image.effect_noise((200, 160), 90).convert("RGB")
    whole = pictures.encoded(noise, kind)
    await refused(workshop, whole[: int(len(whole) * share)])


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP"])
async def test_a_mark_with_nothing_true_behind_it(workshop: Workshop, kind: str) -> None:
    whole = pictures.encoded(pictures.picture(), kind)
    noise = Image.effect_noise((64, 64), 200).tobytes()
    await refused(workshop, whole[:30] + noise)


async def test_ten_thousand_frames_do_not_move(workshop: Workshop) -> None:
    frame = pictures.encoded(Image.new("L", (1, 1)), "GIF")
    at = frame.index(b",")
    film = frame[:at] + frame[at:-1] * 10_000 + b";"
    found = await workshop.probe(film)
    assert (found.animated, found.frames) == (True, 10_000)
    with pytest.raises(Unreadable, match="frames"):
        await workshop.sanitise(film)
    with pytest.raises(Unreadable, match="frames"):
        await workshop.render(film, Rendition(animated=True))
    assert (await workshop.render(film, Rendition())).width == 1


async def test_few_frames_of_many_pixels() -> None:
    film = pictures.film("GIF", frames=6, size=(100, 100))
    async with Workshop(Limits(animation_pixels=50_000)) as strict:
        with pytest.raises(Unreadable, match="frames"):
            await strict.sanitise(film)


async def test_every_place_may_be_broken(workshop: Workshop) -> None:
    """One byte after the other turned round: read or refused, but always answered."""
    for kind in ("PNG", "JPEG", "GIF", "WEBP", "AVIF"):
        whole = pictures.encoded(pictures.picture(24, 24), kind)
        for at in range(8, len(whole), max(1, len(whole) // 40)):
            broken = bytearray(whole)
            broken[at] ^= 0xFF
            try:
                made = await workshop.render(bytes(broken), Rendition(width=8))
            except Unreadable:
                continue
            assert Image.open(io.BytesIO(made.data)).size == (made.width, made.height)
