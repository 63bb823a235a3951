"""Messages that bring files: stored by themselves, together with what keeps the files."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec
from msgspec import UNSET

from rift import errors
from rift.core.access import Room
from rift.core.attachments import packing, previewing
from rift.core.attachments.keeping import Kept, stored
from rift.core.attachments.receiving import Received
from rift.core.components import media
from rift.core.messages import inbox, queries, telling
from rift.core.messages.drafts import VOICE
from rift.core.messages.inbox import Posting
from rift.core.previews import proxied
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire.members import Member
from rift.wire.messages import AttachmentBody, CreateMessage

_NONE: Final = Snowflake("0")

Together = Callable[[Unit, Snowflake], Awaitable[None]]
"""What happens in the transaction that stores a message, or prevents that by raising."""


class Freight(NamedTuple):
    """What a message brings: files, as the form names them and as they came, and what else."""

    named: Sequence[AttachmentBody]
    files: Sequence[Received]
    together: Together | None = None
    home: Room | None = None
    """Where the files were brought, if that is not the channel of the message."""


def brings(body: CreateMessage, files: Sequence[Received]) -> bool:
    """Whether a message has files of its own."""
    return bool(files or body.attachments)


def carries(shape: Mapping[str, Any]) -> bool:
    """Whether a forward brings along the files of what it forwards."""
    return any(snapshot.message.attachments for snapshot in shape.get("message_snapshots", ()))


async def post(
    house_unit: Unit,
    room: Room,
    freight: Freight,
    shape: dict[str, Any],
    members: Mapping[str, Member],
    nonce: str | None,
) -> Snowflake:
    """Store the message with its files, or nothing of it; the id of the message that is stored.

    The shape learns what it carries. It is a unit of its own, so that all is done when it ends.
    """
    async with Unit(house_unit.house) as unit:
        if nonce is not None:
            row = await unit.one(queries.EARLIER, room.channel.id, room.user.id, nonce)
            if row["message_id"] != _NONE:
                return Snowflake(row["message_id"])
        home = freight.home or room
        own = await packing.packed(unit, home, freight.named, freight.files)
        _check_voice(shape, own)
        if own:
            shape["attachments"] = [one.shown(unit.house.links) for one in own]
        if "components" in shape:
            files = shape.get("attachments", ())
            media.check(shape["components"], files)
            shape["components"] = media.shown(shape["components"], files, unit.house.links.base)
        reference, others = await _carried(unit, shape)
        posting = Posting(telling.told(room, shape, members), nonce, room.people, reference)
        columns = (*inbox.columns([posting]), stored(own), inbox.more(posting))
        row = await unit.one(queries.STORE_WITH_FILES, *columns)
        if row["id"] != shape["id"]:
            raise errors.Overloaded  # another process stores the same message in this moment
        await packing.use(unit, shape["id"], room, [*own, *others])
        await previewing.order(unit, room.channel.id, shape["id"], own)
        if freight.together is not None:
            await freight.together(unit, Snowflake(shape["id"]))
        unit.emit(posting.told())
    return Snowflake(shape["id"])


async def _carried(unit: Unit, shape: Mapping[str, Any]) -> tuple[Any, list[Kept]]:
    """What a forward keeps of the message it carries, and that one's files."""
    if not carries(shape):
        return None, []
    (shown,) = shape["message_snapshots"]
    snapshot = proxied.kept_snapshot(shown)
    kept = await packing.at_home(unit, snapshot.message.attachments)
    message = {**msgspec.to_builtins(snapshot.message), "attachments": stored(kept)}
    reference = msgspec.to_builtins(shape["message_reference"])
    return {**reference, "snapshots": [{"message": message}]}, kept


def _check_voice(shape: dict[str, Any], own: list[Kept]) -> None:
    """A recording is alone, can be heard, and says how long it is and what it looks like."""
    if not shape.get("flags", 0) & VOICE:
        return
    if len(own) != 1 or not _is_heard(own[0]):
        raise errors.VoiceNeedsOneRecording
    if own[0].waveform is UNSET or own[0].duration_secs is UNSET:
        raise errors.VoiceNeedsMetadata


def _is_heard(kept: Kept) -> bool:
    """A sound, or a film without a picture, which is how browsers record one."""
    family = str(kept.content_type or "").partition("/")[0]
    return family == "audio" or (family == "video" and kept.width is UNSET)
