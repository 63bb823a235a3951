"""Finds the few tags of a page that speak about it, without building the page.

A tree of what strangers wrote can be made to grow far beyond what they sent; a list of its meta
tags cannot. The time is linear in the length of the page: no place is looked at twice.
"""

import re
from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborHTMLParser

_OPENING: Final = re.compile(
    r"<(?:(!--)|(script|style|textarea|template|svg|iframe|noframes|xmp)|(title)|(meta|link|base))"
    r"(?=[\s/>-])",
    re.IGNORECASE,
)
_TAG_END: Final = re.compile(r"[>\"']")
_LONGEST_TAG: Final = 8192
_MOST: Final = 500

Attributes = dict[str, str]


class Tags:
    """What a page says of itself."""

    def __init__(self, page: str) -> None:
        kept = list(_sift(page))
        tree = LexborHTMLParser("<head>" + "".join(kept))
        self.metas = [_attributes(node.attributes) for node in tree.css("meta")]
        self.links = [_attributes(node.attributes) for node in tree.css("link")]
        self.bases = [_attributes(node.attributes) for node in tree.css("base")]
        title = tree.css_first("title")
        self.title = title.text() if title is not None else ""


def _attributes(given: "dict[str, str | None]") -> Attributes:
    return {name: value for name, value in given.items() if value is not None}


def _sift(page: str) -> Iterator[str]:
    """The tags as they stand in the page; comments and what is no markup are passed over."""
    at, found = 0, 0
    while found < _MOST and (opening := _OPENING.search(page, at)) is not None:
        comment, raw, title, single = opening.groups()
        if comment:
            at = _after(page, "-->", opening.end())
        elif raw:
            at = _after_element(page, raw, opening.end())
        elif title:
            at = _after_element(page, title, opening.end())
            end = len(page) if at < 0 else at
            yield page[opening.start() : min(end, opening.start() + _LONGEST_TAG)] + "</title>"
        elif single:
            at = _after_tag(page, opening.end())
            if at - opening.start() <= _LONGEST_TAG:
                found += 1
                yield page[opening.start() : at]
        if at < 0:
            return


def _after(page: str, mark: str, at: int) -> int:
    """Where it goes on behind a mark; -1 where none comes any more."""
    end = page.find(mark, at)
    return -1 if end < 0 else end + len(mark)


def _after_element(page: str, name: str, at: int) -> int:
    closing = re.compile(rf"</{name}[^>]{{0,100}}>", re.IGNORECASE).search(page, at)
    return -1 if closing is None else closing.end()


def _after_tag(page: str, at: int) -> int:
    """Where a tag ends: at the first `>` that stands in no quotes."""
    while (mark := _TAG_END.search(page, at)) is not None:
        if mark[0] == ">":
            return mark.end()
        at = _after(page, mark[0], mark.end())
        if at < 0:
            return -1
    return -1
