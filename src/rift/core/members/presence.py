"""Who of a guild is online, for whoever asks instead of listening."""

from heapq import nsmallest

from rift.core import access
from rift.core.actor import Actor
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire.members import MembersQuery
from rift.wire.presences import PresenceUpdate


async def page(
    unit: Unit, actor: Actor, guild_id: Snowflake, query: MembersQuery
) -> list[PresenceUpdate]:
    """Those who are known here to be online, in the order of their ids."""
    hall = await access.guild(unit, actor, guild_id)
    present = unit.world.present(hall.guild_id)
    after = int(query.after)
    following = (it for it in present if int(it.user.id) > after)
    return nsmallest(query.limit, following, key=lambda it: int(it.user.id))
