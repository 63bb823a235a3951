"""The log of what those who own the instance did to it."""

from typing import Any

from rift.core import access
from rift.core.actor import Actor
from rift.core.console import queries
from rift.core.messages import people
from rift.core.unit import Unit
from rift.snowflake import MAX, Snowflake, created_at
from rift.wire.console import InstanceDeed, InstanceLog, LogQuery


async def note(
    unit: Unit,
    actor: Actor,
    action: str,
    target_id: Snowflake | None = None,
    **details: Any,
) -> None:
    """Keep what was done, in the transaction it is done in."""
    await unit.run(queries.NOTE, unit.new_id(), actor.id, action, target_id, details or None)


async def page(unit: Unit, actor: Actor, query: LogQuery) -> InstanceLog:
    """What was done, the newest first."""
    await access.instance(unit, actor)
    rows = await unit.all(queries.LOG, query.before or str(MAX), query.limit)
    entries = [InstanceDeed(**row, happened_at=created_at(row["id"])) for row in rows]
    named = {entry.user_id for entry in entries}
    named |= {entry.target_id for entry in entries if entry.target_id is not None}
    users = await people.users(unit, named)
    return InstanceLog(entries=entries, users=list(users.values()))
