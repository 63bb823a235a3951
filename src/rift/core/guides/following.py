"""What can be done by those whom a guide leads: see what is left, and say what is done."""

from collections.abc import Iterable

from rift import errors
from rift.core import access
from rift.core.actor import Actor
from rift.core.guides import keeping, queries
from rift.core.guilds import holding
from rift.core.members import changes
from rift.core.members.arriving import COMPLETED_GUIDE, STARTED_GUIDE
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire.guides import ActionProgress, NewMemberProgress


async def fetch(unit: Unit, actor: Actor, guild_id: Snowflake) -> NewMemberProgress | None:
    """What of it one has done; None where that is nothing."""
    actor.must_be_person()
    await access.guild(unit, actor, guild_id)
    row = await unit.maybe(queries.PROGRESS, guild_id, actor.id)
    return None if row is None else _shown(actor, guild_id, row["channel_ids"])


async def complete(
    unit: Unit, actor: Actor, guild_id: Snowflake, channel_id: Snowflake
) -> NewMemberProgress:
    """One thing is done; with the last of them one is through."""
    actor.must_be_person()
    hall = await holding.hall(unit, actor, guild_id)
    guide = await keeping.stored(unit, hall.guild)
    if guide is None or not guide.enabled:
        raise errors.FeatureDisabled("This server does not guide its new members.")
    seen = hall.guild.visible(hall.member)
    left = {it.channel_id for it in guide.new_member_actions} & seen
    if channel_id not in left:
        raise errors.UnknownChannel
    row = await unit.one(queries.COMPLETE, guild_id, actor.id, channel_id)
    flags = hall.member.flags | STARTED_GUIDE
    if left <= set(row["channel_ids"]):
        flags |= COMPLETED_GUIDE
    await changes.store(unit, actor, hall, hall.member, {"flags": flags})
    return _shown(actor, guild_id, row["channel_ids"])


def _shown(
    actor: Actor, guild_id: Snowflake, channel_ids: Iterable[Snowflake]
) -> NewMemberProgress:
    done = {id_: ActionProgress(completed=True) for id_ in channel_ids}
    return NewMemberProgress(guild_id=guild_id, user_id=actor.id, channel_actions=done)
