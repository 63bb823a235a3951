"""Holding a user: who changes what belongs to one person does so one after the other."""

from rift import errors
from rift.core.unit import Row, Unit
from rift.core.users import queries


async def hold(unit: Unit, user_id: str) -> Row:
    """The user, held until the unit ends; they may have been disabled meanwhile."""
    row = await unit.maybe(queries.HOLD, user_id)
    if row is None:
        raise errors.UnknownUser
    return row
