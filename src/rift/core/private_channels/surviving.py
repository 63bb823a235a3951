"""What becomes of private channels when the account of one of their people goes."""

from contextlib import suppress

from rift import errors, events
from rift.core import access
from rift.core.private_channels import groups, queries, seeing
from rift.core.unit import Row, Unit
from rift.core.users import verbs as users
from rift.snowflake import Snowflake


async def leave_some_group(unit: Unit, user_id: Snowflake) -> bool:
    """Take somebody out of one of their groups, as if they left it; whether there was one."""
    row = await unit.maybe(queries.SOME_GROUP, user_id)
    if row is None:
        return False
    user = await users.somebody(unit, user_id)
    with suppress(errors.UnknownChannel):  # they were put out of it, or it was erased, meanwhile
        await groups.part(unit, await access.private_channel(unit, user, row["channel_id"]))
    return True


async def direct(unit: Unit, user_id: Snowflake) -> list[Row]:
    """Somebody's direct messages, which go with their row and come back with `restore`."""
    return await unit.all(queries.DIRECT_OF, user_id)


async def restore(unit: Unit, user_id: Snowflake, rows: list[Row]) -> None:
    """The conversations of those who stay go on to be theirs, with whoever is there now."""
    channel_ids = [row["channel_id"] for row in rows]
    other_ids = [row["other_id"] for row in rows]
    await unit.run(queries.RESTORE_DIRECT, user_id, channel_ids, other_ids)
    seen = [row for row in rows if not row["closed"]]
    shown = [row["channel_id"] for row in seen]
    await seeing.tell(unit, events.ChannelUpdate, shown, [row["other_id"] for row in seen])
