"""An account written down: what is held on it, its private channels, what it wrote elsewhere."""

from collections.abc import Mapping, Sequence
from typing import Final

from rift import errors
from rift.core.exports import channels, guilds, queries
from rift.core.exports.assets import Assets
from rift.core.exports.channels import Place, Tick
from rift.core.exports.folder import Folder
from rift.core.harvests.collecting import portions
from rift.core.harvests.sources import PARTS, WALKS
from rift.core.house import House
from rift.core.private_channels import queries as private_queries
from rift.core.unit import Row, Unit
from rift.snowflake import Snowflake
from rift.wire import channels as wire
from rift.world import Picture
from rift.world import queries as world_queries

_HEAD: Final = b"[\n"
_TAIL: Final = b"\n]\n"
_WRITTEN_AS_CHANNELS: Final = "messages/messages"


async def account(house: House, name: str) -> Snowflake:
    """The id of the account of this name."""
    async with Unit(house, reading=True) as unit:
        row = await unit.maybe(queries.ACCOUNT, name)
    if row is None:
        raise errors.UnknownUser
    return Snowflake(row["id"])


async def places(house: House, user_id: Snowflake) -> Mapping[str, tuple[Place, int]]:
    """Private channels whole, those of guilds as far as the account wrote in them."""
    async with Unit(house, reading=True) as unit:
        rows = await unit.all(private_queries.CHANNELS_OF_USER, user_id)
        private = [row["channel_id"] for row in rows]
        counts = await unit.all(queries.COUNTS, private)
        own = await unit.all(queries.OWN_COUNTS, user_id)
        shown = await unit.all(private_queries.SEEN, private, [user_id])
        people = await unit.all(private_queries.PEOPLE, private)
    counted = {row["channel_id"]: int(row["count"]) for row in counts}
    found = {
        row["id"]: (_private(row, people, user_id), counted.get(row["id"], 0)) for row in shown
    }
    for row in own:
        place = await _own(house, row["channel_id"], user_id)
        if place is not None:
            found[row["channel_id"]] = (place, int(row["count"]))
    return found


async def write(
    house: House, folder: Folder, assets: Assets, user_id: Snowflake, tick: Tick
) -> None:
    """Write everything down that is not yet."""
    for parts in PARTS.values():
        for name, query in parts.items():
            async with Unit(house, reading=True) as unit:
                rows = await unit.all(query, user_id)
            await folder.put(f"{name}.json", rows)
    for walks in WALKS.values():
        for name in walks.keys() - {_WRITTEN_AS_CHANNELS}:
            await _walk(house, folder, user_id, name)
    for place, _ in (await places(house, user_id)).values():
        await channels.write(house, folder, assets, place, tick)
    await assets.fetch()


async def _walk(house: House, folder: Folder, user_id: Snowflake, name: str) -> None:
    """Begun anew where it was broken off: it is short beside the messages."""
    reached = folder.reached(f"{name}.json")
    if reached is not None and reached.whole:
        return
    await folder.begin(f"{name}.json", _HEAD, [], anew=True)
    walk = next(walks[name] for walks in WALKS.values() if name in walks)
    async for rows in portions(house, user_id, walk):
        await folder.add(f"{name}.json", rows, [])
    await folder.end(f"{name}.json", _TAIL)


def _private(row: Row, people: Sequence[Row], user_id: Snowflake) -> Place:
    others = [
        one["global_name"] or one["username"]
        for one in people
        if one["channel_id"] == row["id"] and one["user_id"] != user_id
    ]
    return Place(channel=wire.from_row(row), title=row["name"] or ", ".join(others) or row["id"])


async def _own(house: House, channel_id: str, user_id: Snowflake) -> Place | None:
    found = await house.world.place(channel_id)
    if not isinstance(found, Picture):
        return None
    channel = found.channels.get(channel_id) or await _thread(house, channel_id)
    if channel is None:
        return None
    place = guilds.place(found, channel)
    return Place(
        channel=place.channel,
        guild=found,
        category=place.category,
        title=place.title,
        author_id=user_id,
    )


async def _thread(house: House, channel_id: str) -> wire.Channel | None:
    async with Unit(house, reading=True) as unit:
        row = await unit.maybe(world_queries.THREADS, [channel_id])
    return None if row is None else wire.thread_from_row(row)
