"""What can be done with the history of messages: look through it, and see who did."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Final, LiteralString

import msgspec

from rift import errors
from rift.core import access
from rift.core.access import Hall
from rift.core.actor import Actor
from rift.core.attachments import keeping
from rift.core.history import queries
from rift.core.links import Links
from rift.core.messages import people, rooms
from rift.core.previews import proxied
from rift.core.unit import Row, Unit
from rift.permissions import VIEW_CHANNEL, Permission
from rift.snowflake import MAX, Snowflake, created_at
from rift.wire.history import DeletedMessage, DeletedMessagesQuery, Reading, Revision
from rift.wire.users import User

_READ: Final = Permission.READ_MESSAGE_HISTORY
_MODERATE: Final = _READ | Permission.MANAGE_MESSAGES | Permission.VIEW_AUDIT_LOG
_WHOLE_GUILD: Final = Snowflake("0")
_AT_ONCE: Final = 1000


async def revisions(
    unit: Unit, actor: Actor, channel_id: Snowflake, message_id: Snowflake
) -> list[Revision]:
    """All a message ever said, the oldest first: for moderators, and for its author while it is."""
    room = await rooms.enter(unit, actor, channel_id, _READ)
    current = await unit.maybe(queries.CURRENT, channel_id, message_id)
    if current is None or current["author_id"] != actor.id:
        room.require(_MODERATE)
    rows = await unit.all(queries.REVISIONS, channel_id, message_id)
    if current is None and not rows:
        raise errors.UnknownMessage
    users = await people.users(unit, {row["changed_by"] for row in rows})
    links = unit.house.links
    told = [_revision({**row, "ended_by": users.get(row["changed_by"])}, links) for row in rows]
    if current is not None:
        now = {"ended": "current", "ended_at": None, "ended_by": None}
        told.append(_revision({**current, **now}, links))
    return told


async def of_channel(
    unit: Unit, actor: Actor, channel_id: Snowflake, query: DeletedMessagesQuery
) -> list[DeletedMessage]:
    """What was deleted in a channel."""
    room = await access.guild_channel(unit, actor, channel_id, _MODERATE)
    await _note(unit, actor, room.guild.id, channel_id)
    ways = (queries.OF_CHANNEL_DOWN, queries.OF_CHANNEL_UP)
    asked: tuple[object, ...] = (channel_id,)
    if query.author_id is not None:
        ways = (queries.OF_AUTHOR_DOWN, queries.OF_AUTHOR_UP)
        asked = (query.author_id, [channel_id])
    return await _page(unit, query, ways, asked)


async def of_guild(
    unit: Unit, actor: Actor, guild_id: Snowflake, query: DeletedMessagesQuery
) -> list[DeletedMessage]:
    """What was deleted in those channels of a guild that one moderates."""
    hall = await access.guild(unit, actor, guild_id, Permission.VIEW_AUDIT_LOG)
    channels = _moderated(unit, hall)
    if not channels:
        raise errors.MissingPermissions
    await _note(unit, actor, guild_id, _WHOLE_GUILD)
    ways = (queries.OF_GUILD_DOWN, queries.OF_GUILD_UP)
    asked: tuple[object, ...] = (guild_id, channels)
    if query.author_id is not None:
        ways = (queries.OF_AUTHOR_DOWN, queries.OF_AUTHOR_UP)
        asked = (query.author_id, channels)
    return await _page(unit, query, ways, asked)


async def readings(unit: Unit, actor: Actor, guild_id: Snowflake) -> list[Reading]:
    """Who looked through deleted messages, the last first."""
    await access.guild(unit, actor, guild_id, Permission.VIEW_AUDIT_LOG)
    rows = await unit.all(queries.READINGS, guild_id)
    users = await people.users(unit, {row["user_id"] for row in rows})
    return [
        Reading(
            user=users.get(row["user_id"]),
            channel_id=None if row["channel_id"] == _WHOLE_GUILD else row["channel_id"],
            times=row["times"],
            last_at=row["last_at"],
        )
        for row in rows
    ]


async def prune(unit: Unit) -> int:
    """Forget a batch of who looked; it is kept as long as the audit log."""
    days = unit.settings.history.audit_log_days
    if not days:
        return 0
    before = (unit.now() - timedelta(days=days)).date()
    return await unit.run(queries.PRUNE_READINGS, before, _AT_ONCE)


def _moderated(unit: Unit, hall: Hall) -> list[str]:
    needs, now = int(_MODERATE) | VIEW_CHANNEL, unit.now()
    places = hall.guild.places(hall.member)
    return [id_ for id_ in places if hall.permissions_in(id_, now) & needs == needs]


async def _note(unit: Unit, actor: Actor, guild_id: Snowflake, channel_id: Snowflake) -> None:
    """Reading leaves a trace, in a transaction of its own: the unit only reads."""
    now = unit.now()
    async with Unit(unit.house) as noting:
        await noting.run(queries.NOTE_READING, guild_id, now.date(), actor.id, channel_id, now)


async def _page(
    unit: Unit,
    query: DeletedMessagesQuery,
    ways: tuple[LiteralString, LiteralString],
    asked: Sequence[object],
) -> list[DeletedMessage]:
    """The newest first; after a named one, the oldest first."""
    down, up = ways
    bounds = (query.after or "0", query.before or str(MAX))
    chosen = down if query.after is None else up
    rows = await unit.all(chosen, *bounds, query.limit, *asked)
    users = await people.users(unit, _named(rows))
    return [_deleted(row, users, unit.house.links) for row in rows]


def _named(rows: Iterable[Row]) -> set[str]:
    pairs = (row[name] for row in rows for name in ("author_id", "changed_by"))
    return {id_ for id_ in pairs if id_ is not None}


def _deleted(row: Row, users: Mapping[str, User], links: Links) -> DeletedMessage:
    told = {
        **row,
        **_carried(row, links),
        "timestamp": created_at(row["id"]),
        "author": people.persona(row) or users.get(row["author_id"]),
        "deleted_by": users.get(row["changed_by"]),
    }
    return msgspec.convert(told, DeletedMessage)


def _revision(row: Row, links: Links) -> Revision:
    return msgspec.convert({**row, **_carried(row, links)}, Revision)


def _carried(row: Row, links: Links) -> Row:
    attachments = keeping.shown(row["attachments"], links)
    return {"embeds": proxied.read(row["embeds"], links), "attachments": attachments}
