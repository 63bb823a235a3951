"""Forwarding: what somebody may read in one channel is carried to another one, as it is then."""

from typing import Any, Final

from msgspec import UNSET

from rift import errors
from rift.core.actor import Actor
from rift.core.messages import reading, replies, rooms
from rift.core.unit import Unit
from rift.errors import InvalidForm
from rift.permissions import Permission
from rift.wire.messages import (
    CreateMessage,
    Message,
    MessageReference,
    MessageReferenceBody,
    MessageSnapshot,
    ModifyMessage,
    SnapshotMessage,
)

FORWARD: Final = 1
HAS_SNAPSHOT: Final = 1 << 14


_WORDS: Final = "A forwarded message carries nothing of its own."
_OWN: Final = ("content", "embeds", "embed", "components", "sticker_ids", "attachments", "poll")


def is_forward(body: CreateMessage) -> bool:
    return body.message_reference is not None and body.message_reference.type == FORWARD


def check(body: CreateMessage | ModifyMessage, *, files: bool = False) -> None:
    """Nothing is said along with a forward; what is to be said follows in a message of its own."""
    if files:
        raise InvalidForm.at("files", "MESSAGE_FORWARD_CANNOT_HAVE_CONTENT", _WORDS)
    for field in _OWN:
        if getattr(body, field, None):
            raise InvalidForm.at(field, "MESSAGE_FORWARD_CANNOT_HAVE_CONTENT", _WORDS)


async def carry(unit: Unit, actor: Actor, body: MessageReferenceBody) -> dict[str, Any]:
    """The fields of a message that forwards another one."""
    if body.channel_id is None:
        raise InvalidForm.at("message_reference.channel_id", "BASE_TYPE_REQUIRED", "Required")
    source = await rooms.enter(unit, actor, body.channel_id)
    if not source.may(Permission.READ_MESSAGE_HISTORY):
        raise errors.CannotForward
    if body.guild_id not in (None, source.guild_id):
        raise errors.UnknownMessage
    message = await reading.one(unit, source.channel.id, body.message_id, actor.id)
    if message.type not in replies.WRITTEN:
        raise errors.SystemMessage
    if message.poll is not UNSET:
        raise errors.InvalidMessageType
    return {
        "message_reference": MessageReference(
            type=FORWARD,
            guild_id=source.guild_id,
            channel_id=source.channel.id,
            message_id=message.id,
        ),
        "message_snapshots": _snapshots(message),
    }


def _snapshots(message: Message) -> list[MessageSnapshot]:
    """Of a message that is a forward itself, what it carries."""
    if message.message_snapshots is not UNSET:
        return message.message_snapshots
    names = SnapshotMessage.__struct_fields__
    return [MessageSnapshot(message=SnapshotMessage(**{it: getattr(message, it) for it in names}))]
