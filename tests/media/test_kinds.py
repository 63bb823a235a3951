"""What a file is, its bytes say; its name and what its sender claims do not make it harmless."""

import gzip
import io
import zipfile
from collections.abc import Callable

import pytest

from rift.media import Workshop, is_a_lie, kind_of
from tests.media import pictures, recordings


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    return out.getvalue()


def box(name: bytes, *parts: bytes) -> bytes:
    inside = b"".join(parts)
    return (len(inside) + 8).to_bytes(4, "big") + name + inside


def heic(width: int, height: int, turns: int = 0) -> bytes:
    """As a telephone writes it: tiles, the whole of them, and a turn."""

    def sized(across: int, down: int) -> bytes:
        return box(b"ispe", bytes(4), across.to_bytes(4, "big"), down.to_bytes(4, "big"))

    properties = box(b"ipco", sized(512, 512), sized(width, height), box(b"irot", bytes([turns])))
    brands = box(b"ftyp", b"heic", bytes(4), b"mif1heic")
    return brands + box(b"meta", bytes(4), box(b"iprp", properties))


LOTTIE = b'{"v":"5.7.4","fr":60,"ip":0,"op":120,"w":320,"h":320,"layers":[]}'
HTML = b"<!doctype html><html><body onload=alert(1)>"
TEXT = "Grüße, 世界\n".encode()
SVG = b'<?xml version="1.0"?>\n<!-- a drawing -->\n<svg xmlns="http://www.w3.org/2000/svg"/>'

KNOWN = [
    ("png", True, lambda: pictures.encoded(pictures.picture(), "PNG")),
    ("apng", True, lambda: pictures.film("PNG")),
    ("jpeg", True, lambda: pictures.encoded(pictures.picture(), "JPEG")),
    ("gif", True, lambda: pictures.encoded(pictures.picture(), "GIF")),
    ("webp", True, lambda: pictures.encoded(pictures.picture(), "WEBP")),
    ("avif", True, lambda: pictures.encoded(pictures.picture(), "AVIF")),
    ("avif", True, lambda: pictures.film("AVIF")),
    ("bmp", True, lambda: pictures.encoded(pictures.picture(), "BMP")),
    ("ico", False, lambda: pictures.encoded(pictures.picture(), "ICO")),
    ("tiff", False, lambda: pictures.encoded(pictures.picture(), "TIFF")),
    ("heic", False, lambda: heic(4032, 3024)),
    ("svg", False, lambda: SVG),
    ("svg", False, lambda: b"  <svg onload='alert(1)'>"),
    ("html", False, lambda: HTML),
    ("html", False, lambda: b"\n\n<script>alert(1)</script>"),
    ("xml", False, lambda: b"<?xml version='1.0'?><a/>"),
    ("pdf", False, lambda: b"%PDF-1.7\n"),
    ("mp4", True, lambda: recordings.film("mp4")),
    ("mov", True, lambda: recordings.film("mov")),
    ("webm", True, lambda: recordings.film("webm")),
    ("mkv", True, lambda: recordings.film("mkv")),
    ("mp3", True, lambda: recordings.sound("mp3")),
    ("mp3", True, lambda: recordings.sound("mp3", id3v2_version="0", write_xing="0")),
    ("ogg", True, lambda: recordings.sound("ogg")),
    ("m4a", True, lambda: recordings.sound("m4a")),
    ("wav", True, lambda: recordings.sound("wav")),
    ("flac", True, lambda: recordings.sound("flac")),
    ("aac", True, lambda: recordings.sound("aac")),
    ("zip", False, zipped),
    ("gz", False, lambda: gzip.compress(b"a")),
    ("7z", False, lambda: b"7z\xbc\xaf\x27\x1c\x00\x04"),
    ("program", False, lambda: b"\x7fELF\x02\x01\x01"),
    ("program", False, lambda: b"MZ\x90\x00"),
    ("lottie", False, lambda: LOTTIE),
    ("json", False, lambda: b'{"a": 1}'),
    ("text", True, lambda: TEXT),
    ("unknown", False, lambda: bytes(range(256))),
    ("unknown", False, lambda: "\ufeffabc".encode("utf-16-le")),
    ("unknown", False, lambda: b""),
]


@pytest.mark.parametrize(("name", "inline", "make"), KNOWN)
def test_bytes_say_what_a_file_is(name: str, inline: bool, make: Callable[[], bytes]) -> None:
    content = make()
    for filename in ("", "a.png", "a.mp4", "a.html", "a"):
        kind = kind_of(content, filename)
        if name in {"text", "json", "lottie", "unknown"} and filename:
            assert not kind.inline or kind.content_type.startswith("text/plain")
        else:
            assert (kind.name, kind.inline) == (name, inline)


@pytest.mark.parametrize("filename", ["a.js", "a.html", "a.svg", "a.xml", "A.HTM", "a.css"])
def test_text_that_is_called_a_script_is_handed_out_to_be_saved(filename: str) -> None:
    kind = kind_of(b"alert(document.cookie)", filename)
    assert not kind.inline
    assert kind.content_type == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    "content",
    [HTML, b"\xef\xbb\xbf" + HTML, b"\xff\xfe<\x00h\x00", b"GIF89a" + HTML, SVG, b"<x " + HTML],
)
def test_a_page_is_never_shown_as_a_page(content: bytes) -> None:
    """Not as what it is; and as what it is not, a browser that does not sniff shows no page."""
    for filename in ("cat.png", "cat.txt", "cat.html", "cat"):
        kind = kind_of(content, filename)
        assert not kind.inline or kind.content_type == "image/gif"


def test_an_office_file_keeps_its_name() -> None:
    kind = kind_of(zipped(), "report.docx")
    assert kind.content_type.endswith("wordprocessingml.document")
    assert not kind.inline


@pytest.mark.parametrize(
    ("content", "filename", "claimed", "lies"),
    [
        (HTML, "cat.png", "", True),
        (HTML, "cat", "image/png", True),
        (b"MZ\x90", "song.mp3", "audio/mpeg", True),
        (b"GIF89a", "cat.png", "image/png", False),
        (b"%PDF-1.7", "paper.pdf", "application/pdf", False),
        (b"text", "notes.txt", "text/plain", False),
        (b"OggS" + bytes(60), "song.webm", "video/webm", False),
        (b"\xff\xd8\xff", "film.mp4", "video/mp4", True),
    ],
)
def test_a_lie_is_seen(content: bytes, filename: str, claimed: str, lies: bool) -> None:
    assert is_a_lie(kind_of(content, filename), filename, claimed) is lies


async def test_a_heic_has_a_size_though_it_is_not_opened() -> None:
    async with Workshop() as workshop:
        straight = await workshop.probe(heic(4032, 3024))
        turned = await workshop.probe(heic(4032, 3024, turns=3))
    assert (straight.kind, straight.width, straight.height) == ("heic", 4032, 3024)
    assert (turned.width, turned.height) == (3024, 4032)


async def test_what_is_no_media_costs_no_process() -> None:
    async with Workshop() as workshop:
        found = await workshop.probe(zipped(), "a.zip")
        assert (found.kind, found.content_type) == ("zip", "application/zip")
        assert workshop.pids == frozenset()
