"""Groups: made of friends, joined, left, renamed and handed on."""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import UNSET, structs

from rift import errors, events
from rift.core import access
from rift.core.access import Room
from rift.core.actor import Actor
from rift.core.channels import queries as channel_queries
from rift.core.messages import announcing
from rift.core.messages.people import mentioned, user_from_row
from rift.core.pictures import frames, keeping
from rift.core.private_channels import queries, seeing
from rift.core.relationships import queries as relationship_queries
from rift.core.unit import Row, Unit
from rift.snowflake import Snowflake
from rift.wire.channels import AddRecipient, Channel, ChannelType, ModifyChannel
from rift.wire.gateway import ChannelRecipient
from rift.wire.users import User


async def make(unit: Unit, actor: Actor, user_ids: Sequence[Snowflake]) -> Snowflake:
    """A group of friends, which its maker owns."""
    actor.must_be_person()
    others = [id_ for id_ in dict.fromkeys(user_ids) if id_ != actor.id]
    people = [actor.id, *others]
    _check_size(unit, len(people))
    await _check_friends(unit, actor, others)
    channel_id = unit.new_id()
    await unit.run(queries.MAKE_GROUP, channel_id, actor.id, people)
    await seeing.tell(unit, events.ChannelCreate, [channel_id], people)
    return channel_id


async def add(
    unit: Unit,
    actor: Actor,
    channel_id: Snowflake,
    user_id: Snowflake,
    body: AddRecipient | None,
) -> Channel | None:
    """Let a friend into a group; from a direct message, make a group of three."""
    room = await _enter(unit, actor, channel_id)
    if room.channel.type == ChannelType.DM:
        whole = await seeing.channel(unit, channel_id, actor.id)
        partners = [it.id for it in whole.recipients or ()]
        made = await make(unit, actor, [*partners, user_id])
        return await seeing.channel(unit, made, actor.id)
    room = await _hold(unit, room)
    if user_id in room.people:
        return None
    _check_size(unit, len(room.people) + 1)
    await _check_friends(unit, actor, [user_id])
    nick = None if body is None else body.nick
    await unit.run(queries.ADD, channel_id, user_id, nick)
    added = await _person(unit, channel_id, user_id)
    shown = ChannelRecipient(channel_id=channel_id, user=added, nick=nick or UNSET)
    unit.emit(events.RecipientAdd(data=shown, to=room.people))
    await seeing.tell(unit, events.ChannelCreate, [channel_id], [user_id])
    fuller = structs.replace(room, people=(*room.people, user_id))
    called = {"mentions": [mentioned(added)]}
    await announcing.announce(unit, fuller, announcing.RECIPIENT_ADDED, called)
    return None


async def remove(unit: Unit, actor: Actor, channel_id: Snowflake, user_id: Snowflake) -> None:
    """Put somebody out of one's group."""
    if user_id == actor.id:
        await leave(unit, actor, channel_id, silently=False)
        return
    room = await _hold(unit, await _enter(unit, actor, channel_id))
    if room.channel.owner_id != actor.id:
        raise errors.MissingPermissions
    if user_id not in room.people:
        raise errors.UnknownUser
    await _take_out(unit, room, user_id, silently=False)


async def leave(unit: Unit, actor: Actor, channel_id: Snowflake, *, silently: bool) -> None:
    """Leave a group; the one who has been in it longest owns it then, and nobody's is erased."""
    await part(unit, await _enter(unit, actor, channel_id), silently=silently)


async def part(unit: Unit, entered: Room, *, silently: bool = False) -> None:
    """The same for whoever is in the room."""
    room = await _hold(unit, entered)
    channel_id, own_id = room.channel.id, room.user.id
    await _take_out(unit, room, own_id, silently=silently)
    left = [id_ for id_ in room.people if id_ != own_id]
    if not left:
        await unit.run(channel_queries.FORSAKE, channel_id, unit.now())
        await unit.run(channel_queries.DELETE, channel_id)
    elif room.channel.owner_id in (own_id, UNSET):
        await unit.run(queries.HAND_ON, channel_id, left[0])
        await seeing.tell(unit, events.ChannelUpdate, [channel_id], left)


async def modify(unit: Unit, actor: Actor, entered: Room, body: ModifyChannel) -> Channel:
    """Rename a group, give it a picture, or hand it on; a direct message has nothing to change."""
    if entered.channel.type != ChannelType.GROUP_DM:
        raise errors.DirectMessageForbidden
    channel_id = entered.channel.id
    pictures = await keeping.taken(unit, body, frames.of_group(channel_id), entered.channel)
    room = await _hold(unit, entered)
    channel = room.channel
    before = _Looks(channel.name or None, channel.owner_id or None, channel.icon or None)
    after = _Looks(
        _name(body, before.name),
        _owner(actor, body, room, before.owner_id),
        pictures.get("icon", before.icon),
    )
    if after != before:
        await unit.run(queries.MODIFY, channel_id, *after)
        await seeing.tell(unit, events.ChannelUpdate, [channel_id], room.people)
    if after.name != before.name:
        await announcing.announce(unit, room, announcing.RENAMED, {"content": after.name or ""})
    if after.icon != before.icon:
        await announcing.announce(unit, room, announcing.ICON_CHANGED)
    return await seeing.channel(unit, channel_id, actor.id)


class _Looks(NamedTuple):
    """What of a group can be changed."""

    name: str | None
    owner_id: Snowflake | None
    icon: str | None


def _name(body: ModifyChannel, before: str | None) -> str | None:
    """A group may have no name; it is called by its people then."""
    if body.name is UNSET:
        return before
    return (body.name or "").strip() or None


def _owner(
    actor: Actor, body: ModifyChannel, room: Room, owner_id: Snowflake | None
) -> Snowflake | None:
    """Whose the group is to be; only who owns it hands it on, to somebody in it."""
    if not isinstance(body.owner, str) or body.owner == owner_id:
        return owner_id
    if owner_id != actor.id:
        raise errors.MissingPermissions
    if body.owner not in room.people:
        raise errors.InvalidRecipients
    return body.owner


async def _enter(unit: Unit, actor: Actor, channel_id: str) -> Room:
    room = await access.channel(unit, actor, channel_id)
    if room.guild is not None:
        raise errors.WrongChannelType
    return room


async def _hold(unit: Unit, room: Room) -> Room:
    """The group as it is and stays until the unit is done."""
    if room.channel.type != ChannelType.GROUP_DM:
        raise errors.DirectMessageForbidden
    held = await unit.maybe(queries.HOLD, room.channel.id)
    rows = await unit.all(queries.PEOPLE, [room.channel.id])
    people = tuple(row["user_id"] for row in rows)
    if held is None or room.user.id not in people:
        raise errors.UnknownChannel
    channel = structs.replace(
        room.channel,
        name=held["name"],
        owner_id=held["owner_id"] or UNSET,
        icon=held["icon"],
    )
    return structs.replace(room, channel=channel, people=people)


async def _take_out(unit: Unit, room: Room, user_id: Snowflake, *, silently: bool) -> None:
    channel_id = room.channel.id
    gone = await _person(unit, channel_id, user_id)
    await seeing.tell(unit, events.ChannelDelete, [channel_id], [user_id])
    await unit.run(queries.REMOVE, channel_id, user_id)
    left = tuple(id_ for id_ in room.people if id_ != user_id)
    if not left:
        return
    shown = ChannelRecipient(channel_id=channel_id, user=gone)
    unit.emit(events.RecipientRemove(data=shown, to=left))
    if not silently:
        emptier = structs.replace(room, people=left)
        called = {"mentions": [mentioned(gone)]}
        await announcing.announce(unit, emptier, announcing.RECIPIENT_REMOVED, called)


def _check_size(unit: Unit, size: int) -> None:
    most = unit.settings.limits.group_recipients
    if size > most:
        raise errors.TooManyRecipients(f"Maximum number of recipients reached ({most})")


async def _check_friends(unit: Unit, actor: Actor, user_ids: Sequence[Snowflake]) -> None:
    friends = await unit.all(relationship_queries.FRIENDS_AMONG, actor.id, user_ids)
    if len(friends) < len(set(user_ids)):
        raise errors.FriendsOnly


async def _person(unit: Unit, channel_id: str, user_id: str) -> User:
    rows: list[Row] = await unit.all(queries.PEOPLE, [channel_id])
    return next(user_from_row(row, "user_id") for row in rows if row["user_id"] == user_id)
