"""What a file is that was taken in: told by its bytes, never by what somebody says of it."""

import asyncio
import logging
from typing import Final, TypeVar

from msgspec import UNSET, UnsetType

from rift.core.attachments.keeping import IS_ANIMATED, IS_CLIP, IS_SPOILER, Kept
from rift.core.attachments.naming import SPOILER, Name
from rift.core.house import House
from rift.errors import InvalidFile, Refusal, StoreAway
from rift.files import Missing, StoreDown
from rift.media import HEAD_BYTES, Probe, Unreadable, kind_of
from rift.snowflake import Snowflake

_log = logging.getLogger(__name__)
_QUICK_S: Final = 5.0
_FETCHED_BYTES: Final = 64 * 1024 * 1024
"""As much as is fetched from far away only to be looked into."""

_SEEN: Final = frozenset({"image", "video", "audio"})

T = TypeVar("T")


def key(channel_id: str, id_: str) -> str:
    """Where the file lies."""
    return f"attachments/{channel_id}/{id_}"


async def examine(
    house: House, channel_id: Snowflake, id_: Snowflake, name: Name, size: int, *, is_clip: bool
) -> Kept:
    """All that is known of a file which lies in its place; what does harm is refused."""
    place = key(channel_id, id_)
    await _check(house, place)
    head = b"".join([piece async for piece in house.files.read(place, 0, HEAD_BYTES)])
    kind = kind_of(head, name.filename)
    probe = Probe(kind=kind.name, content_type=kind.content_type)
    if kind.family in _SEEN and (house.files.is_near or size <= _FETCHED_BYTES):
        probe = await _probed(house, place, name.filename) or probe
    return Kept(
        id=id_,
        channel_id=channel_id,
        filename=name.filename,
        title=name.title or UNSET,
        size=size,
        content_type=probe.content_type,
        flags=_flags(name, probe, is_clip=is_clip) or UNSET,
        width=_told(probe.width),
        height=_told(probe.height),
        duration_secs=_told(probe.duration_secs),
        waveform=_told(probe.waveform),
        placeholder=_told(probe.placeholder),
        placeholder_version=_told(probe.placeholder_version),
    )


async def _check(house: House, place: str) -> None:
    """Ask the operator's virus scanner, if there is one."""
    if house.clamd is None:
        return
    verdict = await house.clamd.scan(house.files.read(place))
    if not house.clamd.lets_pass(verdict):
        raise InvalidFile if verdict.outcome == "infected" else StoreAway


async def _probed(house: House, place: str, filename: str) -> Probe | None:
    """What is in it, if that is found out quickly; what nobody can read is a file all the same."""
    try:
        async with asyncio.timeout(_QUICK_S), house.files.local(place) as path:
            return await house.workshop.probe(path, filename)
    except (Unreadable, Refusal, TimeoutError, Missing, StoreDown) as error:
        _log.info("a file was not looked into: %s", repr(error))
        return None


def _flags(name: Name, probe: Probe, *, is_clip: bool) -> int:
    flags = IS_CLIP if is_clip else 0
    if name.filename.startswith(SPOILER):
        flags |= IS_SPOILER
    if probe.animated:
        flags |= IS_ANIMATED
    return flags


def _told(value: T | None) -> T | UnsetType:
    return UNSET if value is None else value
