"""How a verb leaves an entry in the audit log: in its own transaction, with one call."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import msgspec
from msgspec import UNSET, Struct, UnsetType

from rift import events
from rift.core.actor import Actor
from rift.core.auditlog import diffs, queries
from rift.core.unit import Unit
from rift.snowflake import Snowflake, at
from rift.wire.auditlog import Action, Change, EntryEvent

_COUNTED_TOGETHER: Final = timedelta(minutes=5)


class Deed(Struct, frozen=True):
    """What was done to whom, before it is known by whom and why."""

    action: Action
    target_id: Snowflake | None
    changes: Sequence[Change] | None = None
    """None where no object was changed; with an empty one there is nothing to tell."""
    options: dict[str, str] = {}


def changed(
    action: Action,
    target_id: Snowflake | None,
    before: Struct | None,
    after: Struct | None,
    **options: str,
) -> Deed:
    """A deed that made of one state of an object another one; None is before and after it."""
    return Deed(action, target_id, diffs.changes(before, after), options)


def done(action: Action, target_id: Snowflake | None, **options: str) -> Deed:
    """A deed that no object shows afterwards."""
    return Deed(action, target_id, None, options)


async def record(
    unit: Unit,
    actor: Actor | None,
    guild_id: Snowflake | UnsetType,
    *deeds: Deed,
    reason: str | None = None,
    by: Snowflake | None = None,
) -> list[Snowflake]:
    """Write down what the actor has done; what changed nothing is not worth a line.

    A private channel is in no guild, and has no log. Who did it with a webhook's token is nobody;
    what the server did by itself is put down to whom `by` names.
    """
    if guild_id is UNSET:
        return []
    entries = [
        _entry(unit, actor, guild_id, deed, reason, by)
        for deed in deeds
        if deed.changes is None or deed.changes
    ]
    if not entries:
        return []
    await unit.run(queries.INSERT, msgspec.to_builtins(entries))
    for entry in entries:
        unit.emit(events.AuditLogEntryCreate(data=entry))
    return [entry.id for entry in entries]


async def count(unit: Unit, actor: Actor, guild_id: Snowflake | UnsetType, deed: Deed) -> None:
    """Write down one more of many small deeds: those of a few minutes share an entry."""
    if guild_id is UNSET:
        return
    since = at(unit.now() - _COUNTED_TOGETHER)
    channel_id = deed.options["channel_id"]
    # So that two of them at once count as two; nothing else is waited for after this.
    await unit.run(queries.TAKE_TURN, f"{guild_id} {actor.id}")
    more = await unit.run(
        queries.COUNT_UP,
        guild_id,
        deed.target_id,
        since,
        actor.id,
        int(deed.action),
        channel_id,
        actor.reason,
    )
    if not more:
        first = Deed(deed.action, deed.target_id, None, {**deed.options, "count": "1"})
        await record(unit, actor, guild_id, first)


def _entry(
    unit: Unit,
    actor: Actor | None,
    guild_id: Snowflake,
    deed: Deed,
    reason: str | None,
    by: Snowflake | None,
) -> EntryEvent:
    given = None if actor is None else actor.reason
    return EntryEvent(
        id=unit.new_id(),
        guild_id=guild_id,
        action_type=int(deed.action),
        user_id=by if actor is None else actor.id,
        target_id=deed.target_id,
        changes=UNSET if deed.changes is None else list(deed.changes),
        options=deed.options or UNSET,
        reason=reason or given or UNSET,
    )
