"""Names of files: what somebody's computer calls them, made harmless."""

import re
import unicodedata
from typing import Final, NamedTuple

NAMELESS: Final = "unknown"
SPOILER: Final = "SPOILER_"

_LONGEST_BYTES: Final = 255
_LONGEST_ENDING: Final = 32
_LONGEST_TITLE: Final = 1024
_FOLDERS: Final = re.compile(r"[/\\]")
_BLANKS: Final = re.compile(r"\s+")
# Letters, digits and marks of any script; of the rest only what no program takes for more.
_KEPT: Final = frozenset("LMN")
_HARMLESS: Final = frozenset("._-")


class Name(NamedTuple):
    """What a file is called by programs, and by people where that is something else."""

    filename: str
    title: str | None


def cleaned(given: str) -> Name:
    """The last part of a path, without blanks, control and direction marks or other signs."""
    bare = _FOLDERS.split(unicodedata.normalize("NFC", given))[-1]
    bare = _readable(bare).strip()
    plain = "".join(it for it in _BLANKS.sub("_", bare) if _is_kept(it)).strip(".")
    filename = _shortened(plain) or NAMELESS
    return Name(filename, _title(bare, filename))


def as_spoiler(filename: str) -> str:
    """The name by which every client knows that the file is to be hidden."""
    return filename if filename.startswith(SPOILER) else _shortened(SPOILER + filename)


def _readable(text: str) -> str:
    """Without the marks that nobody sees, some of which turn a name around."""
    blanks = (" " if it.isspace() else it for it in text)
    return "".join(it for it in blanks if unicodedata.category(it)[0] != "C")


def _is_kept(character: str) -> bool:
    return character in _HARMLESS or unicodedata.category(character)[0] in _KEPT


def _shortened(name: str) -> str:
    """At most so many bytes, as file systems want it, with the ending saved if possible."""
    if len(name.encode()) <= _LONGEST_BYTES:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending.encode()) > _LONGEST_ENDING:
        return _cut(name, _LONGEST_BYTES)
    room = _LONGEST_BYTES - len(ending.encode()) - 1
    return f"{_cut(stem, room)}.{ending}"


def _cut(text: str, most_bytes: int) -> str:
    return text.encode()[:most_bytes].decode("utf-8", "ignore")


def _title(bare: str, filename: str) -> str | None:
    """What people called it, where the name does not say so any more."""
    if bare == filename or not bare.strip("._- "):
        return None
    stem, dot, _ = bare.rpartition(".")
    return (stem if dot else bare)[:_LONGEST_TITLE] or None
