"""A whole guild written down: itself, its people, its moderation and every channel."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, LiteralString

from rift import errors
from rift.core.exports import channels, queries
from rift.core.exports.assets import Assets
from rift.core.exports.channels import Place, Tick
from rift.core.exports.folder import Folder
from rift.core.house import House
from rift.core.unit import Unit
from rift.wire.channels import Channel, ChannelType, thread_from_row
from rift.world import Picture, loading

_PAGE: Final = 1000
_HEAD: Final = b"[\n"
_TAIL: Final = b"\n]\n"
_SMALL: Final[Mapping[str, LiteralString]] = {
    "bans.json": queries.BANS,
    "invites.json": queries.INVITES,
    "webhooks.json": queries.WEBHOOKS,
}
_TALKED_IN: Final = frozenset(ChannelType) - {
    ChannelType.GUILD_CATEGORY,
    ChannelType.GUILD_DIRECTORY,
}

Pages = Callable[[Sequence[str]], Awaitable[tuple[list[Any], Sequence[str]]]]
"""The items after a cursor, and the cursor after them."""


async def guild(house: House, guild_id: str) -> Picture:
    """The guild to be written down."""
    found = await house.world.guild(guild_id)
    if found is None:
        raise errors.UnknownGuild
    return found


async def places(house: House, picture: Picture) -> Mapping[str, tuple[Place, int]]:
    """Every channel and thread that is talked in, and how much."""
    wanted = [one for one in picture.channels.values() if one.type in _TALKED_IN]
    wanted.sort(key=lambda one: (one.position or 0, int(one.id)))
    async with Unit(house, reading=True) as unit:
        wanted += await threads(unit, picture)
        rows = await unit.all(queries.COUNTS, [one.id for one in wanted])
    counts = {row["channel_id"]: int(row["count"]) for row in rows}
    return {one.id: (place(picture, one), counts.get(one.id, 0)) for one in wanted}


async def threads(unit: Unit, picture: Picture) -> list[Channel]:
    """All of a guild, those that sleep among them."""
    return [thread_from_row(row) for row in await unit.all(queries.THREADS, picture.id)]


def place(picture: Picture, channel: Channel) -> Place:
    """A channel of the guild with the category it is in, or a thread with its channel."""
    above = picture.channels.get(channel.parent_id) if channel.parent_id else None
    return Place(channel=channel, guild=picture, category=above, title=channel.name or channel.id)


async def write(house: House, folder: Folder, assets: Assets, picture: Picture, tick: Tick) -> None:
    """Write everything down that is not yet."""
    await _write_small(house, folder, picture)
    lists: Mapping[str, tuple[Pages, int]] = {
        "members.json": (partial(_members, house, picture.id), 1),
        "audit_log.json": (partial(_entries, house, picture.id), 1),
        "earlier_versions.json": (partial(_versions, house, picture.id), 2),
    }
    for name, (pages, keys) in lists.items():
        await _write_pages(folder, name, pages, ["0"] * keys)
    for one, _ in (await places(house, picture)).values():
        await channels.write(house, folder, assets, one, tick)
    await assets.fetch()


async def _write_small(house: House, folder: Folder, picture: Picture) -> None:
    ordered = sorted(picture.channels.values(), key=lambda one: (one.position or 0, int(one.id)))
    await folder.put("guild.json", picture.whole())
    await folder.put("channels.json", ordered)
    async with Unit(house, reading=True) as unit:
        await folder.put("threads.json", await threads(unit, picture))
    for name, query in _SMALL.items():
        async with Unit(house, reading=True) as unit:
            rows = await unit.all(query, picture.id)
        await folder.put(name, rows)


async def _write_pages(folder: Folder, name: str, pages: Pages, start: Sequence[str]) -> None:
    reached = await folder.begin(name, _HEAD, start)
    while not reached.whole:
        items, cursor = await pages(reached.cursor)
        if items:
            await folder.add(name, items, cursor)
        else:
            await folder.end(name, _TAIL)


async def _members(
    house: House, guild_id: str, after: Sequence[str]
) -> tuple[list[Any], Sequence[str]]:
    found = await loading.members_after(house.pool, guild_id, after[0], _PAGE)
    return list(found), [found[-1].user.id] if found else after


async def _entries(
    house: House, guild_id: str, after: Sequence[str]
) -> tuple[list[Any], Sequence[str]]:
    async with Unit(house, reading=True) as unit:
        rows = await unit.all(queries.AUDIT_LOG, guild_id, *after, _PAGE)
    return list(rows), [rows[-1]["id"]] if rows else after


async def _versions(
    house: House, guild_id: str, after: Sequence[str]
) -> tuple[list[Any], Sequence[str]]:
    async with Unit(house, reading=True) as unit:
        rows = await unit.all(queries.EARLIER_VERSIONS, guild_id, *after, _PAGE)
    return list(rows), [rows[-1]["channel_id"], rows[-1]["message_id"]] if rows else after
