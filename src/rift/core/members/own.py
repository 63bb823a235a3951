"""What can be done with the guilds one is in oneself."""

from msgspec.structs import replace

from rift import errors
from rift.core import access
from rift.core.actor import Actor
from rift.core.guilds import holding
from rift.core.members import greeting, joining, queries
from rift.core.members.verbs import current
from rift.core.unit import Unit
from rift.snowflake import MAX, Snowflake
from rift.wire.guilds import MyGuildsQuery, PartialGuild
from rift.wire.members import CurrentMember
from rift.world import Picture


async def list_guilds(unit: Unit, actor: Actor, query: MyGuildsQuery) -> list[PartialGuild]:
    """One's guilds, in the order of their ids."""
    guild_ids = await _page(unit, actor, query)
    await unit.world.load(guild_ids)
    await unit.world.load_own_members(actor.id, guild_ids)
    pictures = filter(None, map(unit.world.get, guild_ids))
    shown = [_partial(unit, actor, picture, query) for picture in pictures]
    return [guild for guild in shown if guild is not None]


async def fetch(unit: Unit, actor: Actor, guild_id: Snowflake) -> CurrentMember:
    """Oneself in a guild."""
    hall = await access.guild(unit, actor, guild_id)
    return current(hall, hall.member)


async def leave(unit: Unit, actor: Actor, guild_id: Snowflake) -> None:
    """Leave a guild, unless one owns it."""
    hall = await holding.hall(unit, actor, guild_id)
    if hall.is_owner:
        raise errors.InvalidGuild
    await joining.leave(unit, hall.guild, hall.member)
    await greeting.bid_farewell(unit, hall.guild, hall.member)


async def _page(unit: Unit, actor: Actor, query: MyGuildsQuery) -> list[Snowflake]:
    # On a connection that is given back at once, for the world will need one of its own.
    async with Unit(unit.house, reading=True) as glance:
        if query.before is not None and query.after is None:
            rows = await glance.all(queries.OWN_GUILDS_BEFORE, actor.id, query.before, query.limit)
            return [row["guild_id"] for row in reversed(rows)]
        rows = await glance.all(
            queries.OWN_GUILDS_BETWEEN,
            actor.id,
            query.after or "0",
            query.before or str(MAX),
            query.limit,
        )
        return [row["guild_id"] for row in rows]


def _partial(
    unit: Unit, actor: Actor, picture: Picture, query: MyGuildsQuery
) -> PartialGuild | None:
    member = picture.members.get(actor.id)
    if member is None:
        return None
    hall = access.admit(unit, actor, picture, member)
    guild = PartialGuild(
        id=picture.id,
        name=picture.guild.name,
        icon=picture.guild.icon,
        banner=picture.guild.banner,
        owner=hall.is_owner,
        permissions=str(hall.permissions),
        features=picture.guild.features,
    )
    if not query.with_counts:
        return guild
    return replace(
        guild,
        approximate_member_count=picture.member_count,
        approximate_presence_count=unit.world.online(picture.id),
    )
