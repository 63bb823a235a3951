"""What a form says of the files of its message, brought together with the files there are."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from rift import errors
from rift.core.access import Room
from rift.core.attachments import limits, queries
from rift.core.attachments.keeping import IS_SPOILER, Kept, kept
from rift.core.attachments.naming import as_spoiler, cleaned
from rift.core.attachments.receiving import Received
from rift.core.unit import Unit
from rift.db.conflicts import NotThere
from rift.errors import InvalidForm
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.messages import Attachment, AttachmentBody, Message

_UNKNOWN: Final = "The file is not here: it was not sent, not whole, or used already."

Bodies = Sequence[AttachmentBody]


async def packed(
    unit: Unit,
    room: Room,
    bodies: Bodies,
    files: Sequence[Received],
    standing: Sequence[Kept] = (),
) -> list[Kept]:
    """The attachments of a message: those that are named, in that order, and the other files.

    `standing` are those an edited message has; of them only what is named stays.
    """
    sent = {file.number: file.kept for file in files}
    here = {one.id: one for one in standing}
    carried = []
    for at, body in enumerate(bodies):
        if body.uploaded_filename is not None:
            found = await _redeemed(unit, room, body.uploaded_filename)
        else:
            found = sent.pop(body.id, None) or here.pop(body.id, None)
        if found is None:
            raise InvalidForm.at(f"attachments.{at}", "ATTACHMENT_NOT_FOUND", _UNKNOWN)
        carried.append(_described(found, body))
    carried += sent.values()
    _check(unit, room, carried, standing)
    return carried


async def standing(unit: Unit, message: Message) -> list[Kept]:
    """The attachments a message has, as it keeps them."""
    if not message.attachments:
        return []
    row = await unit.one(queries.OF_MESSAGE, message.channel_id, message.id)
    return kept(row["attachments"])


async def use(unit: Unit, message_id: Snowflake, room: Room, carried: Iterable[Kept]) -> None:
    """Note that a message shows these, which keeps them from being thrown away."""
    shown = list(carried)
    ids, sizes = [one.id for one in shown], [str(one.size) for one in shown]
    try:
        await unit.run(queries.USE, room.channel.id, message_id, ids, sizes)
    except NotThere as error:
        raise InvalidForm.at("attachments", "ATTACHMENT_NOT_FOUND", _UNKNOWN) from error


async def at_home(unit: Unit, shown: Sequence[Attachment]) -> list[Kept]:
    """The attachments of a message that is carried on, which stay where they were uploaded."""
    rows = await unit.all(queries.PLACES, [one.id for one in shown])
    homes: Mapping[str, Snowflake] = {row["id"]: row["channel_id"] for row in rows}
    if len(homes) < len({one.id for one in shown}):
        raise errors.UnknownMessage  # it went while it was read
    return [
        msgspec.convert({**msgspec.to_builtins(one), "channel_id": homes[one.id]}, Kept)
        for one in shown
    ]


async def _redeemed(unit: Unit, room: Room, name: str) -> Kept | None:
    row = await unit.maybe(queries.REDEEM, name, room.channel.id, room.user.id)
    return None if row is None else msgspec.convert(row["kept"], Kept)


def _described(found: Kept, body: AttachmentBody) -> Kept:
    """The file with what the form says of it; what it leaves open stays."""
    changes: dict[str, object] = {}
    if body.filename is not None and body.filename != found.filename:
        name = cleaned(body.filename)
        changes |= {"filename": name.filename, "title": name.title or UNSET}
    if body.title:
        changes["title"] = body.title
    if body.description is not None:
        changes["description"] = body.description or UNSET
    if body.waveform is not None:
        changes["waveform"] = body.waveform
    if body.duration_secs is not None and found.duration_secs is UNSET:
        changes["duration_secs"] = body.duration_secs
    return _hidden(replace(found, **changes), spoiler=body.is_spoiler)


def _hidden(found: Kept, *, spoiler: bool | None) -> Kept:
    """The name and the flag say the same of whether it is to be hidden."""
    filename, flags = found.filename, found.flags or 0
    if spoiler:
        filename = as_spoiler(filename)
    elif spoiler is False:
        filename = filename.removeprefix("SPOILER_") or filename
    hidden = filename.startswith("SPOILER_")
    flags = flags | IS_SPOILER if hidden else flags & ~IS_SPOILER
    return replace(found, filename=filename, flags=flags or UNSET)


def _check(unit: Unit, room: Room, carried: Sequence[Kept], standing: Sequence[Kept]) -> None:
    if len(carried) > limits.MOST_FILES:
        raise errors.TooManyAttachments
    old = {one.id for one in standing}
    new = [one for one in carried if one.id not in old]
    if new:
        room.require(Permission.ATTACH_FILES)
    if sum(one.size for one in new) > limits.together(unit.settings, room):
        raise errors.EntityTooLarge
