"""What other services send to webhooks, cut to what an embed holds."""

from typing import Any, Final, TypeVar

import msgspec

from rift.errors import InvalidForm, from_decoding
from rift.wire.characters import json_holds_nul
from rift.wire.embeds import EmbedBody

MOST_EMBEDS: Final = 10
_MOST_IN_ALL: Final = 6000
_FORM = TypeVar("_FORM")


def unfolded(payload: str | None, form: _FORM) -> _FORM:
    """The form itself, or what it brings as JSON in one of its fields."""
    if payload is None:
        return form
    raw = payload.encode("utf-8", "replace")
    if json_holds_nul(raw):
        words = "A text cannot hold the NUL character."
        raise InvalidForm.at("payload", "STRING_TYPE_REGEX", words)
    try:
        return msgspec.json.decode(raw, type=type(form))
    except msgspec.MsgspecError as error:
        raise from_decoding(error) from error


def cut(text: str | None, most: int) -> str | None:
    """As much of a text as there is room for; None for none."""
    bare = (text or "").strip()
    if len(bare) > most:
        bare = bare[: most - 1].rstrip() + "…"
    return bare or None


def address(url: str | None) -> str | None:
    """An address that embeds may lead to."""
    is_web = url is not None and url.startswith(("https://", "http://"))
    return url if is_web and len(url or "") <= 2048 else None  # as embeds have it


def embed(**parts: Any) -> EmbedBody:
    """An embed of those parts that are there."""
    return msgspec.convert({name: part for name, part in parts.items() if part}, EmbedBody)


def fitting(embeds: list[EmbedBody]) -> list[EmbedBody]:
    """As many of the embeds as one message holds."""
    kept, room = list[EmbedBody](), _MOST_IN_ALL
    for one in embeds[:MOST_EMBEDS]:
        room -= one.length()
        if room < 0:
            break
        kept.append(one)
    return kept
