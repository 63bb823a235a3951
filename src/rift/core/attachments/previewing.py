"""Previews of videos that not every browser plays: ordered with the message, made later."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from secrets import token_hex
from typing import Final

from rift.core.attachments import queries
from rift.core.attachments.examining import key
from rift.core.attachments.keeping import Kept
from rift.core.bells import Bell
from rift.core.offices import Officer
from rift.core.unit import Unit
from rift.errors import Refusal
from rift.files import Missing, StoreDown
from rift.media import Unreadable, can_play_video
from rift.snowflake import Snowflake

_log = logging.getLogger(__name__)
_TRIES: Final = 3
_PIECE: Final = 256 * 1024
# Kinds of containers that mostly hold H.264; what a browser plays anyway is not made again.
_WANTING: Final = frozenset({"video/mp4", "video/quicktime", "video/x-matroska"})


async def order(
    unit: Unit, channel_id: Snowflake, message_id: Snowflake, carried: Iterable[Kept]
) -> None:
    """Note which of the files of a message want a preview."""
    ids = [one.id for one in carried if one.content_type in _WANTING]
    if ids:
        await unit.run(queries.ORDER_PREVIEWS, ids, channel_id, message_id)
        unit.rouse(Bell.FILMS)


def preview_key(channel_id: str, id_: str) -> str:
    """Where the preview of a video lies, once it was made."""
    return f"renditions/{channel_id}/{id_}.webm"


class Screening(Officer):
    """One process of the instance makes one preview after the other."""

    office = bell = Bell.FILMS
    next_due = queries.NEXT_PREVIEW_DUE

    async def run(self) -> None:
        """Work for ever, where films can be read at all."""
        if can_play_video():
            await super().run()

    async def step(self) -> bool:
        """Make the next preview; whether there was one to be made.

        The order stays until the preview is stored: whoever is killed over it does it again, and
        after some tries nobody does.
        """
        async with Unit(self._house) as unit:
            row = await unit.maybe(queries.NEXT_PREVIEW)
        if row is None:
            return False
        id_, place = row["attachment_id"], row["place"]
        try:
            await self._make(place, id_)
        except (Unreadable, Missing):
            _log.info("attachment %s has no preview: it cannot be read", id_)
        except (Refusal, StoreDown) as error:
            _log.warning("the preview of attachment %s is made later: %r", id_, error)
            if row["tries"] < _TRIES:
                return True
        async with Unit(self._house) as unit:
            await unit.run(queries.PREVIEW_DONE, id_)
        return True

    async def _make(self, channel_id: Snowflake, id_: Snowflake) -> None:
        files = self._house.files
        if await files.size(preview_key(channel_id, id_)) is not None:
            return  # ordered again by an edit that kept it
        async with files.local(key(channel_id, id_)) as source, self._scratch() as target:
            await self._house.workshop.preview(source, target)
            await files.write(preview_key(channel_id, id_), _read(target))

    @asynccontextmanager
    async def _scratch(self) -> AsyncIterator[Path]:
        folder = self._house.settings.scratch_directory
        await asyncio.to_thread(folder.mkdir, 0o700, parents=True, exist_ok=True)
        path = folder / f"{token_hex(16)}.webm"
        try:
            yield path
        finally:
            await asyncio.to_thread(path.unlink, missing_ok=True)


async def _read(path: Path) -> AsyncIterator[bytes]:
    with await asyncio.to_thread(path.open, "rb") as file:
        while piece := await asyncio.to_thread(file.read, _PIECE):
            yield piece
