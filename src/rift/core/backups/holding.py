"""Keeps files that nobody names any more for as long as a backup may still copy them."""

from rift.core.backups import queries
from rift.core.unit import Unit


async def may_remove(unit: Unit) -> bool:
    """Whether files may go before this unit ends; what has to stay is found the next time."""
    return bool((await unit.one(queries.MAY_REMOVE))["free"])
