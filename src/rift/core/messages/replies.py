"""What a message answers: another one of its channel, which the sender may read."""

from typing import Final

from rift import errors
from rift.core.access import Room
from rift.core.messages import reading
from rift.core.unit import Unit
from rift.errors import InvalidForm
from rift.permissions import Permission
from rift.wire.messages import Message, MessageReferenceBody

WRITTEN: Final = frozenset({0, 19, 20, 23})
"""The types of message that somebody wrote; the server wrote the others."""


async def find(unit: Unit, room: Room, body: MessageReferenceBody) -> Message | None:
    """The message that is answered; None where it is gone and the sender does not mind."""
    if not room.may(Permission.READ_MESSAGE_HISTORY):
        raise errors.ReplyNeedsHistory
    found = None
    if _is_here(room, body):
        viewer_id = room.user.id
        found = await reading.find(unit, room.channel.id, body.message_id, viewer_id)
    if found is None and body.fail_if_not_exists is not False:
        raise InvalidForm.at("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
    if found is not None and found.type not in WRITTEN:
        raise InvalidForm.at(
            "message_reference",
            "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE",
            "Cannot reply to a system message",
        )
    return found


def _is_here(room: Room, body: MessageReferenceBody) -> bool:
    return body.channel_id in (None, room.channel.id) and body.guild_id in (None, room.guild_id)
