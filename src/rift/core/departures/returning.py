"""The way back of who disabled or deleted their own account: by logging in, while there is time."""

from rift import errors
from rift.core.departures import queries
from rift.core.unit import Unit
from rift.snowflake import Snowflake


async def readmit(unit: Unit, user_id: Snowflake, *, wanted: bool) -> None:
    """Let somebody back in who has shown their password and wants to; refuse everybody else."""
    state = await unit.one(queries.STATE, user_id)
    if state["barred"] or state["deleted"]:
        raise errors.AccountDisabled
    leaving = state["leaves_at"] is not None
    if not wanted or not await unit.run(queries.READMIT, user_id, unit.now()):
        raise errors.AccountLeaving if leaving else errors.AccountDisabled
