"""What becomes of a thread: renamed, slowed, locked, put to sleep, woken, deleted."""

from datetime import timedelta
from typing import Any, Final

from msgspec import UNSET, to_builtins
from msgspec.structs import replace

from rift import errors, events
from rift.core.access import GuildRoom, Room
from rift.core.actor import Actor
from rift.core.auditlog.recording import record
from rift.core.automod import watching
from rift.core.channels import queries as channel_queries
from rift.core.guilds import holding
from rift.core.messages import announcing, reading
from rift.core.messages import telling as messages
from rift.core.threads import deeds, founding, queries, tags, telling
from rift.core.unit import Unit
from rift.errors import REQUIRED, InvalidForm
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire import gateway
from rift.wire.auditlog import Action
from rift.wire.channels import Channel, ChannelType, ModifyChannel

_MANAGE: Final = Permission.MANAGE_THREADS
_PINNED: Final = 1 << 1
_PRIVATE: Final = int(ChannelType.PRIVATE_THREAD)
_OF_MANAGERS: Final = ("locked", "rate_limit_per_user", "flags")
_OF_OWNERS: Final = ("name", "auto_archive_duration", "applied_tags", "invitable")


async def modify(unit: Unit, actor: Actor, thread_id: Snowflake, body: ModifyChannel) -> Channel:
    """Change a thread; an archived one only when it is woken."""
    held = await holding.thread(unit, actor, thread_id)
    before = held.guild.thread(thread_id, actor.id)
    after = _changed(unit, held, before, body)
    if after == before:
        return before
    if after.name != before.name:
        watching.title(unit, held, after.name or "")
    wakes = telling.metadata(before).archived and not telling.metadata(after).archived
    if wakes:
        await founding.check_room(unit, held.guild.id, after.type)
    await _store(unit, actor, held, before, after)
    if after.name != before.name:
        room = founding.inside(held, after)
        await announcing.announce(unit, room, announcing.RENAMED, {"content": after.name})
    return after


async def wake(unit: Unit, actor: Actor, held: GuildRoom) -> None:
    """Open an archived thread again, because somebody speaks in it."""
    before = held.guild.thread(held.channel.id)
    await founding.check_room(unit, held.guild.id, before.type)
    woken = replace(telling.metadata(before), archived=False, archive_timestamp=unit.now())
    await _store(unit, actor, held, before, replace(before, thread_metadata=woken))


async def rouse(unit: Unit, guild_id: str, thread_id: str) -> None:
    """The same for who is no member and leaves no entry, such as a webhook."""
    guild = await holding.hold(unit, guild_id)
    thread = await holding.thread_in(unit, guild, thread_id)
    metadata = telling.metadata(thread)
    if metadata.locked:
        raise errors.ThreadLocked
    if metadata.archived:
        await founding.check_room(unit, guild_id, thread.type)
        before = guild.thread(thread_id)
        woken = replace(metadata, archived=False, archive_timestamp=unit.now())
        await _write(unit, before, replace(before, thread_metadata=woken))


async def archive(unit: Unit, guild_id: str, thread_id: str) -> None:
    """Put a thread to sleep in which nobody has spoken for long."""
    guild = await holding.hold(unit, guild_id)
    thread = await holding.thread_in(unit, guild, thread_id)
    metadata = telling.metadata(thread)
    row = await unit.maybe(queries.STIR, thread_id)
    if metadata.archived or row is None or row["awake_until"] > unit.now():
        return
    asleep = replace(metadata, archived=True, archive_timestamp=unit.now())
    before = guild.thread(thread_id)
    await _write(unit, before, replace(before, thread_metadata=asleep))


async def delete(unit: Unit, actor: Actor, thread_id: Snowflake) -> Channel:
    """Delete a thread; the message it was started from stays."""
    held = await holding.thread(unit, actor, thread_id, _MANAGE)
    thread = held.guild.thread(thread_id, actor.id)
    await unit.run(channel_queries.FORSAKE, thread_id, unit.now())
    await unit.run(channel_queries.DELETE, thread_id)
    gone = gateway.ThreadDelete(
        id=thread_id,
        guild_id=held.guild.id,
        parent_id=thread.parent_id or thread_id,
        type=thread.type,
    )
    unit.emit(events.ThreadDelete(data=gone))
    await _orphan(unit, held, thread)
    await record(unit, actor, held.guild.id, deeds.of(Action.THREAD_DELETE, thread, None))
    return thread


async def delete_below(unit: Unit, channel_id: Snowflake) -> None:
    """Delete the threads of a channel that is deleted: everybody drops them with it."""
    await unit.run(queries.FORSAKE_BELOW, channel_id, unit.now())
    await unit.run(queries.DELETE_BELOW, channel_id)


async def _orphan(unit: Unit, held: GuildRoom, thread: Channel) -> None:
    """The message a thread was started from points to it no longer."""
    parent = held.guild.channels.get(thread.parent_id or "")
    if parent is None or not await unit.run(queries.UNMARK, parent.id, thread.id):
        return
    message = await reading.one(unit, parent.id, thread.id, held.member.user.id)
    room = Room(
        channel=parent, user=held.member.user, permissions=held.permissions, guild=held.guild
    )
    unit.emit(await messages.updated(unit, room, message))


def _changed(unit: Unit, held: GuildRoom, before: Channel, body: ModifyChannel) -> Channel:
    """The thread as the form makes it, once it is sure that the actor may."""
    metadata = telling.metadata(before)
    wanted = _wanted(held, before, body)
    after = metadata
    for field in ("auto_archive_duration", "locked", "invitable", "archived"):
        value = getattr(body, field)
        if value is not UNSET and value is not None:
            after = replace(after, **{field: value})
    if before.type != _PRIVATE:
        after = replace(after, invitable=metadata.invitable)
    _check(held, before, replace(wanted, thread_metadata=after))
    moved = after.archived != metadata.archived
    if moved or after.auto_archive_duration != metadata.auto_archive_duration:
        after = replace(after, archive_timestamp=unit.now())
    return replace(wanted, thread_metadata=after)


def _wanted(held: GuildRoom, before: Channel, body: ModifyChannel) -> Channel:
    changes: dict[str, Any] = {}
    if body.name is not UNSET:
        name = (body.name or "").strip()
        if not name:
            raise InvalidForm({"name": [REQUIRED]})
        changes["name"] = name
    if body.rate_limit_per_user is not UNSET:
        changes["rate_limit_per_user"] = body.rate_limit_per_user or 0
    if body.flags is not UNSET:
        changes["flags"] = before.flags & ~_PINNED | (body.flags or 0) & _PINNED
    if body.applied_tags is not UNSET:
        changes["applied_tags"] = tags.applied(held, before, body.applied_tags or [])
    return replace(before, **changes)


def _check(held: GuildRoom, before: Channel, after: Channel) -> None:
    """Who manages threads may do all of it; their owner what is no moderation."""
    was, now = telling.metadata(before), telling.metadata(after)
    if was.archived and now.archived and after != before:
        raise errors.ThreadArchived
    if held.may(_MANAGE):
        return
    if was.locked:
        raise errors.ThreadLocked
    changed = [field for field in _OF_MANAGERS + _OF_OWNERS if _differs(before, after, field)]
    if any(field in _OF_MANAGERS for field in changed):
        held.require(_MANAGE)
    if held.channel.owner_id != held.member.user.id and (changed or now.archived != was.archived):
        held.require(Permission.SEND_MESSAGES if _only_wakes(changed, now.archived) else _MANAGE)


def _only_wakes(changed: list[str], archived: bool) -> bool:
    return not changed and not archived


def _differs(before: Channel, after: Channel, field: str) -> bool:
    if field in Channel.__struct_fields__:
        return bool(getattr(before, field) != getattr(after, field))
    return bool(getattr(telling.metadata(before), field) != getattr(telling.metadata(after), field))


async def _store(
    unit: Unit, actor: Actor, held: GuildRoom, before: Channel, after: Channel
) -> None:
    await _write(unit, before, after)
    await record(unit, actor, held.guild.id, deeds.of(Action.THREAD_UPDATE, before, after))


async def _write(unit: Unit, before: Channel, after: Channel) -> None:
    """Keep a thread of a held guild as it is now, and tell of it."""
    metadata = telling.metadata(after)
    awake = timedelta(minutes=metadata.auto_archive_duration)
    row = {
        "name": after.name,
        "rate_limit_per_user": after.rate_limit_per_user,
        "flags": after.flags,
        "applied_tags": after.applied_tags or [],
        "archived": metadata.archived,
        "archive_timestamp": metadata.archive_timestamp,
        "auto_archive_duration": metadata.auto_archive_duration,
        "locked": metadata.locked,
        "invitable": None if metadata.invitable is UNSET else metadata.invitable,
        "awake_until": (metadata.archive_timestamp or unit.now()) + awake,
    }
    await unit.run(queries.CHANGE, after.id, to_builtins(row))
    woken = telling.metadata(before).archived and not metadata.archived
    unit.emit(events.ThreadUpdate(data=replace(after, member=UNSET), woken=woken))
