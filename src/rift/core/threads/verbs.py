"""What can be done with threads and those who are in them."""

from collections.abc import Sequence
from typing import Final

from msgspec import UNSET, to_builtins
from msgspec.structs import asdict, replace

from rift import errors, events
from rift.core import access
from rift.core.access import GuildRoom
from rift.core.actor import Actor
from rift.core.attachments.receiving import Received
from rift.core.automod import watching
from rift.core.guilds import holding
from rift.core.messages import announcing, people, reading, replies, rooms, telling
from rift.core.notifications import verbs as notifications
from rift.core.threads import changing, crowds, founding, posts, queries
from rift.core.unit import Unit
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire import threads as wire
from rift.wire.channels import Channel, ChannelType, ThreadMember
from rift.wire.gateway import ThreadMemberUpdate
from rift.wire.members import Member
from rift.wire.messages import Message, MessageReference

_TEXT: Final = int(ChannelType.GUILD_TEXT)
_NEWS: Final = int(ChannelType.GUILD_ANNOUNCEMENT)
_TYPES: Final = {
    _TEXT: (founding.PRIVATE, founding.PUBLIC),
    _NEWS: (founding.ANNOUNCEMENT,),
}
"""Which threads a channel may have; the first of them is what a form means that says nothing."""
_NEEDS: Final = {
    founding.PUBLIC: Permission.CREATE_PUBLIC_THREADS,
    founding.ANNOUNCEMENT: Permission.CREATE_PUBLIC_THREADS,
    founding.PRIVATE: Permission.CREATE_PRIVATE_THREADS,
}
_HAS_INTERACTED: Final = 1
_CHOSEN: Final = 2 | 4 | 8
"""Of which messages one wants to hear: of all, of those that name one, of none."""


async def start(
    unit: Unit,
    actor: Actor,
    channel_id: Snowflake,
    body: wire.StartThread,
    files: Sequence[Received] = (),
) -> wire.StartedThread:
    """Start a thread that hangs on no message, or a post in a forum."""
    entered = await access.guild_channel(unit, actor, channel_id)
    if entered.channel.type in posts.FORUMS:
        return await posts.post(unit, actor, entered, body, files)
    types = _TYPES.get(entered.channel.type)
    if types is None:
        raise errors.WrongChannelType
    type_ = body.type or types[0]
    if type_ not in types:
        raise errors.WrongChannelType
    parent = await holding.room(unit, actor, channel_id, _NEEDS[type_])
    await founding.check_pace(unit, actor, parent)
    watching.title(unit, parent, body.name)
    place = founding.outside(parent)
    thread = founding.planned(unit, place, type_, unit.new_id(), body)
    await founding.found(unit, actor, place, thread)
    if type_ == founding.PUBLIC:
        await _say_so(unit, parent, thread)
    return wire.StartedThread(**asdict(_own(unit, actor, thread)))


async def start_from_message(
    unit: Unit, actor: Actor, channel_id: Snowflake, message_id: Snowflake, body: wire.StartThread
) -> Channel:
    """Start a thread about a message, which shows it from then on."""
    await access.guild_channel(unit, actor, channel_id)
    needs = Permission.CREATE_PUBLIC_THREADS | Permission.READ_MESSAGE_HISTORY
    parent = await holding.room(unit, actor, channel_id, needs)
    types = _TYPES.get(parent.channel.type)
    if types is None:
        raise errors.WrongChannelType
    message = await reading.locked(unit, channel_id, message_id, actor.id)
    if await unit.maybe(queries.EXISTS, message_id) is not None:
        raise errors.ThreadExists
    if message.type not in replies.WRITTEN:
        raise errors.SystemMessage
    await founding.check_pace(unit, actor, parent)
    watching.title(unit, parent, body.name)
    place = founding.outside(parent)
    thread = founding.planned(unit, place, types[-1], message_id, body)
    await founding.found(unit, actor, place, thread)
    await _begin_with(unit, parent, thread, message)
    return _own(unit, actor, thread)


async def join(unit: Unit, actor: Actor, channel_id: Snowflake) -> None:
    """Come into a thread."""
    held = await _open(unit, actor, channel_id)
    await crowds.enter(unit, held, [held.member], _HAS_INTERACTED)


async def leave(unit: Unit, actor: Actor, channel_id: Snowflake) -> None:
    """Leave a thread."""
    await crowds.leave(unit, await _open(unit, actor, channel_id), actor.id)


async def add(unit: Unit, actor: Actor, channel_id: Snowflake, user_id: Snowflake) -> None:
    """Bring another member into a thread, and say so there."""
    held = await _open(unit, actor, channel_id, Permission.SEND_MESSAGES)
    member = await crowds.newcomer(unit, held, user_id)
    if await crowds.enter(unit, held, [member], 0):
        await _tell_of(unit, held, announcing.RECIPIENT_ADDED, member)


async def remove(unit: Unit, actor: Actor, channel_id: Snowflake, user_id: Snowflake) -> None:
    """Take another member out of a thread."""
    held = await _open(unit, actor, channel_id)
    if held.channel.type != founding.PRIVATE or not crowds.is_owner(held):
        held.require(Permission.MANAGE_THREADS)
    member = await holding.member(unit, held.guild, user_id)
    if member is None:
        raise errors.UnknownMember
    if await crowds.leave(unit, held, user_id):
        await _tell_of(unit, held, announcing.RECIPIENT_REMOVED, member)


async def fetch_member(
    unit: Unit,
    actor: Actor,
    channel_id: Snowflake,
    user_id: Snowflake,
    query: wire.ThreadMemberQuery,
) -> ThreadMember:
    """How somebody is in a thread."""
    found = await crowds.one(unit, actor, channel_id, user_id)
    if not query.with_member:
        return found
    room = await access.thread(unit, actor, channel_id)
    return replace(found, member=await access.member(unit, room, user_id))


async def list_members(
    unit: Unit, actor: Actor, channel_id: Snowflake, query: wire.ThreadMembersQuery
) -> list[ThreadMember]:
    """Who is in a thread: all at once, or a page of them with their members."""
    room = await access.thread(unit, actor, channel_id)
    crowd = sorted(room.guild.threads.crowd(channel_id).values(), key=lambda it: int(it.user_id))
    shown = [crowds.shown(it, actor) for it in crowd]
    if not query.with_member:
        return shown
    page = [it for it in shown if int(it.user_id) > int(query.after)][: query.limit]
    found = await people.members(unit, room.guild, [it.user_id for it in page])
    return [replace(it, member=found[it.user_id]) for it in page if it.user_id in found]


async def modify_member(
    unit: Unit, actor: Actor, channel_id: Snowflake, body: wire.ModifyThreadMember
) -> ThreadMember:
    """How one wants to hear of a thread one is in."""
    actor.must_be_person()
    held = await holding.thread(unit, actor, channel_id)
    before = held.guild.threads.crowd(channel_id).get(actor.id)
    if before is None:
        raise errors.UnknownMember
    after = _wanted(before, body)
    if after != before:
        config = to_builtins(after.mute_config or None)
        await unit.run(queries.NOTE, channel_id, actor.id, after.flags, bool(after.muted), config)
        told = ThreadMemberUpdate(**asdict(after), guild_id=held.guild.id)
        unit.emit(events.ThreadMemberUpdate(data=told))
    return after


async def archive_due(unit: Unit) -> bool:
    """Put one thread to sleep that was quiet for long enough; whether one was looked at."""
    due = await unit.all(queries.DUE, unit.now(), 1)
    for row in due:
        await changing.archive(unit, row["guild_id"], row["channel_id"])
    return bool(due)


def _wanted(before: ThreadMember, body: wire.ModifyThreadMember) -> ThreadMember:
    """How one is in a thread after a form; that one has written there is nobody's to say."""
    after = before
    if body.flags is not UNSET:
        kept = before.flags & _HAS_INTERACTED
        after = replace(after, flags=kept | body.flags & _CHOSEN)
    if body.muted is not UNSET:
        after = replace(after, muted=body.muted)
    if body.mute_config is not UNSET:
        config = None if body.mute_config is None else notifications.mute(body.mute_config)
        after = replace(after, mute_config=config)
    return after


async def _open(
    unit: Unit, actor: Actor, channel_id: str, needs: Permission = holding.NOTHING
) -> GuildRoom:
    """A thread in which somebody comes or goes: not one that is archived or locked."""
    held = await holding.thread(unit, actor, channel_id, needs)
    rooms.check_open(founding.inside(held, held.channel))
    return held


async def _tell_of(unit: Unit, held: GuildRoom, type_: int, member: Member) -> None:
    shape = {"mentions": [people.mentioned(member.user, member)]}
    await announcing.announce(unit, founding.inside(held, held.channel), type_, shape)


async def _say_so(unit: Unit, parent: GuildRoom, thread: Channel) -> None:
    """In the channel above, that there is a thread."""
    pointer = MessageReference(guild_id=parent.guild.id, channel_id=thread.id)
    shape = {"content": thread.name, "message_reference": pointer}
    await announcing.announce(unit, founding.outside(parent), announcing.THREAD_CREATED, shape)


async def _begin_with(unit: Unit, parent: GuildRoom, thread: Channel, message: Message) -> None:
    """A thread about a message begins with that, and the message points to it."""
    outside, inside = founding.outside(parent), founding.inside(parent, thread)
    shape = {
        "message_reference": reading.pointer(outside, message.id),
        "referenced_message": replace(message, referenced_message=UNSET, reactions=UNSET),
    }
    await announcing.announce(unit, inside, announcing.THREAD_STARTER, shape)
    await unit.run(queries.MARK, parent.channel.id, message.id)
    marked = await reading.one(unit, parent.channel.id, message.id, parent.member.user.id)
    unit.emit(await telling.updated(unit, outside, marked))


def _own(unit: Unit, actor: Actor, thread: Channel) -> Channel:
    """A thread as who has just made it sees it."""
    joined = ThreadMember(
        id=thread.id, user_id=actor.id, join_timestamp=unit.now(), flags=_HAS_INTERACTED
    )
    return replace(thread, member=joined)
