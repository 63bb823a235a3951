"""Forms of several parts (RFC 7578), taken apart as they come in, whatever the pieces are."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import Final, NamedTuple
from urllib.parse import unquote

_MOST_HEAD_BYTES: Final = 8192
_LONGEST_BOUNDARY: Final = 70
_BOUNDARY: Final = re.compile(r';\s*boundary=(?:"([^"]{1,70})"|([^\s;,"]{1,70}))', re.IGNORECASE)
_PARAMETER: Final = re.compile(r';\s*([\w!#$&+.^`|~*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"\s]*))')
# As browsers write quotes and line ends in a name, and as everybody else does.
_ESCAPES: Final = re.compile(r'%(22|0[Dd]|0[Aa])|\\(["\\])')


class Malformed(ValueError):
    """No form, or not the whole of one."""


class Head(NamedTuple):
    """The beginning of a part: of a file, where there is a filename."""

    name: str
    filename: str | None
    content_type: str


class _Awaiting(Enum):
    DELIMITER = "the end of a part, or of what stands before the first"
    LINE_END = "what comes after a delimiter"
    HEAD = "the head of a part"
    NOTHING = "the form has ended"


class Parser:
    """Bytes go in; heads come out, each followed by the bytes of its part."""

    def __init__(self, boundary: str) -> None:
        self._delimiter = b"\r\n--" + boundary.encode("latin-1")
        # The first delimiter need not stand after anything.
        self._buffer = bytearray(b"\r\n")
        self._awaiting = _Awaiting.DELIMITER
        self._in_part = False

    @property
    def is_whole(self) -> bool:
        """Whether the end of the form was seen."""
        return self._awaiting is _Awaiting.NOTHING

    def feed(self, data: bytes) -> Iterator[Head | bytes]:
        """What these bytes bring to light."""
        self._buffer += data
        while self._awaiting is not _Awaiting.NOTHING:
            if self._awaiting is _Awaiting.DELIMITER:
                content, goes_on = self._content()
                if content and self._in_part:
                    yield content
            elif self._awaiting is _Awaiting.LINE_END:
                goes_on = self._line_end()
            else:
                head = self._head()
                goes_on = head is not None
                if head is not None:
                    yield head
            if not goes_on:
                return
        self._buffer.clear()  # what stands behind a form is no part of it

    def _content(self) -> tuple[bytes, bool]:
        """As much as surely belongs to the part, and whether that was all of it."""
        at = self._buffer.find(self._delimiter)
        if at < 0:
            return self._take(len(self._buffer) - len(self._delimiter) + 1), False
        content = self._take(at)
        del self._buffer[: len(self._delimiter)]
        self._awaiting = _Awaiting.LINE_END
        return content, True

    def _line_end(self) -> bool:
        """Behind a delimiter stand two hyphens, or blanks that mean nothing and a line's end."""
        if len(self._buffer) < 2:
            return False
        if self._buffer.startswith(b"--"):
            self._awaiting = _Awaiting.NOTHING
            return True
        padding = len(self._buffer) - len(self._buffer.lstrip(b" \t"))
        if len(self._buffer) < padding + 2 and padding < _LONGEST_BOUNDARY:
            return False
        if self._buffer[padding : padding + 2] != b"\r\n":
            raise Malformed("a delimiter is followed by something else")
        # The line's end stays: where a part has no head, it begins the empty line.
        del self._buffer[:padding]
        self._awaiting = _Awaiting.HEAD
        return True

    def _head(self) -> Head | None:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0 and len(self._buffer) <= _MOST_HEAD_BYTES:
            return None
        if not 0 <= end <= _MOST_HEAD_BYTES:
            raise Malformed("the head of a part is too long")
        text = self._take(end).decode("utf-8", "replace")
        del self._buffer[:4]
        self._awaiting = _Awaiting.DELIMITER
        self._in_part = True
        return read_head(text)

    def _take(self, count: int) -> bytes:
        if count <= 0:
            return b""
        with memoryview(self._buffer) as view:
            taken = bytes(view[:count])
        del self._buffer[:count]
        return taken


def boundary(content_type: str) -> str:
    """What parts the parts of such a form."""
    found = _BOUNDARY.search(content_type)
    if found is None:
        raise Malformed("the form names no boundary")
    return found[1] or found[2]


def read_head(text: str) -> Head:
    """What the lines above a part say of it."""
    lines = dict(_field(line) for line in text.split("\r\n") if ":" in line)
    kind, _, rest = lines.get("content-disposition", "").partition(";")
    parameters = {name.lower(): value for name, value in _parameters(f";{rest}")}
    if kind.strip().lower() != "form-data" or "name" not in parameters:
        raise Malformed("a part has no name")
    filename = parameters.get("filename*") or parameters.get("filename")
    return Head(parameters["name"], filename, lines.get("content-type", ""))


def _field(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.strip().lower(), value.strip()


def _parameters(text: str) -> Iterator[tuple[str, str]]:
    for found in _PARAMETER.finditer(text):
        name, quoted, bare = found.groups()
        if name.endswith("*"):
            yield name, _extended(quoted or bare or "")
        else:
            yield name, bare if quoted is None else _ESCAPES.sub(_unescaped, quoted)


def _unescaped(found: re.Match[str]) -> str:
    return found[2] or chr(int(found[1], 16))


def _extended(value: str) -> str:
    """A value with its alphabet and language before it (RFC 8187)."""
    alphabet, _, rest = value.partition("'")
    encoded = rest.partition("'")[2]
    encoding = "latin-1" if alphabet.lower() == "iso-8859-1" else "utf-8"
    return unquote(encoded, encoding, "replace")
