"""Whose a role is that is named by its id alone."""

from rift import errors
from rift.core import access
from rift.core.actor import Actor
from rift.core.roles import queries
from rift.core.unit import Unit
from rift.snowflake import Snowflake


async def guild_of(unit: Unit, actor: Actor, role_id: Snowflake) -> Snowflake:
    """The guild of a role; who is not in it learns no more than that there is none."""
    # On a connection that is given back at once, for the world may need one of its own.
    async with Unit(unit.house, reading=True) as glance:
        row = await glance.maybe(queries.GUILD_OF, role_id)
    if row is None:
        raise errors.UnknownRole
    guild_id: Snowflake = row["guild_id"]
    try:
        await access.guild(unit, actor, guild_id)
    except (errors.UnknownGuild, errors.MissingAccess) as error:
        raise errors.UnknownRole from error
    return guild_id
