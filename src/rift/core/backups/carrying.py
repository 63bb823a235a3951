"""Backups that come and go over the network, by links that are good for minutes."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final, NamedTuple

from rift import errors
from rift.backups import packing, shelf
from rift.backups.failure import BackupFailed
from rift.backups.task import CHECK
from rift.core.backups import queries
from rift.core.bells import Bell
from rift.core.house import House
from rift.core.unit import Unit
from rift.files.durable import write_all

_ENDING: Final = ".tar"


class Cargo(NamedTuple):
    """A backup as one file."""

    filename: str
    size: int
    pieces: Iterator[bytes]


async def fetch(house: House, filename: str, ticket: str) -> Cargo | None:
    """The backup a link leads to, if it is one of ours and not too old."""
    name = filename.removesuffix(_ENDING)
    if filename == name or not house.links.admits_ticket(f"fetch {name}", ticket):
        return None
    backup = await asyncio.to_thread(shelf.found, house.choices.settings.backups_directory, name)
    if backup is None:
        return None
    size = await asyncio.to_thread(packing.packed_size, backup.path)
    return Cargo(filename, size, packing.packed(backup.path))


async def bring(house: House, ticket: str, content: AsyncIterator[bytes]) -> str:
    """Put a backup that comes as one file on the shelf, and have it read through; its name."""
    if not house.links.admits_ticket("bring", ticket):
        raise errors.NotFound
    place = house.choices.settings.backups_directory
    reading, writing = os.pipe()
    unpacking = asyncio.create_task(
        asyncio.to_thread(shelf.take_in, place, datetime.now(UTC), os.fdopen(reading, "rb"))
    )
    try:
        try:
            await _pour(content, writing)
        finally:
            os.close(writing)
        name = await unpacking
    except BackupFailed as error:
        raise errors.InvalidForm.at("", "BACKUP_INVALID", error.problem) from error
    finally:
        await asyncio.gather(unpacking, return_exceptions=True)
    async with Unit(house) as unit:
        await unit.run(queries.ORDER, unit.new_id(), CHECK, name)
        unit.rouse(Bell.BACKUPS)
    return name


async def _pour(content: AsyncIterator[bytes], writing: int) -> None:
    """Until the end, or until the other side has seen enough."""
    with suppress(BrokenPipeError):
        async for piece in content:
            await asyncio.to_thread(write_all, writing, piece)
