"""What can be done with harvests: ask for one, and see how far it is and where to get it."""

from datetime import timedelta
from typing import Final

from rift import errors
from rift.core.actor import Actor
from rift.core.bells import Bell
from rift.core.harvests import links, queries
from rift.core.harvests.sources import PARTS
from rift.core.unit import Row, Unit
from rift.wire.harvests import CreateHarvest, Harvest, HarvestMetadata

_RUNNING: Final = 1
_COMPLETED: Final = 3
_EVERY: Final = timedelta(hours=24)
_BACKENDS: Final = {"Accounts": "users", "Servers": "guilds", "Messages": "messages"}
"""The kinds of data by the names they are asked for, and by those they are shown under."""


async def create(unit: Unit, actor: Actor, body: CreateHarvest) -> Harvest:
    """Have everything we hold on oneself collected; once a day, and one at a time."""
    actor.must_be_person()
    await _check_turn(unit, actor)
    wanted = [_BACKENDS[name] for name in body.backends or () if name in _BACKENDS]
    await links.make_key(unit)
    put = await unit.run(
        queries.INSERT,
        unit.new_id(),
        actor.id,
        list(dict.fromkeys(wanted)) or list(PARTS),
        unit.now(),
    )
    if not put:
        raise errors.Conflict("A copy of your data is being made already.")
    unit.rouse(Bell.HARVESTS)
    return await _shown(unit, actor, await unit.one(queries.LATEST, actor.id))


async def fetch(unit: Unit, actor: Actor) -> Harvest | None:
    """The latest harvest one asked for, with a link to it once it is complete."""
    actor.must_be_person()
    row = await unit.maybe(queries.LATEST, actor.id)
    return None if row is None else await _shown(unit, actor, row)


async def _check_turn(unit: Unit, actor: Actor) -> None:
    """A harvest that failed does not count."""
    row = await unit.maybe(queries.LATEST, actor.id)
    if row is None or row["status"] != _COMPLETED or not unit.settings.server.rate_limits:
        return
    wait = row["created_at"] + _EVERY - unit.now()
    if wait > timedelta():
        raise errors.RateLimited(wait.total_seconds())


async def _shown(unit: Unit, actor: Actor, row: Row) -> Harvest:
    complete = row["status"] == _COMPLETED and row["expires_at"] > unit.now()
    email = actor.account.email
    return Harvest(
        harvest_id=row["id"],
        user_id=row["user_id"],
        email=email if isinstance(email, str) else "",
        state="DELIVERED" if row["status"] == _COMPLETED else "INCOMPLETE",
        status=row["status"],
        created_at=row["created_at"],
        completed_at=row["completed_at"],
        polled_at=unit.now(),
        backends={name: _state(row, name) for name in row["wanted"]},
        updated_at=row["updated_at"],
        harvest_metadata=HarvestMetadata(),
        scanned=int(row["scanned"]),
        size_bytes=int(row["size_bytes"]),
        expires_at=row["expires_at"],
        download_url=await links.link(unit, row["id"]) if complete else None,
    )


def _state(row: Row, backend: str) -> str:
    if backend in row["done"]:
        return "EXTRACTED"
    left = row["wanted"][len(row["done"]) :]
    at_work = row["status"] == _RUNNING and left[:1] == [backend]
    return "RUNNING" if at_work else "INITIAL"
