"""What a file is, by its own first bytes: the name and the claimed type only help where they may.

Only what a browser shows without running anything may be shown inline. SVG, HTML, XML and
scripts are handed out to be saved, whatever they are called.
"""

import re
from pathlib import Path
from typing import Final, Literal

import msgspec

from rift.media import signatures

HEAD_BYTES: Final = 4096
"""As much of a file's beginning as tells its kind."""

Source = str | bytes
"""A file: its path, or what is in it."""

Family = Literal["image", "video", "audio", "text", "other"]


class Kind(msgspec.Struct, frozen=True):
    """A kind of file: how we call it, how HTTP does, and what may be done with it."""

    name: str
    content_type: str
    family: Family = "other"
    inline: bool = False
    """Whether a browser may show it in a page's place."""
    extensions: tuple[str, ...] = ()


def _image(name: str, *extensions: str, content_type: str = "", inline: bool = True) -> Kind:
    return Kind(name, content_type or f"image/{name}", "image", inline, extensions or (name,))


def _heard(name: str, content_type: str, *extensions: str) -> Kind:
    return Kind(name, content_type, "audio", inline=True, extensions=extensions or (name,))


def _seen(name: str, content_type: str, *extensions: str) -> Kind:
    return Kind(name, content_type, "video", inline=True, extensions=extensions or (name,))


def _saved(name: str, content_type: str, *extensions: str) -> Kind:
    return Kind(name, content_type, extensions=extensions or (name,))


UNKNOWN: Final = Kind("unknown", "application/octet-stream")
TEXT: Final = Kind("text", "text/plain; charset=utf-8", "text", True, ("txt", "log", "md"))
JSON: Final = Kind("json", "application/json", "text", False, ("json",))

KINDS: Final[dict[str, Kind]] = {
    kind.name: kind
    for kind in (
        _image("png"),
        _image("apng", "png", "apng", content_type="image/png"),
        _image("jpeg", "jpg", "jpeg", "jpe", "jfif"),
        _image("gif"),
        _image("webp"),
        _image("avif"),
        _image("bmp"),
        _image("ico", content_type="image/x-icon", inline=False),
        _image("tiff", "tif", "tiff", inline=False),
        _image("heic", "heic", "heif", inline=False),
        _image("jxl", inline=False),
        _image("svg", content_type="image/svg+xml", inline=False),
        _seen("mp4", "video/mp4", "mp4", "m4v"),
        _seen("mov", "video/quicktime", "mov", "qt"),
        _seen("webm", "video/webm"),
        _seen("mkv", "video/x-matroska"),
        _seen("ogv", "video/ogg"),
        _heard("m4a", "audio/mp4", "m4a", "m4b"),
        _heard("mp3", "audio/mpeg"),
        _heard("ogg", "audio/ogg", "ogg", "oga", "opus"),
        _heard("wav", "audio/wav"),
        _heard("flac", "audio/flac"),
        _heard("aac", "audio/aac"),
        _saved("pdf", "application/pdf"),
        _saved("zip", "application/zip"),
        _saved("gz", "application/gzip", "gz", "tgz"),
        _saved("7z", "application/x-7z-compressed"),
        _saved("rar", "application/vnd.rar"),
        _saved("xz", "application/x-xz"),
        _saved("zst", "application/zstd"),
        _saved("bz2", "application/x-bzip2"),
        _saved("program", "application/octet-stream", "exe", "dll", "elf", "so"),
        _saved("html", "text/html", "html", "htm", "xhtml"),
        _saved("xml", "application/xml", "xml", "xsl", "xslt"),
        _saved("lottie", "application/json", "json", "lottie"),
        JSON,
        TEXT,
        UNKNOWN,
    )
}

_PLAYED: Final = frozenset({"video", "audio"})
_MEDIA: Final[frozenset[Family]] = frozenset({"image", "video", "audio"})
_SCRIPTS: Final = frozenset({"js", "mjs", "cjs", "html", "htm", "xhtml", "svg", "xml", "css"})
_ZIPPED: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "epub": "application/epub+zip",
    "jar": "application/java-archive",
    "apk": "application/vnd.android.package-archive",
}
"""Zip archives with a name of their own; inside they are zip archives all the same."""

_LOTTIE: Final = re.compile(rb'"(?:layers|fr|ip|op|v)"\s*:')
_LOTTIE_MARKS: Final = 3


def head_of(source: Source) -> bytes:
    if isinstance(source, bytes):
        return source[:HEAD_BYTES]
    with Path(source).open("rb") as file:
        return file.read(HEAD_BYTES)


def kind_of(head: bytes, filename: str = "") -> Kind:
    """The kind of a file that begins like this; the name decides only between harmless ones."""
    head = head[:HEAD_BYTES]
    name = signatures.match(head)
    if name == "zip":
        return _zipped(_extension(filename))
    if name is not None:
        return KINDS[name]
    return _written(head, _extension(filename))


def is_a_lie(kind: Kind, filename: str, claimed: str = "") -> bool:
    """Whether the name or the claimed type says it is media of a sort that it is not.

    A container of sound may be called a film, and the other way round: both are played.
    """
    said = {named.family for named in KINDS.values() if _extension(filename) in named.extensions}
    said.update(family for family in _MEDIA if claimed.strip().lower().startswith(f"{family}/"))
    is_so = _PLAYED if kind.family in _PLAYED else {kind.family}
    return bool(said & _MEDIA) and not said & is_so


def _extension(filename: str) -> str:
    return filename.rpartition(".")[2].lower() if "." in filename else ""


def _zipped(extension: str) -> Kind:
    content_type = _ZIPPED.get(extension)
    return Kind(extension, content_type, extensions=(extension,)) if content_type else KINDS["zip"]


def _written(head: bytes, extension: str) -> Kind:
    """Text, if it is text at all; what the name calls a script is never shown as a page."""
    if not signatures.is_text(head):
        return UNKNOWN
    stripped = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if stripped[:1] in {b"{", b"["} and extension in {"json", "lottie", ""}:
        marks = set(_LOTTIE.findall(head))
        return KINDS["lottie"] if len(marks) >= _LOTTIE_MARKS else JSON
    if extension in _SCRIPTS:
        return Kind("script", "text/plain; charset=utf-8", "text", False, (extension,))
    return TEXT
