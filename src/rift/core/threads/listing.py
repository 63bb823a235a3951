"""Lists of threads: those that are active, those that sleep, and those that were sought."""

from collections.abc import Sequence
from typing import Final

from msgspec import UNSET, convert
from msgspec.structs import replace

from rift import errors
from rift.core import access
from rift.core.access import GuildRoom
from rift.core.actor import Actor
from rift.core.messages import reading
from rift.core.threads import posts, queries
from rift.core.unit import Row, Unit
from rift.permissions import Permission
from rift.snowflake import MAX, Snowflake
from rift.wire import threads as wire
from rift.wire.channels import Channel, ChannelType, ThreadMember, thread_from_row
from rift.wire.messages import Message

_READ: Final = Permission.READ_MESSAGE_HISTORY
_MANAGE: Final = Permission.MANAGE_THREADS
_PARENTS: Final = posts.FORUMS | {
    int(ChannelType.GUILD_TEXT),
    int(ChannelType.GUILD_ANNOUNCEMENT),
}


async def active(unit: Unit, actor: Actor, guild_id: Snowflake) -> wire.ThreadList:
    """The active threads of a guild that one may see, the newest first."""
    hall = await access.guild(unit, actor, guild_id)
    found = sorted(hall.guild.open_threads(hall.member), key=lambda it: -int(it.id))
    members = [it.member for it in found if it.member is not UNSET]
    return wire.ThreadList(threads=[replace(it, member=UNSET) for it in found], members=members)


async def archived_open(
    unit: Unit, actor: Actor, channel_id: Snowflake, query: wire.ArchivedQuery
) -> wire.ThreadList:
    """The threads of a channel that sleep and are for everybody there."""
    room = await _parent(unit, actor, channel_id, _READ)
    return await _archived(unit, actor, room, query, is_private=False)


async def archived_private(
    unit: Unit, actor: Actor, channel_id: Snowflake, query: wire.ArchivedQuery
) -> wire.ThreadList:
    """Those that are for few, for who manages threads."""
    room = await _parent(unit, actor, channel_id, _READ | _MANAGE)
    return await _archived(unit, actor, room, query, is_private=True)


async def archived_joined(
    unit: Unit, actor: Actor, channel_id: Snowflake, query: wire.JoinedQuery
) -> wire.ThreadList:
    """Those that are for few, one of whom one is."""
    room = await _parent(unit, actor, channel_id, _READ)
    before = query.before or str(MAX)
    rows = await unit.all(queries.JOINED, room.channel.id, actor.id, before, query.limit + 1)
    return await _listed(unit, actor, rows, query.limit)


async def search(
    unit: Unit, actor: Actor, channel_id: Snowflake, query: wire.ThreadSearchQuery
) -> wire.ThreadSearch:
    """Find threads of a channel by name and tags; of posts also what they begin with."""
    room = await _parent(unit, actor, channel_id, _READ)
    rows = await unit.all(
        queries.SEARCH,
        room.channel.id,
        actor.id,
        room.may(_MANAGE),
        query.archived,
        (query.name or "").lower().split(),
        _tags(query),
        query.tag_setting == "match_all",
        query.min_id or "0",
        query.max_id or str(MAX),
        query.sort_by,
        query.sort_order == "asc",
        query.limit,
        query.offset,
    )
    total = rows[0]["total"] if rows else 0
    listed = await _listed(unit, actor, rows, query.limit)
    of_forum = room.channel.type in posts.FORUMS
    return wire.ThreadSearch(
        threads=listed.threads,
        members=listed.members,
        has_more=query.offset + len(rows) < total,
        total_results=total,
        first_messages=await _first(unit, actor, listed.threads) if of_forum else UNSET,
    )


async def _parent(unit: Unit, actor: Actor, channel_id: str, needs: Permission) -> GuildRoom:
    room = await access.guild_channel(unit, actor, channel_id, needs)
    if room.channel.type not in _PARENTS:
        raise errors.WrongChannelType
    return room


async def _archived(
    unit: Unit, actor: Actor, room: GuildRoom, query: wire.ArchivedQuery, *, is_private: bool
) -> wire.ThreadList:
    rows = await unit.all(
        queries.ARCHIVED, room.channel.id, is_private, query.before, query.limit + 1
    )
    return await _listed(unit, actor, rows, query.limit)


async def _listed(unit: Unit, actor: Actor, rows: Sequence[Row], limit: int) -> wire.ThreadList:
    shown = [thread_from_row(row) for row in rows[:limit]]
    own = await unit.all(queries.OWN, [it.id for it in shown], actor.id) if shown else []
    return wire.ThreadList(
        threads=shown,
        members=[convert(row, ThreadMember) for row in own],
        has_more=len(rows) > limit,
    )


async def _first(unit: Unit, actor: Actor, threads: Sequence[Channel]) -> list[Message]:
    """The messages that posts begin with, of those where it is still there."""
    found = [await reading.find(unit, it.id, it.id, actor.id) for it in threads]
    return [message for message in found if message is not None]


def _tags(query: wire.ThreadSearchQuery) -> list[str]:
    """The ids, one by one or with commas between them."""
    given = [text for part in query.tag for text in part.split(",")]
    return [text for text in given if text.isascii() and text.isdecimal() and int(text) <= MAX]
