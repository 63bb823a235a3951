"""Messages that only one person is shown: kept apart from all others, and told to nobody else."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from rift import errors, events
from rift.core.access import Room
from rift.core.actor import Speaker
from rift.core.attachments import keeping, packing
from rift.core.attachments.keeping import Kept, stored
from rift.core.attachments.receiving import Received
from rift.core.components import media
from rift.core.interactions import queries
from rift.core.messages import drafts, expressing, mentions, telling
from rift.core.unit import Row, Unit
from rift.snowflake import Snowflake, created_at
from rift.wire import gateway
from rift.wire.interactions import EPHEMERAL, LOADING
from rift.wire.messages import AttachmentBody, CreateMessage, Message, ModifyMessage

_APART: Final = ("attachments", "reactions")


async def say(
    unit: Unit,
    speaker: Speaker,
    room: Room,
    interaction: Row,
    body: CreateMessage | None,
    files: Sequence[Received],
    signed: Mapping[str, Any],
) -> Message:
    """A new message for whoever set the interaction off; without a body, one that says: wait."""
    id_ = unit.new_id()
    shape: dict[str, Any] = {"content": "", "flags": LOADING}
    own: list[Kept] = []
    if body is not None:
        most = unit.settings.limits.message_length
        shape = drafts.written(room, body, most, files=bool(files or body.attachments))
        if expressing.is_needed(body, shape):
            await expressing.express(unit, speaker, room, body, shape)
        own = await packing.packed(unit, room, body.attachments or (), files)
        shape["mentions"] = await _called(unit, room, body, shape["content"])
    links = unit.house.links
    shown = [replace(one.shown(links), ephemeral=True) for one in own]
    if shape.get("components"):
        media.check(shape["components"], shown)
        shape["components"] = media.shown(shape["components"], shown, links.base)
    shape |= signed
    shape |= {
        "id": id_,
        "channel_id": room.channel.id,
        "author": room.user,
        "timestamp": created_at(id_),
        "flags": shape.get("flags", 0) | EPHEMERAL,
        "attachments": shown,
    }
    message = Message(**shape)
    whom = interaction["user_id"]
    told = (id_, interaction["id"], whom, room.channel.id, _bare(message), stored(own))
    await unit.run(queries.KEEP, *told)
    unit.emit(events.EphemeralCreate(data=_event(room, message), to=(whom,)))
    return message


async def find(unit: Unit, message_id: Snowflake, user_id: Snowflake) -> Message | None:
    """A message that somebody was shown and nobody else."""
    row = await unit.maybe(queries.KEPT, message_id)
    return None if row is None or row["user_id"] != user_id else _message(unit, row)


async def held(unit: Unit, interaction: Row, message_id: Snowflake) -> Row | None:
    """One for the person of this interaction, which nobody else changes meanwhile."""
    row = await unit.maybe(queries.HOLD_KEPT, message_id)
    if row is None or row["user_id"] != interaction["user_id"]:
        return None
    return row


def read(unit: Unit, row: Row) -> Message:
    return _message(unit, row)


async def revise(
    unit: Unit,
    speaker: Speaker,
    room: Room,
    row: Row,
    body: ModifyMessage,
    files: Sequence[Received],
) -> Message:
    """Change what somebody is shown."""
    before = _message(unit, row)
    standing = keeping.kept(row["attachments"])
    own = standing
    if body.attachments is not UNSET or files:
        named = body.attachments
        if named is UNSET:
            named = [AttachmentBody(id=one.id) for one in standing]
        own = await packing.packed(unit, room, named or (), files, standing)
    body = await expressing.rewritten(unit, speaker, room, body)
    shape = drafts.rewritten(room, before, body, unit.settings.limits.message_length)
    shown = [replace(one.shown(unit.house.links), ephemeral=True) for one in own]
    flags = (shape.get("flags", before.flags) | EPHEMERAL) & ~LOADING
    after = replace(before, **{**shape, "attachments": shown, "flags": flags})
    parts = media.kept(after.components, (*before.attachments, *shown))
    media.check(parts, shown)
    after = replace(after, components=media.shown(parts, shown, unit.house.links.base))
    if not (after.content or after.embeds or after.components or shown):
        raise errors.EmptyMessage
    if not before.flags & LOADING:
        after = replace(after, edited_timestamp=unit.now())
    await unit.run(queries.CHANGE, after.id, _bare(after), stored(own))
    unit.emit(events.EphemeralUpdate(data=_event(room, after), to=(row["user_id"],)))
    return after


async def drop(unit: Unit, room: Room, row: Row) -> None:
    """Show it no longer."""
    await unit.run(queries.DROP, row["id"])
    gone = gateway.MessageDelete(id=row["id"], channel_id=room.channel.id, guild_id=room.guild_id)
    unit.emit(events.EphemeralDelete(data=gone, to=(row["user_id"],)))


async def _called(unit: Unit, room: Room, body: CreateMessage, content: str) -> list[Any]:
    allowed = mentions.allowed(body.allowed_mentions)
    return list((await mentions.resolve(unit, room, content, allowed, None)).users)


def _bare(message: Message) -> Any:
    """The message as it is kept; its files are kept beside it."""
    parts = media.kept(message.components, message.attachments)
    shape = msgspec.to_builtins(replace(message, components=parts))
    return {name: value for name, value in shape.items() if name not in _APART}


def _message(unit: Unit, row: Row) -> Message:
    files = keeping.shown(row["attachments"], unit.house.links)
    shown = [replace(one, ephemeral=True) for one in files]
    message = msgspec.convert(row["message"], Message)
    parts = media.shown(message.components, shown, unit.house.links.base)
    return replace(message, attachments=shown, components=parts)


def _event(room: Room, message: Message) -> Any:
    told = {name: getattr(message, name) for name in Message.__struct_fields__}
    return telling.told(room, told, {})
