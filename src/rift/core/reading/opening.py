"""What a client is told of reading when it opens, and how that stays quick to tell."""

from datetime import timedelta
from typing import Final

import msgspec

from rift.core import access
from rift.core.actor import Actor
from rift.core.reading import acks, queries
from rift.core.reading.acks import LISTED
from rift.core.unit import Unit
from rift.snowflake import at
from rift.wire.reading import ReadStates

_UNDER_WAY: Final = timedelta(minutes=1)
"""A message that is being stored may have an id that is older than this process thinks."""


async def read_states(unit: Unit, actor: Actor) -> ReadStates:
    """All of one's read states, with what called one since where one may see it."""
    seen = (await access.sight(unit, actor)).seen()
    asked = [row["channel_id"] for row in await unit.all(queries.CANDIDATES, actor.id)]
    counts = await acks.counted(unit, actor, [id_ for id_ in asked if id_ in seen])
    row = await unit.one(queries.STATES, actor.id, list(counts), list(counts.values()))
    return ReadStates(entries=msgspec.Raw(row["entries"].encode()), version=int(row["version"]))


async def gather(unit: Unit) -> None:
    """Note where people spoke last, so that READY has to look at the last minutes only."""
    now = unit.now()
    week = str(int(at(now)) - int(at(now - LISTED)))
    await unit.run(queries.GATHER, at(now - _UNDER_WAY), week)
