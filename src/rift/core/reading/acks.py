"""How acks are written and told: forward only, and to nobody but one's own sessions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final, NamedTuple

from msgspec.structs import replace

from rift import events
from rift.core import access
from rift.core.actor import Actor
from rift.core.reading import queries
from rift.core.unit import Row, Unit
from rift.permissions import Permission
from rift.snowflake import Snowflake, at
from rift.wire import reading as wire

CHANNEL: Final = 0
OF_GUILDS: Final = frozenset({1, 3, 4})
"""Scheduled events, the home and the onboarding questions of a guild."""
OF_USERS: Final = frozenset({2, 5})
"""The notification centre and message requests."""
LISTED: Final = timedelta(days=7)
"""For so long a mention stands on the list."""


class Ack(NamedTuple):
    """Something was read up to an id."""

    type: int
    resource_id: Snowflake
    last_id: Snowflake


async def advance(unit: Unit, actor: Actor, acks: Iterable[Ack]) -> list[Row]:
    """Write what was read and tell one's sessions; what is older than what is known is nothing."""
    newest: dict[tuple[int, str], Ack] = {}
    future = unit.new_id()  # nobody has read what is still to come
    for ack in acks:
        last_id = min(ack.last_id, future, key=int)
        known = newest.get((ack.type, ack.resource_id))
        if known is None or int(known.last_id) < int(last_id):
            newest[ack.type, ack.resource_id] = Ack(ack.type, ack.resource_id, last_id)
    columns = list(zip(*newest.values(), strict=True)) or [(), (), ()]
    rows = await unit.all(queries.ACK, actor.id, *columns)
    await forget_mentions(unit, actor, [row for row in rows if row["type"] == CHANNEL])
    return rows


async def forget_mentions(unit: Unit, actor: Actor, rows: Sequence[Row]) -> None:
    """Mentions that are read and too old for the list need not be kept."""
    if rows:
        channels, last = [row["resource_id"] for row in rows], [row["last_id"] for row in rows]
        old = at(unit.now() - LISTED)
        await unit.run(queries.FORGET_MENTIONS, actor.id, channels, last, old)


async def tell(unit: Unit, actor: Actor, rows: Sequence[Row], **shape: Any) -> None:
    """Let one's sessions know how far one has read, and how often one was called since."""
    behind = [it["resource_id"] for it in rows if it["type"] == CHANNEL and _is_behind(unit, it)]
    reached = await positions(unit, actor, behind)
    counts = await counted(unit, actor, behind)
    for row in rows:
        if row["type"] == CHANNEL:
            now = reached.get(row["resource_id"], row)
            unit.emit(_acked(actor, now, counts.get(row["resource_id"], 0), shape))
        else:
            unit.emit(_feature(actor, row))


async def counted(unit: Unit, actor: Actor, channel_ids: Sequence[str]) -> Mapping[str, int]:
    """How often one was called in each of the channels since one has read there."""
    if not channel_ids:
        return {}
    rows = await unit.all(queries.COUNT, actor.id, channel_ids)
    return {row["channel_id"]: row["count"] for row in rows}


async def calls(unit: Unit, user_id: str) -> int:
    """How often somebody was called, in all, where they may still see it."""
    asked = [row["channel_id"] for row in await unit.all(queries.CANDIDATES, user_id)]
    rows = await unit.all(queries.COUNT, user_id, asked) if asked else []
    counts = [(row["channel_id"], row["count"]) for row in rows if row["count"]]
    seen = [await access.may(unit, user_id, id_, Permission.VIEW_CHANNEL) for id_, _ in counts]
    return sum(count for (_, count), is_seen in zip(counts, seen, strict=True) if is_seen)


async def positions(
    unit: Unit, actor: Actor, channel_ids: Sequence[str]
) -> Mapping[Snowflake, Row]:
    if not channel_ids:
        return {}
    rows = await unit.all(queries.POSITIONS, actor.id, channel_ids)
    return {row["resource_id"]: row for row in rows}


def _is_behind(unit: Unit, row: Row) -> bool:
    """Whether there may be anything newer, which may be one's own or call one."""
    picture = unit.world.known_guild_of_channel(row["resource_id"])
    if picture is None:
        return True
    newest = picture.last_messages.get(row["resource_id"])
    return newest is not None and int(newest) > int(row["last_id"])


def _acked(actor: Actor, row: Row, count: int, shape: Mapping[str, Any]) -> events.MessageAck:
    data = wire.MessageAck(
        channel_id=row["resource_id"],
        message_id=row["last_id"],
        mention_count=count,
        version=int(row["version"]),
    )
    said = {name: value for name, value in shape.items() if value is not None}
    data = replace(data, **said)
    return events.MessageAck(data=data, to=(actor.id,))


def _feature(actor: Actor, row: Row) -> events.GuildFeatureAck | events.UserNonChannelAck:
    data = wire.FeatureAck(
        ack_type=row["type"],
        resource_id=row["resource_id"],
        entity_id=row["last_id"],
        version=int(row["version"]),
    )
    kind = events.GuildFeatureAck if row["type"] in OF_GUILDS else events.UserNonChannelAck
    return kind(data=data, to=(actor.id,))
