"""What a page says of itself: Open Graph, Twitter cards, and what HTML has had since ever."""

import codecs
import re
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import urljoin, urlsplit

from msgspec import Struct

from rift.core.previews.sieve import Attributes, Tags
from rift.core.previews.words import cleaned, colour, number

TITLE: Final = 256
DESCRIPTION: Final = 350
NAME: Final = 256
_LONGEST_URL: Final = 2048
_DECLARED_IN: Final = 4096
_DECLARATION: Final = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([a-z0-9_.:-]{1,40})", re.IGNORECASE
)
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"))
_READ: Final = re.compile(
    r"utf-8|utf-16(-[bl]e)?|iso8859-\d+|cp(125\d|866|874|932|949|950)|koi8-[ru]|shift_jis"
    r"|euc_jp|euc_kr|iso2022_jp|gb2312|gbk|gb18030|big5|big5hkscs|mac-(roman|cyrillic)"
)
"""As Python calls them. Of its other codecs some are no charsets at all."""
_MEDIA_TYPE: Final = re.compile(r"[a-z]{1,20}/[a-z0-9.+-]{1,60}")
_OEMBED: Final = frozenset({"application/json+oembed", "text/json+oembed"})


class Picture(Struct, frozen=True):
    """An image or a film that a page names; its size as the page tells it."""

    url: str
    width: int | None = None
    height: int | None = None
    description: str = ""
    content_type: str = ""


class Facts(Struct, frozen=True, kw_only=True):
    """What is known of a page. Every word is clean, and every URL is one of http(s)."""

    title: str = ""
    description: str = ""
    provider: str = ""
    provider_url: str = ""
    author: str = ""
    author_url: str = ""
    colour: int | None = None
    is_article: bool = False
    image: Picture | None = None
    film: Picture | None = None
    oembed: str = ""
    """Where more is told."""


def decoded(body: bytes, charset: str | None) -> str:
    """The text of a page, in the encoding it says it has."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, errors="replace")
    declared = _DECLARATION.search(body[:_DECLARED_IN])
    for said in (charset, declared[1].decode() if declared else None):
        if known := _codec(said):
            return body.decode(known, errors="replace")
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        # The page may have been cut in the middle of a character.
        cut_off = error.reason == "unexpected end of data"
        return body.decode("utf-8" if cut_off else "cp1252", errors="replace")


def _codec(label: str | None) -> str | None:
    try:
        name = codecs.lookup(label).name if label else ""
    except (LookupError, ValueError):
        return None
    if name in {"ascii", "iso8859-1"}:
        return "cp1252"  # what is called so on the web is that
    return name if _READ.fullmatch(name) else None


def read(page: str, url: str) -> Facts:
    """The facts of a page that was found at this URL."""
    tags = Tags(page)
    said = _said(tags.metas)
    base = web_url(url, next((it["href"] for it in tags.bases if it.get("href")), "")) or url
    author = _first(said, "article:author", "author", "twitter:creator")
    return Facts(
        title=cleaned(_first(said, "og:title", "twitter:title") or tags.title, TITLE),
        description=cleaned(
            _first(said, "og:description", "twitter:description", "description"), DESCRIPTION
        ),
        provider=cleaned(_first(said, "og:site_name", "application-name"), NAME),
        author="" if "://" in author else cleaned(author, NAME),
        colour=colour(said.get("theme-color")),
        is_article=said.get("og:type", "").strip().lower() == "article",
        image=_picture(said, base),
        film=_film(said, base),
        oembed=_oembed(tags.links, base),
    )


def web_url(base: str, given: str) -> str:
    """An absolute URL of http(s), or nothing."""
    given = given.strip()
    if not given or len(given) > _LONGEST_URL or any(char <= " " for char in given):
        return ""
    try:
        joined = urljoin(base, given)
        parts = urlsplit(joined)
    except ValueError:
        return ""
    fit = parts.scheme in {"http", "https"} and parts.hostname and not parts.username
    return joined if fit and len(joined) <= _LONGEST_URL else ""


def _said(metas: Iterable[Attributes]) -> Mapping[str, str]:
    """What is said first counts."""
    said: dict[str, str] = {}
    for meta in metas:
        name = meta.get("property") or meta.get("name") or ""
        content = meta.get("content", "").strip()
        if name and content:
            said.setdefault(name.strip().lower(), content)
    return said


def _first(said: Mapping[str, str], *names: str) -> str:
    return next((said[name] for name in names if name in said), "")


def _picture(said: Mapping[str, str], base: str) -> Picture | None:
    names = (
        "og:image:secure_url",
        "og:image:url",
        "og:image",
        "twitter:image",
        "twitter:image:src",
    )
    url = web_url(base, _first(said, *names))
    if not url:
        return None
    return Picture(
        url,
        number(_first(said, "og:image:width", "twitter:image:width")),
        number(_first(said, "og:image:height", "twitter:image:height")),
        cleaned(_first(said, "og:image:alt", "twitter:image:alt"), DESCRIPTION),
    )


def _film(said: Mapping[str, str], base: str) -> Picture | None:
    """A film, or the player of one; never over a line that everybody can read."""
    names = ("og:video:secure_url", "og:video:url", "og:video", "twitter:player")
    url = web_url(base, _first(said, *names))
    if not url.startswith("https://"):
        return None
    return Picture(
        url,
        number(_first(said, "og:video:width", "twitter:player:width")),
        number(_first(said, "og:video:height", "twitter:player:height")),
        content_type=media_type(_first(said, "og:video:type")),
    )


def media_type(text: str) -> str:
    """A content type, or nothing."""
    text = text.strip().lower()
    return text if _MEDIA_TYPE.fullmatch(text) else ""


def _oembed(links: Iterable[Attributes], base: str) -> str:
    for link in links:
        kind = link.get("type", "").strip().lower()
        if kind in _OEMBED and "alternate" in link.get("rel", "").lower().split():
            return web_url(base, link.get("href", ""))
    return ""
