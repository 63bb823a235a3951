"""Carries what was published to those who follow, what becomes of it, and its end: in portions.

Each portion is a unit of its own, answers how far it came, and may be done again: who has a copy
gets no second one, and a copy that says what its source says is left alone.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from rift import events
from rift.core.crossposts import flags, queries
from rift.core.messages import reading, telling
from rift.core.unit import Row, Unit
from rift.snowflake import Snowflake
from rift.wire.messages import MessageReference

AT_ONCE: Final = 100
_GONE: Final = "[Original Message Deleted]"
"""What a copy says when its source was deleted, as at Discord."""

Teller = type[events.MessageCreate] | type[events.MessageUpdate]


class Source(NamedTuple):
    """A message that was published."""

    guild_id: Snowflake
    channel_id: Snowflake
    id: Snowflake


async def is_delivered(unit: Unit, source: Source) -> bool | None:
    """Whether all who followed have it; None where it was not published."""
    row = await unit.maybe(queries.PUBLICATION, source.channel_id, source.id)
    return None if row is None else bool(row["delivered"])


async def deliver(unit: Unit, source: Source, after: Snowflake) -> Snowflake | None:
    """Bring it to the next of those who followed when it was published."""
    publication = await unit.one(queries.PUBLICATION, source.channel_id, source.id)
    bounds = (after, publication["id"])
    followers = await unit.all(queries.FOLLOWERS, source.channel_id, *bounds, AT_ONCE)
    if not followers:
        await unit.run(queries.DELIVERED, source.channel_id, source.id)
        return None
    made = await unit.all(
        queries.COPY,
        source.channel_id,
        source.id,
        [row["id"] for row in followers],
        [unit.new_id() for _ in followers],
        flags.TAKEN_OVER,
        flags.IS_CROSSPOST,
        MessageReference(
            guild_id=source.guild_id, channel_id=source.channel_id, message_id=source.id
        ),
    )
    await _tell(unit, events.MessageCreate, made)
    return Snowflake(followers[-1]["id"])


async def revise(unit: Unit, source: Source, after: Snowflake) -> Snowflake | None:
    """Let the next of the copies say what their source says now."""
    copies = await _copies(unit, source, after)
    if not copies:
        return None
    changed = await unit.all(
        queries.REVISE, source.channel_id, source.id, *_places(copies), flags.TAKEN_OVER
    )
    await _tell(unit, events.MessageUpdate, changed)
    return Snowflake(copies[-1]["webhook_id"])


async def withdraw(unit: Unit, source: Source, after: Snowflake) -> Snowflake | None:
    """Empty the next of the copies of what was deleted; nothing binds them to it any more."""
    copies = await _copies(unit, source, after)
    if not copies:
        return None
    changed = await unit.all(
        queries.WITHDRAW, *_places(copies), _GONE, flags.SOURCE_MESSAGE_DELETED
    )
    webhook_ids = [row["webhook_id"] for row in copies]
    await unit.run(queries.FORGET, source.channel_id, source.id, webhook_ids)
    await _tell(unit, events.MessageUpdate, changed)
    return Snowflake(webhook_ids[-1])


async def published(
    unit: Unit, channel_id: Snowflake, message_ids: Sequence[Snowflake]
) -> list[Snowflake]:
    """Those of the deleted messages that were published; of what was a copy nothing is kept."""
    await unit.run(queries.FORGET_COPIES, channel_id, message_ids)
    rows = await unit.all(queries.PUBLISHED, channel_id, message_ids)
    return [row["message_id"] for row in rows]


async def _copies(unit: Unit, source: Source, after: Snowflake) -> list[Row]:
    return await unit.all(queries.COPIES, source.channel_id, source.id, after, AT_ONCE)


def _places(copies: Sequence[Row]) -> tuple[list[Snowflake], list[Snowflake]]:
    return [row["channel_id"] for row in copies], [row["message_id"] for row in copies]


async def _tell(unit: Unit, teller: Teller, changed: Sequence[Row]) -> None:
    """Let those who see the channels know; a channel that is gone by now has nobody."""
    channel_ids = [row["channel_id"] for row in changed]
    if not channel_ids:
        return
    places = {row["id"]: row for row in await unit.all(queries.PLACES, channel_ids)}
    rows = await unit.all(queries.TOLD, channel_ids, [row["id"] for row in changed])
    for message in reading.of_webhooks(rows, unit.house.links):
        place = places.get(message.channel_id)
        if place is not None:
            unit.emit(teller(data=telling.of_webhook(message, place["guild_id"], place["type"])))
