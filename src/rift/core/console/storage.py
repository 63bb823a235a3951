"""How much room everything takes, and who takes the most."""

import asyncio
import shutil
from pathlib import Path
from typing import Final

from rift.core import access
from rift.core.actor import Actor
from rift.core.console import queries
from rift.core.unit import Row, Unit
from rift.wire.console import GuildStorage, Storage, StoredKind

_LARGEST: Final = 20


async def describe(unit: Unit, actor: Actor) -> Storage:
    """What lies where, and how much room is left."""
    await access.instance(unit, actor)
    kinds = await unit.all(queries.KINDS, unit.now())
    guilds = await unit.all(queries.LARGEST, _LARGEST)
    database = await unit.one(queries.DATABASE)
    disk = await disk_of_files(unit)
    return Storage(
        store=unit.settings.files.store,
        kinds=[_kind(row) for row in kinds],
        guilds=[_guild(row) for row in guilds],
        database_bytes=int(database["size"]),
        messages=int(database["messages"]),
        disk_bytes=disk[0] if disk else None,
        disk_free_bytes=disk[1] if disk else None,
    )


async def disk_of_files(unit: Unit) -> tuple[int, int] | None:
    """How large the disk is that the files lie on, and what of it is free; a bucket has none."""
    if unit.settings.files.store != "disk":
        return None
    usage = await asyncio.to_thread(shutil.disk_usage, Path(unit.settings.files_directory))
    return usage.total, usage.free


def _kind(row: Row) -> StoredKind:
    size = None if row["size"] is None else int(row["size"])
    return StoredKind(kind=row["kind"], count=row["count"], size_bytes=size)


def _guild(row: Row) -> GuildStorage:
    size = int(row.pop("size"))
    return GuildStorage(**row, size_bytes=size)
