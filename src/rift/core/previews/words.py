"""Words that strangers put into their pages, made fit to be shown among ours."""

import re
import unicodedata
from typing import Final

_BLANKS: Final = re.compile(r"\s+")
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_JOINERS: Final = frozenset("\u200c\u200d")
"""Emojis and some scripts are written with these."""
_COLOUR: Final = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[0-9]{1,5}(?:\.[0-9]{1,9})?(?:px)?")
_LARGEST: Final = 32_767


def cleaned(text: str | None, most: int) -> str:
    """One line of what can be seen, with nothing that turns or hides other text."""
    if not text:
        return ""
    # What a text may lose is bounded, and so is the work.
    line = _BLANKS.sub(" ", text[: 8 * most])
    seen = "".join(char for char in line if _is_seen(char)).strip()
    return seen if len(seen) <= most else seen[: most - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def _is_seen(char: str) -> bool:
    return char in _JOINERS or unicodedata.category(char) not in _INVISIBLE


def colour(text: str | None) -> int | None:
    """A colour as `theme-color` has it; the other notations are not worth it."""
    if text is None or not _COLOUR.fullmatch(text := text.strip()):
        return None
    digits = text[1:]
    return int(digits if len(digits) == 6 else "".join(2 * digit for digit in digits), 16)


def number(value: object) -> int | None:
    """A width or height, if it can be one."""
    text = str(value).strip() if isinstance(value, str | int | float) else ""
    if not _NUMBER.fullmatch(text):
        return None
    whole = int(text.removesuffix("px").partition(".")[0])
    return whole if 0 < whole <= _LARGEST else None
