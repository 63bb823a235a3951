"""The links in what somebody wrote, as people and clients see them."""

import re
from collections.abc import Iterator
from typing import Final

from rift.core.messages.mentions import without_code

MOST: Final = 5
_LONGEST: Final = 2048
_HIDDEN: Final = re.compile(r"\|\|.+?\|\||<https?://[^\s<>]+>", re.DOTALL | re.IGNORECASE)
"""Spoilers, and links whose preview nobody is to see."""
_LINK: Final = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)
_TAIL: Final = ".,:;!?\"'*_~|]"
_PAIRS: Final = {")": "(", "}": "{"}


def may_link(content: str) -> bool:
    """Whether there may be a link in it: a quick look, for every message is asked."""
    return "://" in content and _LINK.search(content) is not None


def links(content: str) -> list[str]:
    """The first links that are to have a preview, each once."""
    if not may_link(content):
        return []
    return list(dict.fromkeys(_found(content)))[:MOST]


def _found(content: str) -> Iterator[str]:
    text = without_code(content) if "`" in content else content
    for match in _LINK.finditer(_HIDDEN.sub(" ", text)):
        link = _trimmed(match[0]) if len(match[0]) <= _LONGEST else ""
        if link and not link.endswith("://"):
            yield link


def _trimmed(link: str) -> str:
    """Without what belongs to the sentence around it: full stops, and brackets nobody opened."""
    while link:
        last = link[-1]
        opened = _PAIRS.get(last)
        if opened is not None and link.count(last) > link.count(opened):
            link = link[:-1]
        elif last in _TAIL:
            link = link.rstrip(_TAIL)
        else:
            break
    return link
