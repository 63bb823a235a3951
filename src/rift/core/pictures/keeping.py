"""Takes pictures in and lets them go.

An image is noted as loose before it is written, and by the database itself whenever a row stops
showing it. So whatever breaks off, and whatever goes along with its owner, is found: a chore
removes what is noted and not shown.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any, Final, cast

from msgspec import UNSET

from rift import errors
from rift.core.backups.holding import may_remove
from rift.core.pictures import queries, uris
from rift.core.pictures.frames import Frame, Frames
from rift.core.unit import Unit
from rift.files import Missing, StoreDown
from rift.media import Format, Made, Rendition, Unreadable

_LARGEST_STILL: Final = 4096
_LARGEST_FILM: Final = 1024
"""Pixels of a side; no rendition is larger, and films are long."""

_GRACE: Final = timedelta(minutes=5)
"""As long as any unit takes from the image it wrote to the row that shows it."""
_AT_ONCE: Final = 200
_HASH_LETTERS: Final = 32


async def taken(unit: Unit, form: Any, frames: Frames, shown: Any = None) -> dict[str, str | None]:
    """The pictures a form names, by field, as their columns hold them.

    To be called before the unit's first query: what is drawn anew must not keep a connection
    waiting. `shown` is whose pictures they are, so that a hash they have already may stay.
    """
    given = {field: getattr(form, field, UNSET) for field in frames}
    return {
        field: await _taken(unit, field, uri, frames[field], getattr(shown, field, None))
        for field, uri in given.items()
        if uri is not UNSET
    }


async def copy(unit: Unit, hash_: str | None, source: Frame, target: Frame) -> str | None:
    """The same picture in another frame; none, where it is no longer there."""
    if hash_ is None:
        return None
    try:
        await _put(unit, target.key(hash_), unit.house.files.read(source.key(hash_)))
    except Missing:
        return None
    return hash_


async def let_go(unit: Unit) -> int:
    """Remove a portion of what nobody shows any more; how many images that were."""
    if not await may_remove(unit):
        return 0
    rows = await unit.all(queries.LOOSE, unit.now() - _GRACE, _AT_ONCE)
    keys = [row["key"] for row in rows]
    gone = [key for key in keys if not await _is_shown(unit, key)]
    try:
        await unit.house.files.remove(gone)
    except StoreDown as error:
        raise errors.Unavailable("Files cannot be removed at the moment.") from error
    await unit.run(queries.FORGET, keys)
    return len(gone)


async def _is_shown(unit: Unit, key: str) -> bool:
    _, folder, *about = key.split("/")
    row = await unit.one(queries.SHOWN[folder], *about)
    return cast(bool, row["shown"])


async def _taken(
    unit: Unit, field: str, uri: str | None, frame: Frame, shown: str | None
) -> str | None:
    if uri is None or uri == shown:
        return uri
    most = unit.settings.limits.picture_bytes
    data = uris.uri_bytes(uri, field, min(frame.most_bytes or most, most))
    made = await _fitted(unit, await uris.drawn(unit, data, field), field, frame)
    digest = await asyncio.to_thread(hashlib.sha256, made.data)
    hash_ = "a_" * made.animated + digest.hexdigest()[:_HASH_LETTERS]
    await _put(unit, frame.key(hash_), _whole(made.data))
    return hash_


async def _fitted(unit: Unit, made: Made, field: str, frame: Frame) -> Made:
    """The image as large and as lively as its frame allows."""
    moves = made.animated and frame.may_move
    most = _LARGEST_FILM if moves else _LARGEST_STILL
    if made.animated == moves and max(made.width, made.height) <= most:
        return made
    # What moved may be of a kind that a still is rarely kept in.
    chosen = made.content_type.partition("/")[2] if made.animated == moves else "png"
    wish = Rendition(format=cast(Format, chosen), width=most, height=most, animated=moves)
    try:
        return await unit.house.workshop.render(made.data, wish)
    except Unreadable as error:
        raise uris.invalid(field, "Invalid image data.") from error


async def _put(unit: Unit, key: str, content: AsyncIterator[bytes]) -> None:
    async with Unit(unit.house) as note:
        await note.run(queries.NOTE, key, note.now())
    try:
        await unit.house.files.write(key, content)
    except StoreDown as error:
        raise errors.StoreAway from error


async def _whole(data: bytes) -> AsyncIterator[bytes]:
    yield data
