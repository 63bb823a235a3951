"""The first bytes by which the kinds of files are known."""

import re
from typing import Final

_PLAIN: Final[tuple[tuple[int, bytes, str], ...]] = (
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (0, b"\x00\x00\x01\x00", "ico"),
    (0, b"II*\x00", "tiff"),
    (0, b"MM\x00*", "tiff"),
    (0, b"\xff\x0a", "jxl"),
    (0, b"\x00\x00\x00\x0cJXL \r\n\x87\n", "jxl"),
    (0, b"fLaC", "flac"),
    (0, b"ID3", "mp3"),
    (0, b"%PDF-", "pdf"),
    (0, b"PK\x03\x04", "zip"),
    (0, b"PK\x05\x06", "zip"),
    (0, b"\x1f\x8b\x08", "gz"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"Rar!\x1a\x07", "rar"),
    (0, b"\xfd7zXZ\x00", "xz"),
    (0, b"\x28\xb5\x2f\xfd", "zst"),
    (0, b"BZh", "bz2"),
    (0, b"\x7fELF", "program"),
    (0, b"MZ", "program"),
)
"""Where, what, and the kind it means."""

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_RIFF: Final = {b"WEBP": "webp", b"WAVE": "wav"}
_BRANDS: Final = {
    b"avif": "avif",
    b"avis": "avif",
    b"heic": "heic",
    b"heix": "heic",
    b"hevc": "heic",
    b"heim": "heic",
    b"heis": "heic",
    b"mif1": "heic",
    b"msf1": "heic",
    b"qt  ": "mov",
    b"M4A ": "m4a",
    b"M4B ": "m4a",
}
"""Brands of the ISO container that mean something else than a film."""

_BOXES: Final = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
"""What QuickTime files begin with that are older than brands."""

_MARKUP: Final = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|script|iframe|style|title|table|img|a\s|div|p>|br)",
    re.IGNORECASE,
)
_SVG: Final = re.compile(rb"<(?:!doctype\s+svg|(?:\w+:)?svg[\s>])", re.IGNORECASE)
_CONTROLS: Final = bytes(set(range(32)) - set(b"\t\n\r\x0c\x1b"))
_UTF16: Final = 0xFE
"""Text of two bytes a letter begins like a layer that nobody writes."""

_MPEG_VERSIONS: Final = {0b00, 0b10, 0b11}


def match(head: bytes) -> str | None:
    """The name of the kind whose mark this beginning bears."""
    for at, mark, name in _PLAIN:
        if head.startswith(mark, at):
            return name
    for tell in (_png, _bmp, _container, _riff, _matroska, _ogg, _mpeg_audio, _markup):
        found = tell(head)
        if found is not None:
            return found
    return None


def is_text(head: bytes) -> bool:
    """Whether it is UTF-8 without control characters; the end may cut a character in two."""
    if not head or any(byte in _CONTROLS for byte in head):
        return False
    for cut in range(4):
        try:
            head[: len(head) - cut].decode()
        except UnicodeDecodeError:
            continue
        return True
    return False


def _png(head: bytes) -> str | None:
    """An animated one says so between its header and its pixels."""
    if not head.startswith(_PNG):
        return None
    at = len(_PNG)
    while at + 8 <= len(head):
        length, name = int.from_bytes(head[at : at + 4], "big"), head[at + 4 : at + 8]
        if name in {b"acTL", b"IDAT"}:
            return "apng" if name == b"acTL" else "png"
        at += 12 + length
    return "png"


def _bmp(head: bytes) -> str | None:
    """Two letters are no mark; the size of its second header is."""
    looks = head[:2] == b"BM" and head[6:10] == bytes(4) and head[14:18] in _BMP_HEADERS
    return "bmp" if looks else None


_BMP_HEADERS: Final = {size.to_bytes(4, "little") for size in (12, 40, 52, 56, 64, 108, 124)}


def _container(head: bytes) -> str | None:
    mark = head[4:8]
    if mark == b"ftyp":
        return _branded(head)
    return "mov" if mark in _BOXES and int.from_bytes(head[:4], "big") >= 8 else None


def _branded(head: bytes) -> str:
    size = min(int.from_bytes(head[:4], "big"), len(head))
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, size - 3, 4))]
    if brands[0] in {b"mif1", b"msf1"}:  # of any image: the others say of which
        brands = [*brands[1:], brands[0]]
        return next((_BRANDS[brand] for brand in brands if brand in _BRANDS), "heic")
    return _BRANDS.get(brands[0], "mp4")


def _riff(head: bytes) -> str | None:
    return _RIFF.get(head[8:12]) if head[:4] in {b"RIFF", b"RF64"} else None


def _matroska(head: bytes) -> str | None:
    if not head.startswith(b"\x1aE\xdf\xa3"):
        return None
    return "webm" if b"webm" in head[:64] else "mkv"


def _ogg(head: bytes) -> str | None:
    if not head.startswith(b"OggS"):
        return None
    return "ogv" if b"\x80theora" in head[:64] else "ogg"


def _mpeg_audio(head: bytes) -> str | None:
    """A frame's own header: eleven set bits, and no field with a value that means nothing."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0 or head[1] == _UTF16:
        return None
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    if layer == 0:
        return "aac" if head[1] & 0xF6 == 0xF0 else None
    rate, frequency = head[2] >> 4, head[2] >> 2 & 3
    valid = version in _MPEG_VERSIONS and rate not in {0, 15} and frequency != 3
    return "mp3" if valid else None


def _markup(head: bytes) -> str | None:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\x0c\x00")
    if not start.startswith(b"<"):
        return None
    if _SVG.search(head):
        return "svg"
    if _MARKUP.search(head):
        return "html"
    return "xml" if start.startswith(b"<?xml") else None
