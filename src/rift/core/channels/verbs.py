"""What can be done with the channels of a guild."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from rift import errors, events
from rift.core import access
from rift.core.access import GuildRoom, Hall
from rift.core.actor import Actor
from rift.core.auditlog.recording import changed, record
from rift.core.automod import parting as automod
from rift.core.channels import changes, deeds, forums, overwrites, places, queries, shapes
from rift.core.guilds import community, holding
from rift.core.guilds import queries as guild_queries
from rift.core.guilds.shapes import POINTERS
from rift.core.private_channels import groups, seeing
from rift.core.private_channels import verbs as private_channels
from rift.core.stages import opening as stages
from rift.core.threads import changing as threads
from rift.core.unit import Unit
from rift.core.voices import telling as voices
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.auditlog import Action
from rift.wire.channels import (
    THREADS,
    Channel,
    ChannelPosition,
    CreateChannel,
    DeleteChannelQuery,
    ModifyChannel,
    Overwrite,
    OverwriteBody,
    PutOverwrite,
)
from rift.world import Picture, loading

_MANAGE: Final = Permission.MANAGE_CHANNELS
_MANAGE_ROLES: Final = Permission.MANAGE_ROLES
_AFTERMATH: Final = timedelta(minutes=1)
_ERASED_AT_ONCE: Final = 5000


async def list_all(unit: Unit, actor: Actor, guild_id: Snowflake) -> list[Channel]:
    """The channels of a guild that one may see."""
    hall = await access.guild(unit, actor, guild_id)
    seen = hall.guild.visible(hall.member)
    return sorted((hall.guild.channel(id_) for id_ in seen), key=places.order)


async def fetch(unit: Unit, actor: Actor, channel_id: Snowflake) -> Channel:
    """One channel."""
    room = await access.channel(unit, actor, channel_id)
    if room.guild is None:
        return await seeing.channel(unit, channel_id, actor.id)
    if room.channel.type in THREADS:
        return room.guild.thread(channel_id, actor.id)
    return room.guild.channel(channel_id)


async def create(unit: Unit, actor: Actor, guild_id: Snowflake, body: CreateChannel) -> Channel:
    """Make a channel; one in a category allows what the category does, unless told otherwise."""
    hall = await holding.hall(unit, actor, guild_id, _MANAGE)
    most = unit.settings.limits.channels_per_guild
    if len(hall.guild.channels) >= most:
        raise errors.TooManyChannels(f"Maximum number of guild channels reached ({most})")
    type_ = shapes.kind(body.type)
    parent_id = body.parent_id or None
    if parent_id is not None:
        places.check_parent_with_room(hall.guild, type_, parent_id)
        _check_reach(unit, hall, {parent_id})
    entries = await _first_overwrites(unit, hall, body, parent_id)
    row = shapes.inserted(unit.new_id(), guild_id, type_, body)
    row |= forums.columns(unit, hall.guild, type_, body)
    row["parent_id"] = parent_id
    row["position"] = (
        body.position if isinstance(body.position, int) else places.next_position(hall.guild, type_)
    )
    stored = await unit.one(queries.INSERT, [row])
    await overwrites.insert(unit, {row["id"]: entries})
    channel = shapes.told(stored, entries, None)
    unit.emit(events.ChannelCreate(data=channel))
    made = changed(Action.CHANNEL_CREATE, channel.id, None, channel)
    await record(unit, actor, guild_id, made)
    return channel


async def modify(unit: Unit, actor: Actor, channel_id: Snowflake, body: ModifyChannel) -> Channel:
    """Change a channel of a guild, or a group."""
    entered = await access.channel(unit, actor, channel_id)
    if entered.guild is None:
        return await groups.modify(unit, actor, entered, body)
    if entered.channel.type in THREADS:
        return await threads.modify(unit, actor, channel_id, body)
    room = await holding.room(unit, actor, channel_id, _MANAGE)
    before = room.guild.channel(channel_id)
    columns = changes.columns(unit, room.guild, before, body)
    if columns.get("parent_id"):
        _check_reach(unit, room, {columns["parent_id"]})
    after = before
    if columns:
        row = await unit.one(queries.UPDATE, channel_id, columns)
        after = shapes.told(row, overwrites.of(before), before.last_message_id or None)
    wanted = overwrites.of(before)
    if body.permission_overwrites is not UNSET:
        wanted = overwrites.read(room.guild, body.permission_overwrites or (), wanted)
    return await _settle(unit, actor, room, (before, after), wanted)


async def put_overwrite(
    unit: Unit,
    actor: Actor,
    channel_id: Snowflake,
    overwrite_id: Snowflake,
    body: PutOverwrite,
) -> None:
    """Allow and deny a role or a member something in a channel."""
    room = await holding.room(unit, actor, channel_id, _MANAGE_ROLES)
    form = OverwriteBody(id=overwrite_id, type=body.type, allow=body.allow, deny=body.deny)
    before = room.guild.channel(channel_id)
    known = overwrites.of(before)
    others = [entry for entry in known if entry.id != overwrite_id]
    wanted = [*others, *overwrites.read(room.guild, [form], known)]
    await _settle(unit, actor, room, (before, before), wanted)


async def delete_overwrite(
    unit: Unit, actor: Actor, channel_id: Snowflake, overwrite_id: Snowflake
) -> None:
    """Leave a role or a member again with what the guild gives them."""
    room = await holding.room(unit, actor, channel_id, _MANAGE_ROLES)
    before = room.guild.channel(channel_id)
    known = overwrites.of(before)
    left = [entry for entry in known if entry.id != overwrite_id]
    if len(left) == len(known):
        raise errors.UnknownOverwrite
    await _settle(unit, actor, room, (before, before), left)


async def delete(
    unit: Unit, actor: Actor, channel_id: Snowflake, query: DeleteChannelQuery
) -> Channel:
    """Delete a guild's channel or thread, or close a private one for oneself.

    What was in a category stays, threads go with their channel, and what was written is erased
    later.
    """
    entered = await access.channel(unit, actor, channel_id)
    if entered.guild is None:
        return await private_channels.close(unit, actor, entered, silently=query.silent)
    if entered.channel.type in THREADS:
        return await threads.delete(unit, actor, channel_id)
    room = await holding.room(unit, actor, channel_id, _MANAGE)
    channel = room.guild.channel(channel_id)
    community.check_needless(room.guild.guild, channel_id)
    await threads.delete_below(unit, channel_id)
    await voices.clear(unit, room.guild, channel_id)
    await stages.close_in(unit, None, room.guild, channel_id, silently=True)
    await unit.run(queries.FORSAKE, channel_id, unit.now())
    await unit.run(queries.DELETE, channel_id)
    unit.emit(events.ChannelDelete(data=channel))
    orphans = places.children(room.guild, channel_id)
    await _place(unit, room.guild, [replace(orphan, parent_id=None) for orphan in orphans])
    await _let_go(unit, room.guild, channel_id)
    await automod.part_with_channel(unit, room.guild, channel_id)
    gone = changed(Action.CHANNEL_DELETE, channel_id, channel, None)
    await record(unit, actor, room.guild.id, gone)
    return channel


async def reorder(
    unit: Unit, actor: Actor, guild_id: Snowflake, body: list[ChannelPosition]
) -> None:
    """Move channels, all at once, to other places and categories."""
    hall = await holding.hall(unit, actor, guild_id, _MANAGE)
    moved = places.rearranged(hall.guild, body)
    locked = [wish.id for wish in body if wish.lock_permissions]
    parents = places.new_parents(hall.guild, moved)
    _check_reach(unit, hall, {*moved, *locked, *parents})
    places.check_room(hall.guild, moved)
    synced = await _synced(unit, hall, moved, locked)
    settled = {**moved, **synced}
    await _place(unit, hall.guild, list(settled.values()))
    if synced:
        await overwrites.store(unit, {id_: overwrites.of(synced[id_]) for id_ in synced})
    await record(unit, actor, guild_id, *deeds.of(hall.guild, settled.values()))


async def erase_forsaken(unit: Unit) -> bool:
    """Erase a portion of what was written in a deleted channel; whether there was one.

    A little after the deletion, for what was on its way then is stored by now.
    """
    forsaken = await unit.maybe(queries.NEXT_FORSAKEN, unit.now() - _AFTERMATH)
    if forsaken is None:
        return False
    messages = await unit.one(queries.ERASE, forsaken["id"], _ERASED_AT_ONCE)
    history = await unit.run(queries.ERASE_HISTORY, forsaken["id"], _ERASED_AT_ONCE)
    copies = await unit.one(queries.ERASE_COPIES, forsaken["id"], _ERASED_AT_ONCE)
    if max(messages["count"], history, copies["count"]) < _ERASED_AT_ONCE:
        await unit.run(queries.REMEMBER_NO_MORE, forsaken["id"])
    return True


async def _first_overwrites(
    unit: Unit, hall: Hall, body: CreateChannel, parent_id: str | None
) -> list[Overwrite]:
    if isinstance(body.permission_overwrites, list):
        wanted = overwrites.read(hall.guild, body.permission_overwrites)
        await overwrites.check(unit, hall, wanted)
        return wanted
    return [] if parent_id is None else overwrites.of(hall.guild.channels[parent_id])


async def _settle(
    unit: Unit,
    actor: Actor,
    room: GuildRoom,
    states: tuple[Channel, Channel],
    wanted: list[Overwrite],
) -> Channel:
    """Store the overwrites if they changed, and tell of all that did."""
    before, after = states
    followers: list[Channel] = []
    if not overwrites.same(wanted, overwrites.of(before)):
        room.require(_MANAGE_ROLES)
        await overwrites.check(unit, room, wanted, overwrites.of(before))
        after = overwrites.put(after, wanted)
        followers = overwrites.followers(room.guild, before, wanted)
        await overwrites.store(unit, {it.id: overwrites.of(it) for it in (after, *followers)})
    if after != before:
        unit.emit(events.ChannelUpdate(data=after))
    for follower in followers:
        unit.emit(events.ChannelUpdate(data=follower))
    await record(unit, actor, room.guild.id, *deeds.of(room.guild, (after, *followers)))
    return after


def _check_reach(unit: Unit, hall: Hall, channel_ids: set[str]) -> None:
    """Who may manage the guild's channels may still be kept out of one of them."""
    needs = (_MANAGE | Permission.VIEW_CHANNEL).value
    for id_ in channel_ids:
        if hall.permissions_in(id_, unit.now()) & needs != needs:
            raise errors.MissingPermissions


async def _synced(
    unit: Unit, hall: Hall, moved: Mapping[str, Channel], locked: Iterable[str]
) -> dict[str, Channel]:
    """The channels that take over the overwrites of the category they are in now."""
    synced: dict[str, Channel] = {}
    for id_ in locked:
        before = hall.guild.channel(id_)
        after = moved.get(id_, before)
        if not after.parent_id:
            continue
        wanted = overwrites.of(hall.guild.channels[after.parent_id])
        if not overwrites.same(wanted, overwrites.of(before)):
            hall.require(_MANAGE_ROLES)
            await overwrites.check(unit, hall, wanted, overwrites.of(before))
            synced[id_] = overwrites.put(after, wanted)
    return synced


async def _place(unit: Unit, guild: Picture, channels: Sequence[Channel]) -> None:
    """Store where channels stand, and tell of them."""
    if not channels:
        return
    await unit.run(
        queries.PLACE,
        [channel.id for channel in channels],
        [channel.position or 0 for channel in channels],
        [channel.parent_id or None for channel in channels],
    )
    for channel in channels:
        last = guild.last_messages.get(channel.id)
        told = channel if last is None else replace(channel, last_message_id=last)
        unit.emit(events.ChannelUpdate(data=told))


async def _let_go(unit: Unit, guild: Picture, channel_id: str) -> None:
    """A guild must not point to a channel that is gone."""
    pointing = [field for field in POINTERS if getattr(guild.guild, field) == channel_id]
    if pointing:
        row = await unit.one(guild_queries.UPDATE, guild.id, dict.fromkeys(pointing))
        told = guild.filled(loading.guild_from_row(row))
        unit.emit(events.GuildUpdate(data=told))
