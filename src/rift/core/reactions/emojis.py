"""What may stand in a reaction: one emoji of Unicode, or one of a guild or an application."""

import re
from typing import Final

from rift.errors import UnknownEmoji
from rift.snowflake import Snowflake, parse

# Unicode UTS #51: pictures, each with a presentation, a skin tone or tags, joined into sequences;
# pairs of regional letters; keycaps.
_PICTURE: Final = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u23cf"
    "\u23e9-\u23f3\u23f8-\u23fa\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u27bf\u2934"
    "\u2935\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001f1e5"
    "\U0001f200-\U0001f3fa\U0001f400-\U0001faff]"
)
_ONE: Final = f"{_PICTURE}\ufe0f?[\U0001f3fb-\U0001f3ff]?\ufe0f?[\U000e0020-\U000e007f]{{0,8}}"
_EMOJI: Final = re.compile(
    f"{_ONE}(?:\u200d{_ONE}){{0,9}}|[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3"
)
_CUSTOM: Final = re.compile(r"(?:a:)?[^:]{0,64}:([0-9]{1,20})")
_PRESENTATION: Final = "\ufe0f"


class NotAnEmoji(UnknownEmoji):
    """Discord answers 404 for a guild's emoji that is gone, but 400 for what never was one."""

    status = 400


def checked(emoji: str) -> str:
    """What a reaction is kept under: an emoji of Unicode as it is, of any other the id alone.

    These come as `name:id`, with an `a:` before it where they move; names change, and say nothing.
    """
    if _EMOJI.fullmatch(emoji) is not None:
        return emoji
    custom = _CUSTOM.fullmatch(emoji)
    id_ = None if custom is None else parse(custom[1])
    if id_ is None:
        raise NotAnEmoji
    return id_


def custom_id(kept: str) -> Snowflake | None:
    """The id that a reaction is kept under; none of Unicode consists of digits alone."""
    return parse(kept) if kept.isascii() and kept.isdecimal() else None


def spelled(emoji: str, present: list[str]) -> str:
    """The emoji as it already stands below the message, else as given.

    Clients differ in whether they send the variation selector, which only asks for colour.
    """
    plain = emoji.replace(_PRESENTATION, "")
    for other in present:
        if other.replace(_PRESENTATION, "") == plain:
            return other
    return emoji
