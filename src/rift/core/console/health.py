"""How the instance is: what it runs on, what waits, what its owner should look at."""

import asyncio
import platform
import time
from collections.abc import Iterator
from importlib.metadata import version
from typing import Final

from rift.backups import shelf
from rift.core import access
from rift.core.actor import Actor
from rift.core.backups.warning import warnings as backup_warnings
from rift.core.console import jobs, queries
from rift.core.console.storage import disk_of_files
from rift.core.unit import Unit
from rift.files import StoreDown
from rift.wire.console import DatabaseHealth, Health, Queue, StoreHealth

_FEW: Final = 0.1
"""Of a disk; less of it free is worth a warning."""
_MANY: Final = 10_000
_CROWDED: Final = 0.9


async def describe(unit: Unit, actor: Actor) -> Health:
    """The state of things."""
    await access.instance(unit, actor)
    began = time.perf_counter()
    pulse = await unit.one(queries.PULSE)
    latency_ms = (time.perf_counter() - began) * 1000
    database = DatabaseHealth(
        version=pulse["version"],
        latency_ms=round(latency_ms, 2),
        connections=pulse["used"],
        most_connections=pulse["most"],
        migration=pulse["migration"],
    )
    store = await _store(unit)
    waiting = await jobs.queues(unit)
    backups = await asyncio.to_thread(shelf.listed, unit.settings.backups_directory)
    started_at = unit.house.began
    return Health(
        version=version("rift"),
        python=platform.python_version(),
        started_at=started_at,
        uptime_s=int((unit.now() - started_at).total_seconds()),
        workers=pulse["workers"],
        database=database,
        store=store,
        queues=waiting,
        messages_waiting=unit.house.inbox.waiting,
        last_backup_at=backups[0].manifest.made_at if backups else None,
        warnings=[
            *_warnings(unit, database, waiting),
            *await _about_disk(unit, store),
            *backup_warnings(unit.settings, backups, unit.now()),
        ],
    )


async def _store(unit: Unit) -> StoreHealth:
    kind = unit.settings.files.store
    try:
        await unit.house.files.size("attachments/0/0")
    except StoreDown:
        return StoreHealth(kind=kind, reachable=False, free_bytes=None)
    disk = await disk_of_files(unit)
    return StoreHealth(kind=kind, reachable=True, free_bytes=disk[1] if disk else None)


async def _about_disk(unit: Unit, store: StoreHealth) -> list[str]:
    if not store.reachable:
        return ["store_down"]
    disk = await disk_of_files(unit)
    return ["disk_low"] if disk and disk[1] < _FEW * disk[0] else []


def _warnings(unit: Unit, database: DatabaseHealth, waiting: list[Queue]) -> Iterator[str]:
    if not unit.settings.server.rate_limits:
        yield "rate_limits_off"
    if not unit.settings.mail.enabled:
        yield "no_mail"
    if database.connections > _CROWDED * database.most_connections:
        yield "database_crowded"
    if any(queue.waiting > _MANY for queue in waiting):
        yield "queue_long"
