"""One channel written down, message by message, a page at a time."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import msgspec
from msgspec import Struct

from rift.core.exports import naming, queries, rendering
from rift.core.exports.assets import Assets
from rift.core.exports.folder import Folder
from rift.core.exports.rendering import Around, Reactors
from rift.core.exports.shapes import ExportedChannel, ExportedGuild, ExportedMessage, Preamble
from rift.core.house import House
from rift.core.messages import people, reading
from rift.core.messages import queries as message_queries
from rift.core.unit import Row, Unit
from rift.snowflake import Snowflake
from rift.wire.channels import Channel
from rift.wire.messages import Message
from rift.wire.users import User
from rift.world import Picture

_PAGE: Final = 500
_START: Final = "0"
_NOBODY: Final = "0"

Tick = Callable[[int], Awaitable[None]]
"""Told how many more messages are written down."""


class Place(Struct, frozen=True, kw_only=True):
    """A channel to be written down: whole, or only what one author wrote in it."""

    channel: Channel
    guild: Picture | None = None
    category: Channel | None = None
    title: str
    author_id: Snowflake | None = None

    @property
    def file(self) -> str:
        above = f"{naming.fit(self.category.name or '')} - " if self.category else ""
        return f"channels/{above}{naming.fit(self.title)} [{self.channel.id}].json"


async def write(house: House, folder: Folder, assets: Assets, place: Place, tick: Tick) -> None:
    """Write down what is not yet; the files that messages show come before their page."""
    name = place.file
    head = _head(house, assets, place)
    reached = await folder.begin(name, head, [_START])
    if reached.whole:
        return
    while True:
        page = await _page(house, assets, place, reached.cursor[0])
        if not page:
            break
        await assets.fetch()
        await folder.add(name, page, [page[-1].id])
        await tick(len(page))
    await folder.end(name, _tail(reached.count))


async def _page(
    house: House, assets: Assets, place: Place, after: str
) -> Sequence[ExportedMessage]:
    async with Unit(house, reading=True) as unit:
        rows = await _rows(unit, place, after)
        written = await reading.messages(unit, rows, _NOBODY)
        shown = {user.id for message in written for user in (message.author, *message.mentions)}
        around = Around(
            assets=assets,
            members=await people.members(unit, place.guild, shown),
            roles=place.guild.roles if place.guild else {},
            reactors=await _reactors(unit, place.channel.id, written),
        )
    return [rendering.message(around, message) for message in written]


async def _rows(unit: Unit, place: Place, after: str) -> Sequence[Row]:
    if place.author_id is None:
        return await unit.all(message_queries.AFTER, place.channel.id, after, _PAGE)
    return await unit.all(queries.OWN_AFTER, place.channel.id, after, _PAGE, place.author_id)


async def _reactors(unit: Unit, channel_id: str, written: Sequence[Message]) -> Reactors:
    found: defaultdict[tuple[str, str], list[User]] = defaultdict(list)
    reacted = [message.id for message in written if message.reactions]
    if reacted:
        for row in await unit.all(queries.REACTORS, channel_id, reacted):
            found[row["message_id"], row["emoji"]].append(people.user_from_row(row))
    return found


def _head(house: House, assets: Assets, place: Place) -> bytes:
    channel = place.channel
    preamble = Preamble(
        guild=_guild(assets, place.guild),
        channel=ExportedChannel(
            id=channel.id,
            type=naming.channel_kind(channel),
            category_id=place.category.id if place.category else None,
            category=(place.category.name or None) if place.category else None,
            name=place.title,
            topic=channel.topic or None,
        ),
        exported_at=house.clock(),
    )
    text = msgspec.json.format(msgspec.json.encode(preamble), indent=2)
    return text.removesuffix(b"\n}") + b',\n  "messages": [\n'


def _guild(assets: Assets, guild: Picture | None) -> ExportedGuild:
    if guild is None:
        return ExportedGuild()
    icon = guild.guild.icon
    key, name = f"images/icons/{guild.id}/{icon}", f"icon-{guild.id}-{icon}"
    link = assets.link(f"icons/{guild.id}/{icon}.png")
    url = assets.copy(key, name, link) if icon else ""
    return ExportedGuild(id=guild.id, name=guild.guild.name, icon_url=url)


def _tail(count: int) -> bytes:
    return b'\n  ],\n  "messageCount": %d\n}\n' % count
