"""How a purge goes on: so many messages looked at in one transaction, then the next so many."""

from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct

from rift import events
from rift.core.auditlog import queries as auditlog_queries
from rift.core.bells import Bell
from rift.core.crossposts.flags import INVOLVED
from rift.core.messages.lasting import LASTING
from rift.core.purges import queries
from rift.core.unit import Row, Unit
from rift.snowflake import Snowflake
from rift.wire.gateway import MessageDeleteBulk

_LOOKED_AT_ONCE: Final = 2000
_TOLD_AT_ONCE: Final = 100
_MOST: Final = 2**31 - 1
_FIRST_STEPS: Final = 50
_FIRST_LOOKS: Final = 10_000
"""What is done at once, before whoever asks gets an answer; the rest follows in portions."""


class Criteria(Struct, frozen=True, kw_only=True):
    """Which messages of which channels; both bounds are themselves left alone."""

    guild_id: Snowflake
    user_id: Snowflake
    channel_ids: Sequence[str]
    newest: Snowflake
    oldest: Snowflake
    channel_id: Snowflake | None = None
    """Set where it is a channel's purge, which can be watched and stopped."""
    author_ids: Sequence[Snowflake] | None = None
    contains: str | None = None
    pinned: bool = True
    most: int | None = None


async def begin(unit: Unit, criteria: Criteria) -> Row:
    """Delete what can be deleted at once; the rest is left to whoever goes on with it."""
    bounds = (criteria.oldest, criteria.newest)
    inhabited = await unit.all(queries.INHABITED, list(criteria.channel_ids), *bounds)
    purge = await unit.one(
        queries.INSERT,
        unit.new_id(),
        criteria.guild_id,
        criteria.user_id,
        criteria.channel_id,
        [row["id"] for row in inhabited],
        criteria.newest,
        criteria.oldest,
        criteria.author_ids,
        criteria.contains,
        criteria.pinned,
        criteria.most,
    )
    for _ in range(_FIRST_STEPS):
        purge = await _step(unit, purge)
        if purge["ended_at"] is not None or purge["looked"] >= _FIRST_LOOKS:
            break
    if purge["ended_at"] is None:
        unit.rouse(Bell.PURGES)
    return purge


async def go_on(unit: Unit) -> bool:
    """One more portion of the purge that has come least far; whether there was one."""
    purge = await unit.maybe(queries.NEXT)
    if purge is None:
        return False
    after = await _step(unit, purge)
    if after["entry_id"] is not None and after["deleted"] != purge["deleted"]:
        count = str(after["deleted"])
        await unit.run(auditlog_queries.SET_COUNT, after["entry_id"], count)
    return True


async def _step(unit: Unit, purge: Row) -> Row:
    """A portion of the first channel that is left."""
    channels: list[str] = purge["channel_ids"]
    found: dict[str, Any] = {"looked": 0, "reached": None, "ids": []}
    if channels:
        found = await _delete(unit, purge, channels[0])
    done = found["looked"] < _LOOKED_AT_ONCE
    left = channels[1:] if done else channels
    enough = purge["most"] is not None and purge["deleted"] + len(found["ids"]) >= purge["most"]
    return await unit.one(
        queries.ADVANCE,
        purge["id"],
        left,
        purge["newest"] if done else found["reached"],
        found["looked"],
        len(found["ids"]),
        unit.now() if enough or not left else None,
    )


async def _delete(unit: Unit, purge: Row, channel_id: str) -> Row:
    most = _MOST if purge["most"] is None else purge["most"] - purge["deleted"]
    found = await unit.one(
        queries.PORTION,
        channel_id,
        purge["reached"],
        purge["oldest"],
        _LOOKED_AT_ONCE,
        purge["author_ids"],
        purge["contains"],
        purge["pinned"],
        sorted(LASTING),
        most,
        purge["user_id"],
        INVOLVED,
    )
    ids = found["ids"]
    for start in range(0, len(ids), _TOLD_AT_ONCE):
        gone = MessageDeleteBulk(
            ids=ids[start : start + _TOLD_AT_ONCE],
            channel_id=Snowflake(channel_id),
            guild_id=purge["guild_id"],
        )
        unit.emit(events.MessageDeleteBulk(data=gone, is_crossposted=found["involved"]))
    return found
