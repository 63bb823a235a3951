"""Where a message stands that is named by its id alone."""

from rift import errors
from rift.core import access
from rift.core.actor import Actor
from rift.core.messages import queries
from rift.core.unit import Unit
from rift.snowflake import Snowflake


async def channel_of(unit: Unit, actor: Actor, message_id: Snowflake) -> Snowflake:
    """The channel of a message; who may not see it learns no more than that there is none."""
    # On a connection that is given back at once, for the world may need one of its own.
    async with Unit(unit.house, reading=True) as glance:
        row = await glance.maybe(queries.CHANNEL_OF, message_id)
    if row is None:
        raise errors.UnknownMessage
    channel_id: Snowflake = row["channel_id"]
    try:
        await access.channel(unit, actor, channel_id)
    except (errors.UnknownChannel, errors.MissingAccess) as error:
        raise errors.UnknownMessage from error
    return channel_id
