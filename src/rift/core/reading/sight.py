"""What somebody sees of the whole instance: their guilds' channels and their private ones."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rift.core.actor import Actor
from rift.core.reading import queries
from rift.core.unit import Unit
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.members import Member
from rift.world import Picture
from rift.world import queries as world_queries


class View(NamedTuple):
    """One guild, and oneself in it."""

    picture: Picture
    member: Member


class Sight(NamedTuple):
    """All the guilds and private channels somebody is in."""

    guilds: Mapping[Snowflake, View]
    private: frozenset[Snowflake]

    def channels(self, needs: Permission, guild_id: Snowflake | None = None) -> list[Snowflake]:
        """Every channel one sees and has the permissions in, or those of one guild."""
        if guild_id is None:
            mine = [id_ for view in self.guilds.values() for id_ in _open(view, needs)]
            return [*mine, *self.private]
        return list(_open(self.guilds[guild_id], needs)) if guild_id in self.guilds else []

    def seen(self) -> frozenset[Snowflake]:
        """Every channel one sees."""
        return self.private.union(
            *(view.picture.visible(view.member) for view in self.guilds.values())
        )


def _open(view: View, needs: Permission) -> Iterator[Snowflake]:
    wanted = int(needs)
    for channel_id in view.picture.visible(view.member):
        if view.picture.lasting(view.member, channel_id) & wanted == wanted:
            yield channel_id


async def sight(unit: Unit, actor: Actor) -> Sight:
    """Everything the actor sees."""
    # The unit's own connection: READY asks while it holds one, and the world has others.
    guilds = await unit.all(world_queries.GUILDS_OF_USER, actor.id)
    private = await unit.all(queries.PRIVATE_CHANNELS, actor.id)
    guild_ids = [row["guild_id"] for row in guilds]
    await unit.world.load(guild_ids)
    await unit.world.load_own_members(actor.id, guild_ids)
    views: dict[Snowflake, View] = {}
    for picture in filter(None, map(unit.world.get, guild_ids)):
        member = picture.members.get(actor.id)
        if member is not None:
            views[picture.id] = View(picture, member)
    return Sight(views, frozenset(row["channel_id"] for row in private))
