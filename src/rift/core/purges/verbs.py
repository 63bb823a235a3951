"""What can be done with purges of a channel: begin one, watch it, stop it."""

from datetime import timedelta
from typing import Final

import msgspec

from rift import errors
from rift.core import access
from rift.core.actor import Actor
from rift.core.auditlog.recording import done, record
from rift.core.purges import queries, running
from rift.core.purges.running import Criteria
from rift.core.unit import Unit
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.auditlog import Action
from rift.wire.purges import Purge, StartPurge

_NEEDS: Final = Permission.MANAGE_MESSAGES | Permission.READ_MESSAGE_HISTORY
_PER_GUILD: Final = 5
_REMEMBERED: Final = timedelta(days=7)
_AT_ONCE: Final = 1000


async def start(unit: Unit, actor: Actor, channel_id: Snowflake, body: StartPurge) -> Purge:
    """Delete messages of a channel, however many and however old they are."""
    room = await access.guild_channel(unit, actor, channel_id, _NEEDS)
    guild_id = room.guild.id
    if (await unit.one(queries.UNDER_WAY, guild_id))["count"] >= _PER_GUILD:
        raise errors.Conflict("Wait for a purge of this server to end before you begin another.")
    purge = await running.begin(
        unit,
        Criteria(
            guild_id=guild_id,
            user_id=actor.id,
            channel_ids=[channel_id],
            channel_id=channel_id,
            newest=body.before or unit.new_id(),
            oldest=body.after or Snowflake("0"),
            author_ids=body.author_ids,
            contains=body.contains,
            pinned=body.pinned,
            most=body.limit,
        ),
    )
    deed = done(Action.MESSAGE_BULK_DELETE, channel_id, count=str(purge["deleted"]))
    [entry_id] = await record(unit, actor, guild_id, deed)
    await unit.run(queries.NOTE_ENTRY, purge["id"], entry_id)
    return await _shown(unit, channel_id, purge["id"])


async def fetch(unit: Unit, actor: Actor, channel_id: Snowflake, purge_id: Snowflake) -> Purge:
    """How far a purge has come."""
    await access.guild_channel(unit, actor, channel_id, _NEEDS)
    return await _shown(unit, channel_id, purge_id)


async def stop(unit: Unit, actor: Actor, channel_id: Snowflake, purge_id: Snowflake) -> Purge:
    """End a purge where it is; what is deleted stays deleted."""
    await access.guild_channel(unit, actor, channel_id, _NEEDS)
    if await unit.maybe(queries.HOLD, purge_id, channel_id) is None:
        raise errors.NotFound
    await unit.run(queries.STOP, purge_id, unit.now())
    return await _shown(unit, channel_id, purge_id)


async def prune(unit: Unit) -> int:
    """Forget a batch of the purges that ended some time ago; how many it was."""
    return await unit.run(queries.PRUNE, unit.now() - _REMEMBERED, _AT_ONCE)


async def _shown(unit: Unit, channel_id: Snowflake, purge_id: Snowflake) -> Purge:
    row = await unit.maybe(queries.FIND, purge_id, channel_id)
    if row is None:
        raise errors.NotFound
    return msgspec.convert(row, Purge)
