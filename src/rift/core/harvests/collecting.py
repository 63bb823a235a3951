"""Working through what people asked for: one harvest after the other, with bounded memory."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, LiteralString

from rift.core.bells import Bell
from rift.core.harvests import queries
from rift.core.harvests.archive import Archive, new_archive
from rift.core.harvests.sources import PARTS, PICTURES, UPLOADS, WALKS, Walk
from rift.core.house import House
from rift.core.mails import orders
from rift.core.mails.orders import Kind
from rift.core.offices import Officer
from rift.core.unit import Row, Unit
from rift.files import Missing
from rift.media import HEAD_BYTES, kind_of
from rift.snowflake import MAX, Snowflake

_log = logging.getLogger(__name__)
_PORTION: Final = 2000
_FILES: Final = 200
_BREATH_S: Final = 0.002
"""Between two portions others have their turn."""


class Harvester(Officer):
    """One process of the instance has one at work."""

    office = bell = Bell.HARVESTS

    async def step(self) -> bool:
        """Carry out the next harvest; whether there was one."""
        async with Unit(self._house) as unit:
            row = await unit.maybe(queries.NEXT, unit.now())
        if row is None:
            return False
        try:
            await self._collect(row)
        except Exception:  # noqa: BLE001  # the edge of a job: its owner may ask again
            _log.exception("harvest %s failed", row["id"])
            await self._note(queries.FAIL, row["id"], self._house.clock())
        return True

    async def _collect(self, row: Row) -> None:
        path = place(self._house, row["id"])
        async with new_archive(path) as archive:
            for backend in row["wanted"]:
                for name, query in PARTS[backend].items():
                    async with Unit(self._house, reading=True) as unit:
                        rows = await unit.all(query, row["user_id"])
                    await archive.put(name, rows)
                await self._copy_pictures(archive, row, PICTURES.get(backend))
                await self._copy_uploads(archive, row, UPLOADS.get(backend))
                for name, walk in WALKS.get(backend, {}).items():
                    await self._walk(archive, row, name, walk)
                await self._note(queries.DONE_WITH, row["id"], backend, self._house.clock())
        await self._finish(row, path)

    async def _copy_pictures(self, archive: Archive, row: Row, query: LiteralString | None) -> None:
        """What the person shows of themselves and of their guilds, by the names of files."""
        if query is None:
            return
        async with Unit(self._house, reading=True) as unit:
            rows = await unit.all(query, row["user_id"])
        await self._copy(archive, rows)

    async def _copy_uploads(self, archive: Archive, row: Row, query: LiteralString | None) -> None:
        """What the person uploaded, by the names of files."""
        if query is None:
            return
        begins, rows = "0", [row]
        while rows:
            async with Unit(self._house, reading=True) as unit:
                rows = await unit.all(query, row["user_id"], begins, _FILES)
            await self._copy(archive, rows)
            begins = rows[-1]["id"] if rows else begins

    async def _copy(self, archive: Archive, rows: Sequence[Row]) -> None:
        """Files from the store; one that is not there any more is left out."""
        files = self._house.files
        for file in rows:
            with suppress(Missing):
                head = b"".join([it async for it in files.read(file["key"], 0, HEAD_BYTES)])
                endings = kind_of(head).extensions
                name = f"{file['name']}.{endings[0]}" if endings else file["name"]
                await archive.copy(name, files.read(file["key"]))

    async def _walk(self, archive: Archive, row: Row, name: str, walk: Walk) -> None:
        async with archive.listing(name) as add:
            begun = False
            async for rows in portions(self._house, row["user_id"], walk):
                if begun:
                    await self._note(queries.SCANNED, row["id"], str(_PORTION), self._house.clock())
                begun = True
                await add(rows)
                await asyncio.sleep(_BREATH_S)

    async def _finish(self, row: Row, path: Path) -> None:
        size = (await asyncio.to_thread(path.stat)).st_size
        async with Unit(self._house) as unit:
            now = unit.now()
            ends_at = now + timedelta(hours=unit.settings.auth.export_hours)
            kept = await unit.run(queries.COMPLETE, row["id"], str(size), now, ends_at)
            if kept:
                await orders.order(unit, Kind.HARVEST, Snowflake(row["user_id"]))
        if not kept:  # the person was deleted meanwhile
            await asyncio.to_thread(path.unlink, missing_ok=True)

    async def _note(self, query: LiteralString, *args: object) -> None:
        await self._house.pool.execute(query, *args)


async def portions(house: House, user_id: str, walk: Walk) -> AsyncIterator[Sequence[Row]]:
    """What of a large table is somebody's.

    Every portion is read on its own connection, so that none is kept from others for long.
    """
    begins: tuple[Any, ...] = walk.start
    end: Row | None = {}
    while end is not None:
        async with Unit(house, reading=True) as unit:
            end = await unit.maybe(walk.end, *begins, _PORTION - 1)
            ends = tuple(end.values()) if end else _beyond(walk)
            rows = await unit.all(walk.rows, user_id, *begins, *ends)
        yield rows
        begins = ends


def _beyond(walk: Walk) -> tuple[Any, ...]:
    """A key after every other, of the shape the walk's keys have."""
    moment = datetime.max.replace(tzinfo=UTC)
    last: dict[type, Any] = {str: str(MAX), int: _HIGHEST_INT, datetime: moment}
    return tuple(_HIGHEST_TEXT if it == "" else last[type(it)] for it in walk.start)


_HIGHEST_TEXT: Final = "\U0010ffff"
_HIGHEST_INT: Final = 2**31 - 1


def place(house: House, harvest_id: str) -> Path:
    """Where a harvest lies."""
    return house.settings.data_directory / "harvests" / f"{harvest_id}.zip"


async def prune(unit: Unit) -> None:
    """Remove what is kept no longer, or nobody's any more."""
    kept = {row["id"] for row in await unit.all(queries.KEPT, unit.now())}
    await asyncio.to_thread(_sweep, unit.settings.data_directory / "harvests", kept)
    await unit.run(queries.PRUNE, unit.now())


def _sweep(directory: Path, kept: set[str]) -> None:
    for path in directory.glob("*"):
        if path.stem not in kept:
            path.unlink(missing_ok=True)
