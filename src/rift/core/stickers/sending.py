"""Which stickers somebody may send where."""

from collections.abc import Sequence

from msgspec import Struct

from rift import errors
from rift.core.access import Room
from rift.core.actor import Speaker
from rift.core.stickers import queries
from rift.core.unit import Unit
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.stickers import Sticker, StickerItem


class _Found(Struct, frozen=True):
    item: StickerItem
    guild_id: Snowflake
    within_reach: bool = True


async def items(
    unit: Unit, speaker: Speaker, room: Room, ids: Sequence[Snowflake]
) -> list[StickerItem]:
    """The stickers of a new message: those of its guild, or brought along from one's others."""
    wanted = list(dict.fromkeys(ids))
    own = {} if room.guild is None else room.guild.stickers
    found = {id_: _own(own[id_]) for id_ in wanted if id_ in own}
    missing = [id_ for id_ in wanted if id_ not in found]
    if missing:
        for row in await unit.all(queries.FOR_SENDING, missing, speaker.id):
            item = StickerItem(id=row["id"], name=row["name"], format_type=row["format_type"])
            found[row["id"]] = _Found(item, row["guild_id"], row["within_reach"])
    return [_checked(room, found.get(id_)) for id_ in wanted]


def _own(sticker: Sticker) -> _Found:
    format_type = sticker.format_type or 1
    item = StickerItem(id=sticker.id, name=sticker.name, format_type=format_type)
    return _Found(item, sticker.guild_id)


def _checked(room: Room, found: _Found | None) -> StickerItem:
    if found is None:
        raise errors.InvalidSticker
    if found.guild_id != room.guild_id:
        may_bring = room.may(Permission.USE_EXTERNAL_STICKERS)
        if not (may_bring and found.within_reach):
            raise errors.StickerForbidden
    return found.item
