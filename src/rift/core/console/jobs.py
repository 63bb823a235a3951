"""The work that waits or is under way behind everybody's back, and how to push or drop it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final, LiteralString

import msgspec

from rift import errors
from rift.core import access
from rift.core.actor import Actor
from rift.core.console import deeds, queries
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire.console import (
    Jobs,
    JobsChanged,
    OutletState,
    Queue,
    RunningHarvest,
    RunningPurge,
)

_FAILED_SINCE: Final = timedelta(days=7)
_RETRY: Final[Mapping[str, LiteralString]] = {
    "mails": queries.RETRY_MAILS,
    "pushes": queries.RETRY_PUSHES,
    "video_previews": queries.RETRY_VIDEOS,
}
_DROP: Final[Mapping[str, LiteralString]] = {
    "mails": queries.DROP_MAILS,
    "pushes": queries.DROP_PUSHES,
    "link_previews": queries.DROP_LINKS,
    "video_previews": queries.DROP_VIDEOS,
}


async def describe(unit: Unit, actor: Actor) -> Jobs:
    """All there is to do."""
    await access.instance(unit, actor)
    harvests = await unit.all(queries.HARVESTS, unit.now() - _FAILED_SINCE)
    return Jobs(
        outlets=msgspec.convert(await unit.all(queries.OUTLETS), list[OutletState]),
        queues=await queues(unit),
        purges=msgspec.convert(await unit.all(queries.PURGES), list[RunningPurge]),
        harvests=msgspec.convert(harvests, list[RunningHarvest]),
    )


async def queues(unit: Unit) -> list[Queue]:
    """What waits, by kind."""
    return [
        Queue(**row, can_retry=row["name"] in _RETRY, can_drop=row["name"] in _DROP)
        for row in await unit.all(queries.QUEUES)
    ]


async def retry(unit: Unit, actor: Actor, job: str) -> JobsChanged:
    """Have what waits for another attempt tried now."""
    await access.instance(unit, actor)
    query = _RETRY.get(job)
    if query is None:
        raise errors.NotFound
    count = await unit.run(query, unit.now())
    await deeds.note(unit, actor, "jobs_retry", job=job, count=count)
    return JobsChanged(count=count)


async def drop(unit: Unit, actor: Actor, job: str) -> JobsChanged:
    """Have what waits not done at all."""
    await access.instance(unit, actor)
    query = _DROP.get(job)
    if query is None:
        raise errors.NotFound
    count = await unit.run(query)
    await deeds.note(unit, actor, "jobs_drop", job=job, count=count)
    return JobsChanged(count=count)


async def stop_purge(unit: Unit, actor: Actor, purge_id: Snowflake) -> None:
    """End a purge; what it deleted stays deleted."""
    await access.instance(unit, actor)
    if not await unit.run(queries.STOP_PURGE, purge_id, unit.now()):
        raise errors.NotFound
    await deeds.note(unit, actor, "purge_stop", purge_id)


async def retry_harvest(unit: Unit, actor: Actor, harvest_id: Snowflake) -> None:
    """Have a copy of somebody's data made after all, where that failed."""
    await access.instance(unit, actor)
    if not await unit.run(queries.RETRY_HARVEST, harvest_id, unit.now()):
        raise errors.NotFound
    await deeds.note(unit, actor, "harvest_retry", harvest_id)
