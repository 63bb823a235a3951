"""Who is in a thread: how they come in, also by speaking or by being called, and leave."""

from collections.abc import Sequence
from typing import Final

from rift import errors
from rift.core import access
from rift.core.access import GuildRoom, Room
from rift.core.actor import Actor
from rift.core.guilds import holding
from rift.core.messages import people
from rift.core.threads import changing, queries, telling
from rift.core.unit import Unit
from rift.permissions import VIEW_CHANNEL, Permission
from rift.wire.channels import ChannelType, ThreadMember
from rift.wire.members import Member
from rift.world import is_archived

_PRIVATE: Final = int(ChannelType.PRIVATE_THREAD)
_INTERACTED: Final = 1
_FEW: Final = 100
_MANAGE: Final = Permission.MANAGE_THREADS


async def settle(unit: Unit, actor: Actor, room: Room) -> None:
    """Before somebody speaks in a thread: it wakes up if it is archived, and they are in it.

    That is committed by itself, for the message goes another way than the unit's.
    """
    thread = room.channel
    if room.guild is None:
        return
    if not is_archived(thread) and actor.id in room.guild.threads.crowd(thread.id):
        return
    async with Unit(unit.house) as opening:
        held = await holding.thread(opening, actor, thread.id, Permission.SEND_MESSAGES)
        if is_archived(held.channel):
            await changing.wake(opening, actor, held)
        await enter(opening, held, [held.member], _INTERACTED)


async def call_in(
    unit: Unit, actor: Actor, room: Room, called: Sequence[str], roles: Sequence[str]
) -> None:
    """Whom somebody calls in a thread comes into it, if they may and there is room.

    Those whom a role calls do where they are few, as at Discord.
    """
    if room.guild is None:
        return
    if roles:
        async with Unit(unit.house, reading=True) as glance:
            asked = (room.guild.id, roles, _FEW + 1)
            bearers = [row["user_id"] for row in await glance.all(queries.BEARERS, *asked)]
        called = [*called, *(bearers if len(bearers) <= _FEW else ())]
    crowd = room.guild.threads.crowd(room.channel.id)
    missing = [user_id for user_id in dict.fromkeys(called) if user_id not in crowd]
    if not missing:
        return
    async with Unit(unit.house) as calling:
        held = await holding.thread(calling, actor, room.channel.id)
        if not may_invite(held):
            return
        found = (await people.members(calling, held.guild, missing)).values()
        among = [it for it in found if _sees_parent(calling, held, it)]
        there = len(held.guild.threads.crowd(held.channel.id))
        most = calling.settings.limits.members_per_thread
        await enter(calling, held, among[: max(0, most - there)], 0)


async def enter(unit: Unit, held: GuildRoom, newcomers: Sequence[Member], flags: int) -> bool:
    """Let members into a held thread; whether any of them was not in it."""
    thread = held.channel
    crowd = held.guild.threads.crowd(thread.id)
    added = [it for it in newcomers if it.user.id not in crowd]
    if not added:
        return False
    count = len(crowd) + len(added)
    if count > unit.settings.limits.members_per_thread:
        raise errors.TooManyThreadMembers
    now = unit.now()
    await unit.run(queries.ENTER, thread.id, [it.user.id for it in added], now, flags)
    told = [
        ThreadMember(
            id=thread.id,
            user_id=member.user.id,
            join_timestamp=now,
            flags=flags,
            member=member,
            presence=None,
        )
        for member in added
    ]
    unit.emit(telling.came(thread, told, count))
    return True


async def leave(unit: Unit, held: GuildRoom, user_id: str) -> bool:
    """Take somebody out of a held thread; whether they were in it."""
    crowd = held.guild.threads.crowd(held.channel.id)
    own = crowd.get(user_id)
    if own is None:
        return False
    await unit.run(queries.LEAVE, held.channel.id, user_id)
    unit.emit(telling.left(held.channel, own.user_id, len(crowd) - 1))
    return True


async def newcomer(unit: Unit, held: GuildRoom, user_id: str) -> Member:
    """A member of the guild who may be let into a thread."""
    found = await holding.member(unit, held.guild, user_id)
    if found is None:
        raise errors.UnknownMember
    if not may_invite(held):
        raise errors.MissingPermissions
    if not _sees_parent(unit, held, found):
        raise errors.MissingAccess
    return found


def may_invite(held: GuildRoom) -> bool:
    """Into a private thread others bring somebody only where that is wanted."""
    thread = held.channel
    if thread.type != _PRIVATE or held.may(_MANAGE) or is_owner(held):
        return True
    return telling.metadata(thread).invitable is not False


def is_owner(held: GuildRoom) -> bool:
    return held.channel.owner_id == held.member.user.id


def _sees_parent(unit: Unit, held: GuildRoom, member: Member) -> bool:
    parent_id = held.channel.parent_id or None
    seen = held.guild.permissions(member, parent_id, unit.now())
    return bool(seen & VIEW_CHANNEL)


async def one(unit: Unit, actor: Actor, thread_id: str, user_id: str) -> ThreadMember:
    """How somebody is in a thread one sees."""
    room = await access.thread(unit, actor, thread_id)
    found = room.guild.threads.crowd(thread_id).get(user_id)
    if found is None:
        raise errors.UnknownMember
    return shown(found, actor)


def shown(member: ThreadMember, actor: Actor) -> ThreadMember:
    """How somebody is in a thread; how they have muted it only to themselves."""
    if member.user_id == actor.id and not actor.bot:
        return member
    return ThreadMember(
        id=member.id,
        user_id=member.user_id,
        join_timestamp=member.join_timestamp,
        flags=member.flags,
    )
