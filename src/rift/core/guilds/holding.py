"""Holding a guild still: until the unit ends nobody else changes what it is made of.

Whatever changes a guild's picture advances its revision, and so waits for whoever holds its row.
A picture of the same revision as the held row is therefore the truth, and stays it.
Verbs that change a picture hold the guild before they touch any other row: the other way round
two of them could wait for each other for ever.
"""

from typing import Final

from rift import errors
from rift.core import access
from rift.core.access import GuildRoom, Hall
from rift.core.actor import Actor
from rift.core.guilds import queries
from rift.core.unit import Unit
from rift.permissions import Permission
from rift.wire.channels import Channel
from rift.wire.members import Member
from rift.world import Picture, loading
from rift.world import queries as world_queries

NOTHING: Final = Permission(0)


async def hall(unit: Unit, actor: Actor, guild_id: str, needs: Permission = NOTHING) -> Hall:
    """A guild to change: as `access.guild`, asked once before and once while it is held."""
    await access.guild(unit, actor, guild_id, needs)
    guild = await hold(unit, guild_id)
    return access.admit(unit, actor, guild, await _actor_in(unit, actor, guild), needs)


async def owned(unit: Unit, actor: Actor, guild_id: str) -> Hall:
    """A guild that only its owner may do this to."""
    await access.owned_guild(unit, actor, guild_id)
    held = await hall(unit, actor, guild_id)
    if not held.is_owner:
        raise errors.MissingAccess
    return held


async def room(unit: Unit, actor: Actor, channel_id: str, needs: Permission = NOTHING) -> GuildRoom:
    """A channel to change, as `access.guild_channel`; its whole guild is held."""
    entered = await access.guild_channel(unit, actor, channel_id, needs)
    guild = await hold(unit, entered.guild.id)
    channel = guild.channels.get(channel_id)
    if channel is None:
        raise errors.UnknownChannel
    found = await _actor_in(unit, actor, guild)
    return access.admit_to_channel(unit, actor, guild, found, channel, needs)


async def thread(
    unit: Unit, actor: Actor, thread_id: str, needs: Permission = NOTHING
) -> GuildRoom:
    """A thread to change; its whole guild is held."""
    entered = await access.thread(unit, actor, thread_id, needs)
    guild = await hold(unit, entered.guild.id)
    channel = await thread_in(unit, guild, thread_id)
    found = await _actor_in(unit, actor, guild)
    return access.admit_to_channel(unit, actor, guild, found, channel, needs)


async def thread_in(unit: Unit, guild: Picture, thread_id: str) -> Channel:
    """A thread of a held guild, read in the same transaction if need be."""
    if thread_id not in guild.threads:
        await loading.thread_through(unit.all, guild, thread_id)
    found = guild.threads.get(thread_id)
    if found is None:
        raise errors.UnknownChannel
    return found


async def hold(unit: Unit, guild_id: str) -> Picture:
    """The guild, held from now on; whether anybody may change it is the caller's to know."""
    row = await unit.maybe(queries.HOLD, guild_id)
    if row is None:
        raise errors.UnknownGuild
    known = unit.world.get(guild_id)
    if known is not None and known.revision == int(row["revision"]):
        return known
    # The last change is committed and on its way here; what it changed is read instead.
    [fresh] = await loading.pictures_through(unit.all, [guild_id])
    return fresh


async def member(unit: Unit, guild: Picture, user_id: str) -> Member | None:
    """A member of a held guild, read in the same transaction."""
    found = guild.members.get(user_id)
    if found is None:
        row = await unit.maybe(world_queries.MEMBERS, guild.id, [user_id])
        found = None if row is None else loading.member_from_row(row)
    return found


async def _actor_in(unit: Unit, actor: Actor, guild: Picture) -> Member:
    found = await member(unit, guild, actor.id)
    if found is None:
        raise errors.MissingAccess
    return found
