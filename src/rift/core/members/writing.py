"""How what a member has become is written and told, whoever wants it."""

from typing import Any

from msgspec import structs

from rift import events
from rift.core.members import queries
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire.gateway import GuildMemberUpdate
from rift.wire.members import Member
from rift.world import loading
from rift.world import queries as world_queries


async def rewrite(
    unit: Unit, guild_id: Snowflake, member: Member, columns: dict[str, Any]
) -> Member:
    """Change a member of a held guild."""
    user_id = member.user.id
    await unit.run(queries.UPDATE, guild_id, user_id, columns)
    after = loading.member_from_row(await unit.one(world_queries.MEMBERS, guild_id, [user_id]))
    tell(unit, guild_id, after)
    return after


def tell(unit: Unit, guild_id: Snowflake, member: Member) -> None:
    """Say how a member is now."""
    told = GuildMemberUpdate(guild_id=guild_id, **structs.asdict(member))
    unit.emit(events.MemberUpdate(data=told))
