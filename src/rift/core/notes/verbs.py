"""What can be done with notes."""

import msgspec

from rift import errors, events
from rift.core.actor import Actor
from rift.core.notes import queries
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire.notes import Note, NoteChange, PutNote


async def list_own(unit: Unit, actor: Actor) -> dict[str, str]:
    """All of one's notes, by the user they are about."""
    actor.must_be_person()
    return {row["about_id"]: row["note"] for row in await unit.all(queries.ALL, actor.id)}


async def fetch(unit: Unit, actor: Actor, user_id: Snowflake) -> Note:
    """One's note about somebody."""
    actor.must_be_person()
    row = await unit.maybe(queries.ONE, actor.id, user_id)
    if row is None:
        raise errors.UnknownUser
    return msgspec.convert(row, Note)


async def write(unit: Unit, actor: Actor, user_id: Snowflake, body: PutNote) -> None:
    """Write down something about somebody; nothing erases the note."""
    actor.must_be_person()
    if await unit.maybe(queries.IS_KNOWN, user_id) is None:
        raise errors.UnknownUser
    if body.note:
        changed = await unit.run(queries.WRITE, actor.id, user_id, body.note)
    else:
        changed = await unit.run(queries.REMOVE, actor.id, user_id)
    if changed:
        change = NoteChange(id=user_id, note=body.note or "")
        unit.emit(events.UserNoteUpdate(data=change, to=(actor.id,)))
