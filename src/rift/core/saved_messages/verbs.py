"""What can be done with saved messages: save one, look through them, let one go."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import UNSET

from rift import errors, events
from rift.core import access
from rift.core.actor import Actor
from rift.core.messages import reading, rooms
from rift.core.saved_messages import queries
from rift.core.unit import Row, Unit
from rift.core.users.holding import hold
from rift.errors import InvalidForm
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.messages import Message
from rift.wire.saved_messages import (
    SaveData,
    SavedMessage,
    SavedMessageGone,
    SavedMessages,
    SavedMessagesQuery,
    SaveMessage,
)

MOST: Final = 1000
_READ: Final = Permission.READ_MESSAGE_HISTORY


async def page(unit: Unit, actor: Actor, query: SavedMessagesQuery) -> SavedMessages:
    """One's saved messages, with what they say as far as one may still read it."""
    actor.must_be_person()
    rows = await unit.all(queries.PAGE, actor.id, query.before, query.limit + 1)
    shown = rows[: query.limit]
    found = await _readable(unit, actor, shown)
    return SavedMessages(
        results=[_saved(row, found.get(row["message_id"])) for row in shown],
        has_more=len(rows) > len(shown),
    )


async def save(
    unit: Unit, actor: Actor, channel_id: Snowflake, message_id: Snowflake, body: SaveMessage
) -> SavedMessage:
    """Save a message one may read, or change what one noted with it."""
    actor.must_be_person()
    if body.due_at is not None:
        words = "This server does not remind of saved messages."
        raise InvalidForm.at("due_at", "FEATURE_NOT_AVAILABLE", words)
    room = await rooms.enter(unit, actor, channel_id, _READ)
    message = await reading.one(unit, channel_id, message_id, actor.id)
    # Held, so that of two at once only one can be the last there is room for.
    await hold(unit, actor.id)
    before = await unit.maybe(queries.ONE, actor.id, channel_id, message_id)
    notes = None if body.notes is UNSET else body.notes or ""
    place = (actor.id, channel_id, message_id)
    if before is None:
        await _check_room(unit, actor)
        await unit.run(queries.SAVE, *place, room.guild_id or None, unit.now(), notes or "")
    elif notes is not None:
        await unit.run(queries.NOTE, *place, notes)
    after = await unit.one(queries.ONE, *place)
    saved = _saved(after, message)
    if after != before:
        unit.emit(events.SavedMessageCreate(data=saved, to=(actor.id,)))
    return saved


async def forget(unit: Unit, actor: Actor, channel_id: Snowflake, message_id: Snowflake) -> None:
    """Save a message no longer."""
    actor.must_be_person()
    if not await unit.run(queries.FORGET, actor.id, channel_id, message_id):
        raise errors.NotFound
    gone = SavedMessageGone(channel_id=channel_id, message_id=message_id)
    unit.emit(events.SavedMessageDelete(data=gone, to=(actor.id,)))


async def _check_room(unit: Unit, actor: Actor) -> None:
    if (await unit.one(queries.COUNT, actor.id))["count"] >= MOST:
        words = f"There is room for {MOST} saved messages."
        raise InvalidForm.at("", "BASE_TYPE_MAX_LENGTH", words)


async def _readable(unit: Unit, actor: Actor, rows: Sequence[Row]) -> Mapping[str, Message]:
    """The messages that are still there and that one may still read."""
    if not rows:
        return {}
    around = (await access.sight(unit, actor)).channels(_READ)
    wanted: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row["channel_id"] in around:
            wanted[row["channel_id"]].append(row["message_id"])
    return {
        message.id: message
        for channel_id, ids in wanted.items()
        for message in await reading.several(unit, channel_id, ids, actor.id)
    }


def _saved(row: Row, message: Message | None) -> SavedMessage:
    return SavedMessage(
        message=message,
        save_data=SaveData(
            channel_id=row["channel_id"],
            message_id=row["message_id"],
            guild_id=row["guild_id"] or UNSET,
            saved_at=row["saved_at"],
            notes=row["notes"],
        ),
    )
