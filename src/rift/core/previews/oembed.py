"""What an oEmbed answer adds to a page; the HTML it brings along is never looked at."""

from typing import Any

import msgspec
from msgspec.structs import replace

from rift.core.previews.pages import NAME, TITLE, Facts, Picture, web_url
from rift.core.previews.words import cleaned, number


def added(facts: Facts, answer: bytes, url: str) -> Facts:
    """The facts with what the answer knows besides; what is no answer adds nothing."""
    try:
        said: Any = msgspec.json.decode(answer)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return facts
    if not isinstance(said, dict):
        return facts
    return replace(
        facts,
        title=facts.title or cleaned(_text(said, "title"), TITLE),
        provider=cleaned(_text(said, "provider_name"), NAME) or facts.provider,
        provider_url=web_url(url, _text(said, "provider_url")),
        author=cleaned(_text(said, "author_name"), NAME) or facts.author,
        author_url=web_url(url, _text(said, "author_url")),
        image=facts.image or _picture(said, url),
    )


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    return value if isinstance(value, str) else ""


def _picture(said: dict[str, Any], url: str) -> Picture | None:
    """A photo itself, else the image that stands for a film or whatever it is."""
    prefix = "" if said.get("type") == "photo" else "thumbnail_"
    found = web_url(url, _text(said, f"{prefix}url"))
    if not found:
        return None
    width, height = (number(said.get(f"{prefix}{side}")) for side in ("width", "height"))
    return Picture(found, width, height)
