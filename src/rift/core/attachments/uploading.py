"""Takes in a file that is sent ahead of its message: at once, or in pieces after any break."""

from collections.abc import AsyncIterator
from typing import NamedTuple

import msgspec

from rift import errors
from rift.core.attachments import queries
from rift.core.attachments.examining import examine, key
from rift.core.attachments.keeping import Kept
from rift.core.attachments.naming import cleaned
from rift.core.unit import Row, Unit
from rift.files import Missing, OutOfPlace, StoreDown, Taken
from rift.snowflake import Snowflake


class Progress(NamedTuple):
    """How much of a file is here."""

    extent: int
    size: int
    whole: bool


async def progress(unit: Unit, upload_id: Snowflake, signature: str) -> Progress:
    """How far an upload has come."""
    row = await _upload(unit, upload_id, signature)
    try:
        if row["kept"] is not None or await _is_in_place(unit, row):
            return await _finished(unit, row)
        return Progress(await unit.house.files.extent(_part(row)), int(row["file_size"]), False)
    except StoreDown as error:
        raise errors.StoreAway from error


async def add(
    unit: Unit,
    upload_id: Snowflake,
    signature: str,
    offset: int | None,
    content: AsyncIterator[bytes],
) -> Progress:
    """Take in what follows the first `offset` bytes; with none named, this is the whole file.

    What came before a break is kept. Somebody who begins at the wrong place learns the right one.
    """
    row = await _upload(unit, upload_id, signature)
    size = int(row["file_size"])
    try:
        if row["kept"] is not None or await _is_in_place(unit, row):
            return await _finished(unit, row)
        if offset is None:
            await _forget(unit, row)
        bounded = _bounded(content, size - (offset or 0))
        extent = await unit.house.files.extend(_part(row), offset or 0, bounded)
        if extent < size and not (offset is None and extent):
            return Progress(extent, size, False)
        await unit.house.files.finish(_part(row), key(row["channel_id"], row["id"]))
        return await _finished(unit, row)
    except OutOfPlace as error:
        return Progress(error.extent, size, False)
    except errors.InvalidFile:
        async with Unit(unit.house) as forsaking:
            await forsaking.run(queries.FORSAKE, [row["id"]])
        raise
    except (Taken, Missing) as error:
        raise errors.UploadTaken from error
    except StoreDown as error:
        raise errors.StoreAway from error


async def _upload(unit: Unit, upload_id: Snowflake, signature: str) -> Row:
    """The upload, if the address is one of ours; who comes for it shows that it is alive."""
    if not unit.house.links.admits(upload_id, signature):
        raise errors.NotFound
    async with Unit(unit.house) as glance:
        row = await glance.maybe(queries.UPLOAD, upload_id)
        await glance.run(queries.TOUCH, upload_id)
    if row is None:
        raise errors.NotFound
    return row


async def _bounded(content: AsyncIterator[bytes], left: int) -> AsyncIterator[bytes]:
    async for piece in content:
        left -= len(piece)
        if left < 0:
            raise errors.EntityTooLarge
        yield piece


async def _forget(unit: Unit, row: Row) -> None:
    """Begin anew."""
    files, part = unit.house.files, _part(row)
    if await files.extent(part):
        await files.remove([part, *[one async for one in files.keys(part)]])


async def _is_in_place(unit: Unit, row: Row) -> bool:
    """Whether it was whole already when somebody was interrupted."""
    return await unit.house.files.size(key(row["channel_id"], row["id"])) is not None


async def _finished(unit: Unit, row: Row) -> Progress:
    if row["kept"] is not None:
        kept = msgspec.convert(row["kept"], Kept)
        return Progress(kept.size, kept.size, True)
    house, place = unit.house, key(row["channel_id"], row["id"])
    size = await house.files.size(place)
    if size is None:
        raise Missing(place)
    name = cleaned(row["filename"])
    kept = await examine(house, row["channel_id"], row["id"], name, size, is_clip=row["is_clip"])
    async with Unit(house) as noting:
        await noting.run(queries.FINISH, row["id"], kept)
    return Progress(size, size, True)


def _part(row: Row) -> str:
    return f"parts/{row['id']}"
