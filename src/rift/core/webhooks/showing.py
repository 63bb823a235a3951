"""Webhooks as they are shown: with who made them, and where what they bring comes from."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from rift.core import access
from rift.core.actor import Actor
from rift.core.house import House
from rift.core.messages import people
from rift.core.unit import Unit
from rift.core.webhooks import tokens
from rift.permissions import Permission
from rift.wire.webhooks import SourceChannel, SourceGuild, Webhook

Row = Mapping[str, Any]


def plain(row: Row) -> Webhook:
    """A webhook without its secret and where it comes from, which a log keeps to itself."""
    maker = {**row, "author_id": row["user_id"]}
    return Webhook(
        id=row["id"],
        type=row["type"],
        guild_id=row["guild_id"],
        channel_id=row["channel_id"],
        name=row["name"],
        avatar=row["webhook_avatar"],
        application_id=row["application_id"],
        user=UNSET if row["username"] is None else people.user_from_row(maker),
    )


def usable(house: House, webhook: Webhook, token: str | None) -> Webhook:
    """A webhook with what one needs to write through it."""
    if token is None:
        return webhook
    url = f"{house.links.base}/api/webhooks/{webhook.id}/{token}"
    return replace(webhook, token=token, url=url)


async def whole(unit: Unit, actor: Actor, row: Row) -> Webhook:
    """A webhook with its token, or with its source, as long as its maker may see that.

    The unit holds no connection meanwhile, for the world may need one of its own.
    """
    shown = plain(row)
    if row["application_id"] in (None, actor.application_id):
        shown = usable(unit.house, shown, tokens.opened(unit.house, row))
    if row["source_channel_id"] is None or not row["maker_is_there"]:
        return shown
    guild = await unit.world.guild(row["source_guild_id"])
    channel = None if guild is None else guild.channels.get(row["source_channel_id"])
    if guild is None or channel is None:
        return shown
    if not await access.may(unit, row["user_id"], channel.id, Permission.VIEW_CHANNEL):
        return shown
    return replace(
        shown,
        source_guild=SourceGuild(id=guild.id, name=guild.guild.name, icon=guild.guild.icon),
        source_channel=SourceChannel(id=channel.id, name=channel.name or ""),
    )


async def each(unit: Unit, actor: Actor, rows: Iterable[Row]) -> list[Webhook]:
    return [await whole(unit, actor, row) for row in rows]
