"""What becomes of a request when its member comes, goes, or is let in by somebody."""

from datetime import timedelta
from math import ceil
from typing import Final

from rift import errors
from rift.core.actor import Actor
from rift.core.join_requests import queries, telling
from rift.core.unit import Row, Unit
from rift.snowflake import Snowflake
from rift.wire.join_requests import JoinRequest, Verdict

_SHOWN_AT_ONCE: Final = 100
_COOLDOWN: Final = timedelta(minutes=10)
"""Who was put out asks nothing again for so long."""


async def begin(unit: Unit, guild_id: Snowflake, user_id: Snowflake) -> JoinRequest:
    """Somebody is there who has yet to agree."""
    row = await put(unit, guild_id, user_id, "STARTED")
    [request] = await telling.shown(unit, [row])
    telling.begun(unit, request)
    return request


async def put(
    unit: Unit, guild_id: Snowflake, user_id: Snowflake, status: str, responses: object = None
) -> Row:
    """Keep how far somebody is; what needs nobody's decision is decided at once."""
    now = unit.now()
    reviewed = now if status == "APPROVED" else None
    key = (unit.new_id(), guild_id, user_id)
    return await unit.one(queries.PUT, *key, status, now, responses, reviewed)


async def end(unit: Unit, guild_id: Snowflake, user_id: Snowflake) -> None:
    """Take back what nobody has decided yet; who leaves takes it along."""
    key = (guild_id, user_id)
    row = await unit.maybe(queries.RESTORE, *key) or await unit.maybe(queries.WITHDRAW, *key)
    if row is not None:
        telling.gone(unit, guild_id, row["id"], user_id)


async def decide(
    unit: Unit,
    actor: Actor,
    guild_id: Snowflake,
    user_id: Snowflake,
    verdict: Verdict,
    reason: str | None = None,
) -> JoinRequest | None:
    """Note what somebody decided, if there was something to decide."""
    said = reason if verdict == "REJECTED" else None
    decided = (verdict, said, unit.now(), actor.id)
    row = await unit.maybe(queries.DECIDE, guild_id, user_id, *decided)
    if row is None:
        return None
    [request] = await telling.shown(unit, [row])
    telling.moved(unit, request)
    return request


async def active(unit: Unit, user_id: Snowflake) -> list[JoinRequest]:
    """What somebody has asked for and is not done with, for READY."""
    rows = await unit.all(queries.ACTIVE, user_id, _SHOWN_AT_ONCE)
    return [telling.own(request) for request in await telling.shown(unit, rows)] if rows else []


async def wait_s(unit: Unit, guild_id: Snowflake, user_id: Snowflake) -> int:
    """In how many seconds somebody who was put out may ask again."""
    row = await unit.maybe(queries.REJECTED_AT, guild_id, user_id)
    if row is None:
        return 0
    left: timedelta = row["rejected_at"] + _COOLDOWN - unit.now()
    return max(ceil(left.total_seconds()), 0)


async def of(unit: Unit, guild_id: Snowflake, user_id: Snowflake) -> JoinRequest:
    """Somebody's newest request."""
    row = await unit.maybe(queries.OF_USER, guild_id, user_id)
    if row is None:
        raise errors.NotFound("There is no such request.")
    return (await telling.shown(unit, [row]))[0]
