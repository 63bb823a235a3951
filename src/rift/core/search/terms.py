"""Reads a text as what it is found by: words, identifiers, emojis, scripts without gaps."""

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import Final, NamedTuple

from rift.core.search.folding import fold

# Scripts that put no gap between words: Chinese, Japanese, Korean, Thai and their neighbours.
_RUN: Final = (
    "\u0e00-\u0e7f\u0e80-\u0eff\u0f00-\u0f0a\u0f0d-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff"
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u30fa\u30fc-\u318f\u31a0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U0001b000-\U0001b16f"
    "\U00020000-\U000323af"
)
_SOUND: Final = "\u3099\u309a\uff9e\uff9f"
_PICTURE: Final = (
    "\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a\u231b\u2328\u23cf\u23e9-\u23fa\u24c2\u25aa\u25ab"
    "\u25b6\u25c0\u25fb-\u25fe\u2600-\u27bf\u2934\u2935\u2b05-\u2b55\U0001f000-\U0001f0ff"
    "\U0001f170-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff"
)
_TONE: Final = "\ufe0f\U0001f3fb-\U0001f3ff"
_GAP: Final = (
    "\x00-/:-@\\[-`{-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7\u055a-\u055f\u0589\u05be\u05c0\u05c3"
    "\u05f3\u05f4\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965\u0f0b\u0f0c\u2000-\u206f"
    "\u20a0-\u20cf\u2122\u2139\u2190-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u302a-\u3030"
    "\u30fb\ue000-\uf8ff\ufe00-\ufe6f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
    "\uffe0-\uffff\U0001f000-\U0001faff"
)
_LETTER: Final = f"[^{_GAP}{_RUN}]"
_ONE_PICTURE: Final = f"[{_PICTURE}][{_TONE}]*"

_PIECE: Final = re.compile(
    r"<a?:(?P<named>\w{2,32}):\d{1,20}>"
    r"|</(?P<command>[^:>]{1,100}):\d{1,20}>"
    r"|<(?:@[!&]?|\#|t:|id:)[^>\s]{1,40}>"
    rf"|(?P<picture>[\U0001f1e6-\U0001f1ff]{{2}}|{_ONE_PICTURE}(?:\u200d{_ONE_PICTURE})*)"
    rf"|(?P<run>[{_RUN}{_SOUND}]+)"
    rf"|(?P<sharp>(?<!{_LETTER})[A-Za-z](?:\+\+|\#)(?!{_LETTER}))"
    rf"|(?P<word>{_LETTER}+(?:['\u2019]{_LETTER}+)*)"
)
_CLUSTER: Final = re.compile(f"[{_RUN}][{_SOUND}]*")
_HUMPS: Final = re.compile("[a-z][A-Z]|[A-Z]{2}[a-z]")
_PARTS: Final = re.compile(
    "[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+[0-9]*|[A-Z]+[0-9]*|[0-9]+|[^A-Za-z0-9]+"
)
_APOSTROPHES: Final = re.compile("['\u2019]")
_UNSEEN: Final = re.compile(f"[{_TONE}]")


class Kind(Enum):
    """What a piece is."""

    WORD = auto()
    RUN = auto()
    """Characters that stand without gaps; each of them is a part."""
    PICTURE = auto()


class Part(NamedTuple):
    """A word, or a part of one, as it was written, and where."""

    text: str
    start: int
    end: int


class Piece(NamedTuple):
    """What stands together. `getUserName` has three parts, and is a word as a whole as well."""

    kind: Kind
    parts: Sequence[Part]
    start: int
    end: int
    whole: str = ""


def pieces(text: str) -> Iterator[Piece]:
    """What can be found in a text, in its order; whom it mentions is no part of it."""
    for match in _PIECE.finditer(text):
        group = match.lastgroup
        start, end = match.span()
        if group == "word":
            yield _word(match[0], start)
        elif group in {"named", "command"}:
            yield from _inside(match[group], match.start(group))
        elif group == "run":
            yield _run(match[0], start)
        elif group == "picture":
            seen = _UNSEEN.sub("", match[0])
            yield Piece(Kind.PICTURE, (Part(seen, start, end),), start, end)
        elif group == "sharp":
            yield Piece(Kind.WORD, (Part(match[0], start, end),), start, end)


def _inside(text: str, at: int) -> Iterator[Piece]:
    for match in _PIECE.finditer(text):
        if match.lastgroup == "word":
            yield _word(match[0], at + match.start())


def _word(text: str, start: int) -> Piece:
    end = start + len(text)
    if text.isalnum() and not text.islower() and _HUMPS.search(text):
        parts = [Part(it[0], start + it.start(), start + it.end()) for it in _PARTS.finditer(text)]
        if len(parts) > 1:
            return Piece(Kind.WORD, parts, start, end, fold(text))
    plain = text if text.isalnum() else _APOSTROPHES.sub("", text)
    return Piece(Kind.WORD, (Part(plain, start, end),), start, end)


def _run(text: str, start: int) -> Piece:
    found = _CLUSTER.finditer(text)
    parts = [Part(it[0], start + it.start(), start + it.end()) for it in found]
    return Piece(Kind.RUN, parts, start, start + len(text))


class Word(NamedTuple):
    """Something a text is found by. Of several at one place each counts."""

    text: str
    written: str
    """As it was before it was folded, for who looks for its stem; empty where it has none."""
    place: int
    start: int
    end: int


def words(text: str, place: int = 1) -> Iterator[Word]:
    """All that a text is found by, from a place on."""
    for piece in pieces(text):
        if piece.whole:
            yield Word(piece.whole, "", place, piece.start, piece.end)
        for number, part in enumerate(piece.parts):
            written = part.text if piece.kind is Kind.WORD else ""
            folded = fold(part.text)
            if folded:
                yield Word(folded, written, place + number, part.start, part.end)
            if piece.kind is Kind.RUN and number + 1 < len(piece.parts):
                pair = piece.parts[number + 1]
                yield Word(folded + fold(pair.text), "", place + number, part.start, pair.end)
        place += len(piece.parts)
