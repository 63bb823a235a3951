"""What looks like spam: said again and again, full of links, or nothing but noise."""

import re
import unicodedata
from collections import Counter
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from rift.core.automod.sentry import Said, Sentry

REPEATED_WITHIN: Final = timedelta(seconds=60)
REPEATED: Final = 4
"""The same words so many times within that time, in whatever channels."""
SHORTEST_REPEATED: Final = 6
"""What is said in fewer letters may be said often: `yes`, `lol`."""
LINKS_WITHIN: Final = timedelta(seconds=30)
LINKS: Final = 8
"""So many links within that time."""
RUN: Final = 150
"""The same sign so many times in a row."""
MARKS: Final = 40
"""So many marks on top of letters, where they are also most of the text."""

_LINK: Final = re.compile(r"https?://\S", re.IGNORECASE)
_SPACE: Final = re.compile(r"\s+")
_BAIT: Final = re.compile(
    r"free\W{0,3}nitro|nitro\W{0,3}(?:for\W{0,3})?free|steam\W{0,3}gift|gift\W{0,3}card"
    r"|crypto\W{0,3}giveaway|double\W{0,3}your\W{0,3}(?:money|bitcoin)",
    re.IGNORECASE,
)
_EVERYBODY: Final = re.compile(r"@everyone|@here")


def is_spam(sentry: Sentry, guild_id: str, user_id: str, text: str, now: datetime) -> bool:
    """Whether the newest message of somebody is one too many, or was none from the beginning."""
    plain = _SPACE.sub(" ", text).strip().casefold()
    links = len(_LINK.findall(text))
    kept = sentry.said(guild_id, user_id, Said(now, hash(plain), links))
    if len(plain) >= SHORTEST_REPEATED:
        alike = [one for one in kept if one.print == hash(plain)]
        if sum(one.at > now - REPEATED_WITHIN for one in alike) >= REPEATED:
            return True
    if links and sum(one.links for one in kept if one.at > now - LINKS_WITHIN) >= LINKS:
        return True
    return _is_bait(text, links) or _is_noise(plain)


def _is_bait(text: str, links: int) -> bool:
    """Links beside what makes people follow them."""
    return bool(links) and bool(_BAIT.search(text)) and bool(_EVERYBODY.search(text))


def _is_noise(text: str) -> bool:
    if len(text) < MARKS:
        return False
    if len(text) >= RUN and max(len(list(run)) for _, run in groupby(text)) >= RUN:
        return True
    if text.isascii():
        return False
    kinds = Counter(unicodedata.category(sign) == "Mn" for sign in text)
    return kinds[True] >= MARKS and kinds[True] > kinds[False]
