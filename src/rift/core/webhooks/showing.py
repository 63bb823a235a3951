"""Webhooks as they are shown: with who made them, and where what they bring comes from."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from rift.core.messages import people
from rift.core.unit import Unit
from rift.permissions import VIEW_CHANNEL
from rift.wire.webhooks import SourceChannel, SourceGuild, Webhook

Row = Mapping[str, Any]


def plain(row: Row) -> Webhook:
    """A webhook without where it comes from, which a log keeps to itself."""
    maker = {**row, "author_id": row["user_id"]}
    return Webhook(
        id=row["id"],
        type=row["type"],
        guild_id=row["guild_id"],
        channel_id=row["channel_id"],
        name=row["name"],
        avatar=row["webhook_avatar"],
        user=UNSET if row["user_id"] is None else people.user_from_row(maker),
    )


async def whole(unit: Unit, row: Row) -> Webhook:
    """A webhook with its source, as long as its maker may see that.

    The unit holds no connection meanwhile, for the world may need one of its own.
    """
    shown = plain(row)
    if not row["maker_is_there"]:
        return shown
    guild = await unit.world.guild(row["source_guild_id"])
    channel = None if guild is None else guild.channels.get(row["source_channel_id"])
    if guild is None or channel is None:
        return shown
    maker = await unit.world.member(guild, row["user_id"])
    if maker is None or not guild.permissions(maker, channel.id, unit.now()) & VIEW_CHANNEL:
        return shown
    return replace(
        shown,
        source_guild=SourceGuild(id=guild.id, name=guild.guild.name, icon=guild.guild.icon),
        source_channel=SourceChannel(id=channel.id, name=channel.name or ""),
    )


async def each(unit: Unit, rows: Iterable[Row]) -> list[Webhook]:
    return [await whole(unit, row) for row in rows]
