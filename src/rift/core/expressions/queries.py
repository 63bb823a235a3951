"""The SQL that finds out which files nobody shows any more."""

from collections.abc import Mapping
from typing import Final, LiteralString

_EMOJIS: Final = """
select wanted.id
from unnest($1::bigint[]) as wanted (id)
where not exists (select from emojis where emojis.id = wanted.id)
"""

_STICKERS: Final = """
select wanted.id
from unnest($1::bigint[]) as wanted (id)
where not exists (select from stickers where stickers.id = wanted.id)
"""

_SOUNDS: Final = """
select wanted.id
from unnest($1::bigint[]) as wanted (id)
where not exists (select from sounds where sounds.id = wanted.id)
"""

UNKNOWN: Final[Mapping[str, LiteralString]] = {
    "emojis": _EMOJIS,
    "stickers": _STICKERS,
    "sounds": _SOUNDS,
}
"""Which of some ids have no row, by the folder of the files."""
