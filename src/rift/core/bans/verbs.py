"""What can be done with bans."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

import msgspec

from rift import errors, events
from rift.core import access
from rift.core.access import Hall
from rift.core.actor import Actor
from rift.core.auditlog.recording import done, record
from rift.core.bans import queries
from rift.core.guilds import holding
from rift.core.members import joining
from rift.core.purges import running as purging
from rift.core.purges.running import Criteria
from rift.core.threads import queries as thread_queries
from rift.core.unit import Unit
from rift.permissions import Permission
from rift.snowflake import Snowflake, at
from rift.wire.auditlog import Action
from rift.wire.guilds import Ban, BanBody, BanEvent, BansQuery, BulkBan, BulkBanned
from rift.wire.members import Member
from rift.wire.users import User
from rift.world import loading
from rift.world import queries as world_queries

_BAN: Final = Permission.BAN_MEMBERS
_DAY_S: Final = 86_400
_CLOCKS_DIFFER: Final = timedelta(seconds=1)


async def page(unit: Unit, actor: Actor, guild_id: Snowflake, query: BansQuery) -> list[Ban]:
    """Who is banned, in the order of ids."""
    await access.guild(unit, actor, guild_id, _BAN)
    if query.before is not None:
        rows = await unit.all(queries.BEFORE, guild_id, query.before, query.limit)
        return [_ban(row) for row in reversed(rows)]
    rows = await unit.all(queries.AFTER, guild_id, query.after or "0", query.limit)
    return [_ban(row) for row in rows]


async def fetch(unit: Unit, actor: Actor, guild_id: Snowflake, user_id: Snowflake) -> Ban:
    """One ban."""
    await access.guild(unit, actor, guild_id, _BAN)
    return await _find(unit, guild_id, user_id)


async def ban(
    unit: Unit, actor: Actor, guild_id: Snowflake, user_id: Snowflake, body: BanBody
) -> None:
    """Put somebody out for good, also who is not in yet, and what they wrote lately with them."""
    hall = await holding.hall(unit, actor, guild_id, _BAN)
    users = await _users(unit, [user_id])
    if not users:
        raise errors.UnknownUser
    members = await _members(unit, hall, [user_id])
    if not _in_reach(hall, members, user_id):
        raise errors.MissingPermissions
    reason = body.reason or actor.reason
    banned = await _put_out(unit, hall, users, members, reason)
    deeds = [done(Action.MEMBER_BAN_ADD, id_) for id_ in banned]
    await record(unit, actor, guild_id, *deeds, reason=reason)
    await _purge(unit, hall, [user_id], _purge_seconds(body))


async def bulk_ban(unit: Unit, actor: Actor, guild_id: Snowflake, body: BulkBan) -> BulkBanned:
    """Ban up to 200 at once; whom one may not ban or who is banned already is left out."""
    hall = await holding.hall(unit, actor, guild_id, _BAN | Permission.MANAGE_GUILD)
    wanted = list(dict.fromkeys(body.user_ids))
    members = await _members(unit, hall, wanted)
    users = await _users(unit, [id_ for id_ in wanted if _in_reach(hall, members, id_)])
    banned = await _put_out(unit, hall, users, members, actor.reason)
    if not banned:
        raise errors.BulkBanFailed
    deeds = [done(Action.MEMBER_BAN_ADD, id_) for id_ in banned]
    await record(unit, actor, guild_id, *deeds)
    await _purge(unit, hall, banned, body.delete_message_seconds or 0)
    failed = [id_ for id_ in wanted if id_ not in banned]
    return BulkBanned(banned_users=banned, failed_users=failed)


async def unban(unit: Unit, actor: Actor, guild_id: Snowflake, user_id: Snowflake) -> None:
    """Let somebody come back."""
    await access.guild(unit, actor, guild_id, _BAN)
    ended = await _find(unit, guild_id, user_id)
    if not await unit.run(queries.DELETE, guild_id, user_id):
        raise errors.UnknownBan
    unit.emit(events.BanRemove(data=BanEvent(guild_id=guild_id, user=ended.user)))
    await record(unit, actor, guild_id, done(Action.MEMBER_BAN_REMOVE, user_id))


async def _find(unit: Unit, guild_id: Snowflake, user_id: Snowflake) -> Ban:
    row = await unit.maybe(queries.FIND, guild_id, user_id)
    if row is None:
        raise errors.UnknownBan
    return _ban(row)


def _ban(row: Mapping[str, Any]) -> Ban:
    return Ban(user=msgspec.convert(row, User), reason=row["reason"])


async def _users(unit: Unit, user_ids: Sequence[Snowflake]) -> list[User]:
    return msgspec.convert(await unit.all(queries.USERS, user_ids), list[User])


async def _members(unit: Unit, hall: Hall, user_ids: Sequence[Snowflake]) -> Mapping[str, Member]:
    rows = await unit.all(world_queries.MEMBERS, hall.guild.id, user_ids)
    return {row["user_id"]: loading.member_from_row(row) for row in rows}


def _in_reach(hall: Hall, members: Mapping[str, Member], user_id: str) -> bool:
    """Strangers stand below everybody."""
    member = members.get(user_id)
    return member is None or hall.outranks(member)


async def _put_out(
    unit: Unit,
    hall: Hall,
    users: Sequence[User],
    members: Mapping[str, Member],
    reason: str | None,
) -> list[Snowflake]:
    """Ban those who are not banned yet; who they were."""
    guild_id, wanted = hall.guild.id, [user.id for user in users]
    rows = await unit.all(queries.INSERT, guild_id, wanted, reason, unit.now())
    fresh = {row["user_id"] for row in rows}
    for user in users:
        if user.id in members:
            await joining.leave(unit, hall.guild, members[user.id])
        if user.id in fresh:
            unit.emit(events.BanAdd(data=BanEvent(guild_id=guild_id, user=user)))
    return [id_ for id_ in wanted if id_ in fresh]


def _purge_seconds(body: BanBody) -> int:
    if body.delete_message_seconds is not None:
        return body.delete_message_seconds
    return (body.delete_message_days or 0) * _DAY_S


async def _purge(unit: Unit, hall: Hall, author_ids: Sequence[Snowflake], seconds: int) -> None:
    """Delete what these people wrote in the guild in the last so many seconds."""
    if not seconds:
        return
    threads = await unit.all(thread_queries.OF_GUILD, hall.guild.id)
    await purging.begin(
        unit,
        Criteria(
            guild_id=hall.guild.id,
            user_id=hall.member.user.id,
            channel_ids=[*hall.guild.channels, *(row["channel_id"] for row in threads)],
            newest=at(unit.now() + _CLOCKS_DIFFER),
            oldest=at(unit.now() - timedelta(seconds=seconds)),
            author_ids=author_ids,
        ),
    )
