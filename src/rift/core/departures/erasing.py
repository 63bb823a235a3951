"""Deleting accounts whose days of grace are over, one guild, group or application at a time.

What a user leaves behind goes with their row, by the foreign keys that point at it; in its place
comes a shell without a face, because what they wrote stays and has to have been written by
somebody.
"""

from typing import Final

from rift import errors, events
from rift.core.applications import verbs as applications
from rift.core.departures import queries
from rift.core.departures.verbs import shut
from rift.core.guilds import holding
from rift.core.guilds import queries as guild_queries
from rift.core.guilds import verbs as guilds
from rift.core.members import joining
from rift.core.private_channels import surviving
from rift.core.relationships import pairs
from rift.core.unit import Row, Unit
from rift.snowflake import Snowflake
from rift.world import Picture, loading

_AT_ONCE: Final = 1000


async def erase_portion(unit: Unit) -> bool:
    """Delete a portion of what is to be deleted; whether there was anything."""
    row = await unit.maybe(queries.NEXT, unit.now())
    if row is None:
        return False
    await _next_step(unit, Snowflake(row["id"]), row["owned_guilds"])
    return True


async def erase(unit: Unit, user_id: Snowflake, fate: str) -> None:
    """Delete an account that is marked all at once."""
    while await _next_step(unit, user_id, fate):
        pass


async def _next_step(unit: Unit, user_id: Snowflake, fate: str) -> bool:
    """Take leave of one guild or application, or else of the user; whether there is more."""
    guild = await unit.maybe(queries.SOME_GUILD, user_id)
    if guild is not None:
        await _part(unit, user_id, guild, fate)
        return True
    application = await unit.maybe(queries.SOME_APPLICATION, user_id)
    if application is not None:
        await applications.dissolve(unit, application)
        return True
    return await _untie(unit, user_id) or not await _bury(unit, user_id)


async def _untie(unit: Unit, user_id: Snowflake) -> bool:
    """Leave one group, or a batch of friends, or forget a batch of old words."""
    return (
        await surviving.leave_some_group(unit, user_id)
        or await pairs.sever_some(unit, user_id)
        or bool(await unit.run(queries.FORGET_HISTORY, user_id, _AT_ONCE))
    )


async def _part(unit: Unit, user_id: Snowflake, row: Row, fate: str) -> None:
    try:
        picture = await holding.hold(unit, row["id"])
    except errors.UnknownGuild:
        return  # somebody else dissolved it meanwhile
    if row["owned"] and picture.guild.owner_id == row["owner_id"]:
        heir = await unit.maybe(queries.HEIR, picture.id, user_id) if fate == "transfer" else None
        if heir is None:
            await guilds.dissolve(unit, picture.id)
            return
        await _hand_over(unit, picture, Snowflake(heir["user_id"]))
    member = await holding.member(unit, picture, user_id)
    if member is not None:
        await joining.leave(unit, picture, member)


async def _hand_over(unit: Unit, picture: Picture, heir_id: Snowflake) -> None:
    row = await unit.one(guild_queries.UPDATE, picture.id, {"owner_id": heir_id})
    guild = picture.filled(loading.guild_from_row(row))
    unit.emit(events.GuildUpdate(data=guild))


async def _bury(unit: Unit, user_id: Snowflake) -> bool:
    """Put the shell in the user's place; not yet, where they came by another guild meanwhile."""
    # Held first: nobody can make anything theirs while it is looked for once more.
    if await unit.maybe(queries.HOLD, user_id, unit.now()) is None:
        return True
    if await unit.maybe(queries.SOME_GUILD, user_id) is not None or await _untie(unit, user_id):
        return False
    await shut(unit, user_id)
    conversations = await surviving.direct(unit, user_id)
    await unit.run(queries.FORGET_PROFILES, user_id)
    await unit.run(queries.BURY, user_id)
    await unit.run(queries.REMEMBER, user_id, f"Deleted User {int(user_id):x}")
    await surviving.restore(unit, user_id, conversations)
    return True
