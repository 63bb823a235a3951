"""What becomes of a member who takes another name: kept from speaking, or let speak again."""

from collections.abc import Collection, Sequence
from typing import Any

from msgspec.structs import replace

from rift.core.automod import queries, watching
from rift.core.members import writing
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire.automod import QUARANTINED
from rift.wire.members import Member
from rift.world import Picture


def released(unit: Unit, guild: Picture, member: Member, nick: str | None) -> dict[str, Any]:
    """The columns that end a quarantine where the new nickname offends nobody."""
    offends = watching.names(unit, guild, replace(member, nick=nick))
    return _released(member) if not offends else {}


async def looking(unit: Unit, guild_ids: Sequence[Snowflake]) -> frozenset[Snowflake]:
    """Those of these guilds that look at how their members are called."""
    rows = await unit.all(queries.LOOKING_AT_NAMES, guild_ids)
    return frozenset(row["guild_id"] for row in rows)


async def announce(
    unit: Unit, guild_id: Snowflake, member: Member, looking: Collection[Snowflake]
) -> None:
    """Tell a guild that is held of somebody's new name, and look at it where that is wanted."""
    offends = False
    if guild_id in looking:
        guild = await unit.world.guild(guild_id)
        offends = guild is not None and watching.names(unit, guild, member)
    if member.flags & QUARANTINED and not offends:
        await writing.rewrite(unit, guild_id, member, _released(member))
    else:
        writing.tell(unit, guild_id, member)


def _released(member: Member) -> dict[str, Any]:
    return {"flags": member.flags & ~QUARANTINED} if member.flags & QUARANTINED else {}
