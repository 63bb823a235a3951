"""Who looks at a client just now: they see what happens, and are told nothing besides."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from rift.core.pushes import queries
from rift.core.unit import Unit

LASTING: Final = timedelta(seconds=8)
"""So long after a process last said so, somebody is taken to be there."""
_FORGOTTEN: Final = timedelta(minutes=10)


async def note(unit: Unit, user_ids: Sequence[str]) -> None:
    """Keep who is there in this process, in place of who was."""
    claims = unit.house.claims
    if claims is None:
        return
    now = unit.now()
    await unit.run(queries.TURN_AWAY, user_ids, claims.number, now - _FORGOTTEN)
    await unit.run(queries.ATTEND, user_ids, claims.number, now)
