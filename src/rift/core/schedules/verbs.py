"""What can be done with scheduled messages, each person with their own."""

from typing import Final

from rift import errors, events
from rift.core import access
from rift.core.access import Room
from rift.core.actor import Actor
from rift.core.attachments import packing
from rift.core.attachments.keeping import stored as stored_files
from rift.core.messages import drafts, expressing, replies, rooms
from rift.core.private_channels import reaching
from rift.core.schedules import drafting, queries
from rift.core.unit import Unit
from rift.core.users.holding import hold
from rift.db.conflicts import NotThere
from rift.errors import InvalidForm
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.messages import CreateMessage
from rift.wire.schedules import (
    CreateScheduledMessage,
    ModifyScheduledMessage,
    ScheduledMessage,
    ScheduledMessageGone,
)

MOST: Final = 100


async def list_own(unit: Unit, actor: Actor) -> list[ScheduledMessage]:
    """All of one's scheduled messages, the next first."""
    actor.must_be_person()
    rows = await unit.all(queries.OWN, actor.id, None)
    return [drafting.shown(row, unit.house.links) for row in rows]


async def list_of_channel(
    unit: Unit, actor: Actor, channel_id: Snowflake
) -> list[ScheduledMessage]:
    """One's scheduled messages of a channel, the next first."""
    actor.must_be_person()
    await access.channel(unit, actor, channel_id)
    rows = await unit.all(queries.OWN, actor.id, channel_id)
    return [drafting.shown(row, unit.house.links) for row in rows]


async def create(
    unit: Unit, actor: Actor, channel_id: Snowflake, body: CreateScheduledMessage
) -> ScheduledMessage:
    """Have a message sent later; who could not send it now cannot have it sent either."""
    actor.must_be_person()
    drafting.check_time(unit, body.send_at)
    draft = drafting.draft(body)
    await _check_words(unit, actor, channel_id, draft, body.attachments)
    room = await _enter(unit, actor, channel_id, draft)
    # Held, so that of two at once only one can be the last there is room for.
    await hold(unit, actor.id)
    if (await unit.one(queries.COUNT, actor.id))["count"] >= MOST:
        words = f"There is room for {MOST} scheduled messages."
        raise InvalidForm.at("", "BASE_TYPE_MAX_LENGTH", words)
    carried = await packing.packed(unit, room, body.attachments or (), ())
    row = await unit.one(
        queries.INSERT,
        unit.new_id(),
        actor.id,
        channel_id,
        room.guild_id or None,
        drafting.stored(draft),
        stored_files(carried),
        body.send_at,
    )
    await _keep(unit, row["id"], [one.id for one in carried])
    made = drafting.shown(row, unit.house.links)
    unit.emit(events.ScheduledMessageCreate(data=made, to=(actor.id,)))
    return made


async def modify(
    unit: Unit,
    actor: Actor,
    channel_id: Snowflake,
    scheduled_message_id: Snowflake,
    body: ModifyScheduledMessage,
) -> ScheduledMessage:
    """Change what is to be sent, or when; what failed is tried again."""
    actor.must_be_person()
    key = (scheduled_message_id, channel_id, actor.id)
    # On a connection that is given back at once: what is checked first may need one of its own.
    async with Unit(unit.house, reading=True) as glance:
        before = await glance.maybe(queries.ONE, *key)
    if before is None:
        raise errors.NotFound
    await _check_words(
        unit, actor, channel_id, drafting.redrafted(before, body), before["attachments"]
    )
    row = await unit.maybe(queries.LOCK, *key)
    if row is None:
        raise errors.NotFound
    draft = drafting.redrafted(row, body)
    send_at = drafting.rescheduled(unit, row, body)
    await _enter(unit, actor, channel_id, draft)
    changed = await unit.one(queries.CHANGE, row["id"], drafting.stored(draft), send_at)
    after = drafting.shown(changed, unit.house.links)
    unit.emit(events.ScheduledMessageUpdate(data=after, to=(actor.id,)))
    return after


async def delete(
    unit: Unit, actor: Actor, channel_id: Snowflake, scheduled_message_id: Snowflake
) -> None:
    """Let a message not be sent."""
    actor.must_be_person()
    if not await unit.run(queries.REMOVE, scheduled_message_id, channel_id, actor.id):
        raise errors.NotFound
    gone = ScheduledMessageGone(id=scheduled_message_id, channel_id=channel_id)
    unit.emit(events.ScheduledMessageDelete(data=gone, to=(actor.id,)))


async def _check_words(
    unit: Unit, actor: Actor, channel_id: Snowflake, draft: CreateMessage, files: object
) -> None:
    """Refuse what one could not say at the moment."""
    room = await rooms.enter(unit, actor, channel_id, Permission.SEND_MESSAGES)
    most = unit.settings.limits.message_length
    shape = drafts.written(room, draft, most, files=bool(files))
    if expressing.is_needed(draft, shape):
        await expressing.express(unit, actor, room, draft, shape)


async def _enter(unit: Unit, actor: Actor, channel_id: Snowflake, draft: CreateMessage) -> Room:
    """The channel, if one may write there, and answer what is answered."""
    room = await reaching.enter(unit, actor, channel_id)
    if draft.message_reference is not None:
        await replies.find(unit, room, draft.message_reference)
    return room


async def _keep(unit: Unit, scheduled_message_id: Snowflake, ids: list[Snowflake]) -> None:
    """Note that the files are to be shown later, which keeps them from being thrown away."""
    try:
        await unit.run(queries.KEEP_FILES, scheduled_message_id, ids)
    except NotThere as error:
        words = "The file is not here any more."
        raise InvalidForm.at("attachments", "ATTACHMENT_NOT_FOUND", words) from error
