"""What becomes of a request when its member comes, goes, or is let in by somebody."""

from rift import errors
from rift.core.actor import Actor
from rift.core.join_requests import queries, telling
from rift.core.unit import Row, Unit
from rift.snowflake import Snowflake
from rift.wire.join_requests import JoinRequest, Verdict


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
    row = await unit.maybe(queries.WITHDRAW, guild_id, user_id)
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


async def of(unit: Unit, guild_id: Snowflake, user_id: Snowflake) -> JoinRequest:
    """Somebody's newest request."""
    row = await unit.maybe(queries.OF_USER, guild_id, user_id)
    if row is None:
        raise errors.NotFound("There is no such request.")
    return (await telling.shown(unit, [row]))[0]
