"""What can be done with messages."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from msgspec import UNSET
from msgspec.structs import replace

from rift import errors, events
from rift.core.access import Room
from rift.core.actor import Actor, Speaker
from rift.core.attachments import packing, previewing
from rift.core.attachments.keeping import Kept, stored
from rift.core.attachments.receiving import Received
from rift.core.auditlog.recording import count, done, record
from rift.core.automod import watching
from rift.core.automod.acting import Case
from rift.core.components import media
from rift.core.crossposts.flags import INVOLVED
from rift.core.messages import (
    announcing,
    carrying,
    derived,
    drafts,
    expressing,
    forwarding,
    mentions,
    people,
    queries,
    reading,
    replies,
    rooms,
    slowmode,
    telling,
)
from rift.core.messages.carrying import Freight, Together
from rift.core.messages.inbox import Posting
from rift.core.messages.lasting import LASTING
from rift.core.messages.stamping import stamp
from rift.core.previews import proxied
from rift.core.private_channels import reaching
from rift.core.threads import crowds
from rift.core.unit import Row, Unit
from rift.errors import InvalidForm
from rift.permissions import Permission
from rift.snowflake import Snowflake, at
from rift.wire import gateway
from rift.wire.auditlog import Action
from rift.wire.channels import THREADS
from rift.wire.members import Member
from rift.wire.messages import (
    AttachmentBody,
    BulkDelete,
    CreateMessage,
    Message,
    MessagesQuery,
    ModifyMessage,
)

_READ: Final = Permission.READ_MESSAGE_HISTORY
_FEWEST: Final = 2
_MOST: Final = 100
_BULK_AGE: Final = timedelta(days=14)
_NONCE_AGE: Final = timedelta(minutes=10)
_PRUNED_AT_ONCE: Final = 5000
_SAID: Final = ("content", "embeds", "components")
_UNSIGNED: Final[Mapping[str, Any]] = MappingProxyType({})


class _Draft(NamedTuple):
    """A message that may be said, and what the rules make of it."""

    body: CreateMessage
    files: Sequence[Received]
    brings: bool
    shape: dict[str, Any]
    members: Mapping[str, Member]
    case: Case | None


async def send(
    unit: Unit,
    actor: Actor,
    channel_id: Snowflake,
    body: CreateMessage,
    files: Sequence[Received] = (),
) -> Message:
    """Post a message; a repeated nonce is answered with the message it made before."""
    return await post(unit, actor, channel_id, body, files)


async def post(
    unit: Unit,
    actor: Actor,
    channel_id: Snowflake,
    body: CreateMessage,
    files: Sequence[Received] = (),
    together: Together | None = None,
) -> Message:
    """The same, also for who does something together with it: both happen, or neither."""
    room = await rooms.enter(unit, actor, channel_id, Permission.SEND_MESSAGES)
    if room.channel.type not in THREADS:
        return await write(unit, actor, room, body, files, together)
    rooms.check_open(room, sending=True)
    draft = await _drafted(unit, actor, room, body, files)
    # What is refused wakes nobody.
    await crowds.settle(unit, actor, room)
    message = await _put(unit, actor, room, draft, together)
    called = [user.id for user in message.mentions]
    await crowds.call_in(unit, actor, room, called, message.mention_roles)
    return message


async def write(
    unit: Unit,
    speaker: Speaker,
    room: Room,
    body: CreateMessage,
    files: Sequence[Received] = (),
    together: Together | None = None,
    signed: Mapping[str, Any] = _UNSIGNED,
) -> Message:
    """Let somebody say something where they were let in; `signed` is what else says who wrote it.

    The way of a plain message goes through memory and the inbox, and nowhere else.
    """
    draft = await _drafted(unit, speaker, room, body, files)
    draft.shape.update(signed)
    return await _put(unit, speaker, room, draft, together)


async def _drafted(
    unit: Unit, speaker: Speaker, room: Room, body: CreateMessage, files: Sequence[Received]
) -> _Draft:
    """What somebody wants to say, with nothing against it."""
    brings = carrying.brings(body, files)
    shape = drafts.written(room, body, unit.settings.limits.message_length, files=brings)
    if room.people:
        await reaching.knock(unit, room)
    if expressing.is_needed(body, shape):
        await expressing.express(unit, speaker, room, body, shape)
    called = await _call(unit, speaker, room, body, shape)
    case = watching.message(unit, room, shape)
    return _Draft(body, files, brings, shape, called.members, case)


async def _put(
    unit: Unit, speaker: Speaker, room: Room, draft: _Draft, together: Together | None
) -> Message:
    """Store a draft and tell of it."""
    body, files, brings, shape, members, case = draft
    id_ = unit.new_id()
    shape.update(stamp(room, id_))
    nonce = str(body.nonce) if body.enforce_nonce and body.nonce is not None else None
    alone = brings or ("message_snapshots" in shape and carrying.carries(shape))
    if alone or together is not None:
        turn = slowmode.turn(unit, room) if slowmode.applies(speaker, room) else nullcontext()
        async with turn:
            freight = Freight(body.attachments or (), files, together)
            stored_id = await carrying.post(unit, room, freight, shape, members, nonce)
    else:
        posting = Posting(telling.told(room, shape, members), nonce, room.people)
        if slowmode.applies(speaker, room):
            async with slowmode.turn(unit, room):
                stored_id = await unit.house.inbox.post(posting)
        else:
            stored_id = await unit.house.inbox.post(posting)
    if stored_id != id_:
        earlier = await reading.one(unit, room.channel.id, stored_id, speaker.id)
        return replace(earlier, nonce=shape["nonce"])
    if case is not None:
        watching.follow_up(unit, case, id_)
    return Message(**shape)


async def fetch(unit: Unit, actor: Actor, channel_id: Snowflake, message_id: Snowflake) -> Message:
    """Read one message."""
    room = await rooms.enter(unit, actor, channel_id, _READ)
    return await reading.one(unit, room.channel.id, message_id, actor.id)


async def page(
    unit: Unit, actor: Actor, channel_id: Snowflake, query: MessagesQuery
) -> list[Message]:
    """Read messages, the newest first; who may not read the history finds it empty."""
    room = await rooms.enter(unit, actor, channel_id)
    if not room.may(_READ):
        return []
    return await reading.page(unit, room.channel.id, query, actor.id)


async def edit(
    unit: Unit,
    actor: Actor,
    channel_id: Snowflake,
    message_id: Snowflake,
    body: ModifyMessage,
    files: Sequence[Received] = (),
) -> Message:
    """Change one's own message, or hide the embeds of somebody else's."""
    room = await reaching.enter(unit, actor, channel_id, rooms.NOTHING)
    before = await reading.locked(unit, channel_id, message_id, actor.id)
    _check_editor(room, before, body)
    return await revise(unit, actor, room, before, body, files)


async def revise(
    unit: Unit,
    speaker: Speaker,
    room: Room,
    before: Message,
    body: ModifyMessage,
    files: Sequence[Received] = (),
) -> Message:
    """Change a message that is held, for who is in the room and may."""
    carried = await _recarried(unit, room, before, body, files)
    body = await expressing.rewritten(unit, speaker, room, body)
    after = await _revised(unit, room, before, body, carried)
    if after == before:
        return before
    case = None
    if _text(after) != _text(before):
        case = watching.message(unit, room, {name: getattr(after, name) for name in _SAID})
    await _store_revision(unit, room, after, carried)
    if case is not None:
        watching.follow_up(unit, case, after.id)
    if carried:
        await packing.use(unit, after.id, room, carried)
        await previewing.order(unit, room.channel.id, after.id, carried)
    unit.emit(await telling.updated(unit, room, after))
    return after


async def delete(unit: Unit, actor: Actor, channel_id: Snowflake, message_id: Snowflake) -> None:
    """Delete one's own message, or with MANAGE_MESSAGES anybody's."""
    room = await rooms.enter(unit, actor, channel_id)
    found = await unit.maybe(queries.AUTHORS, channel_id, [message_id])
    if found is None:
        raise errors.UnknownMessage
    # Who is told of to those who moderate does not take that away.
    if found["author_id"] != actor.id or found["type"] == announcing.AUTOMOD:
        room.require(Permission.MANAGE_MESSAGES)
    if found["type"] in LASTING:
        raise errors.SystemMessage
    await remove(unit, room, found)
    # As at Discord: of what bots tidy away there is no end.
    if found["author_id"] != actor.id and not actor.bot:
        deed = done(Action.MESSAGE_DELETE, found["author_id"], channel_id=channel_id)
        await count(unit, actor, room.guild_id, deed)


async def remove(unit: Unit, room: Room, found: Row) -> None:
    """Take away a message that is held, for who is in the room and may."""
    id_, channel_id = found["id"], room.channel.id
    await unit.run(queries.REMOVE, channel_id, [id_], room.user.id)
    gone = gateway.MessageDelete(id=id_, channel_id=channel_id, guild_id=room.guild_id)
    involved = bool(found["flags"] & INVOLVED)
    unit.emit(events.MessageDelete(data=gone, to=room.people, is_crossposted=involved))


async def bulk_delete(unit: Unit, actor: Actor, channel_id: Snowflake, body: BulkDelete) -> None:
    """Delete 2 to 100 messages of the last two weeks."""
    room = await rooms.enter(unit, actor, channel_id, Permission.MANAGE_MESSAGES)
    _check_bulk(unit, body.messages)
    found = await unit.all(queries.AUTHORS, channel_id, body.messages)
    removable = [row for row in found if row["type"] not in LASTING]
    if not removable:
        return
    wanted = [row["id"] for row in removable]
    await unit.run(queries.REMOVE, channel_id, wanted, actor.id)
    gone = gateway.MessageDeleteBulk(ids=wanted, channel_id=channel_id, guild_id=room.guild_id)
    involved = any(row["flags"] & INVOLVED for row in removable)
    unit.emit(events.MessageDeleteBulk(data=gone, to=room.people, is_crossposted=involved))
    deed = done(Action.MESSAGE_BULK_DELETE, channel_id, count=str(len(wanted)))
    await record(unit, actor, room.guild_id, deed)


async def start_typing(unit: Unit, actor: Actor, channel_id: Snowflake) -> None:
    """Let the others see that one writes, for about ten seconds."""
    room = await reaching.enter(unit, actor, channel_id)
    typing = gateway.TypingStart(
        channel_id=room.channel.id,
        user_id=actor.id,
        timestamp=int(unit.now().timestamp()),
        guild_id=room.guild_id,
        member=room.member or UNSET,
    )
    unit.emit(events.TypingStart(data=typing, to=room.people))


async def prune_history(unit: Unit) -> int:
    """Forget a batch of what was kept long enough; how many rows it was."""
    nonces = await unit.run(queries.PRUNE_NONCES, at(unit.now() - _NONCE_AGE), _PRUNED_AT_ONCE)
    days = unit.settings.history.retention_days
    if not days:
        return nonces
    before = unit.now() - timedelta(days=days)
    return nonces + await unit.run(queries.PRUNE_HISTORY, before, _PRUNED_AT_ONCE)


async def _call(
    unit: Unit, speaker: Speaker, room: Room, body: CreateMessage, shape: dict[str, Any]
) -> mentions.Mentions:
    """Find whom a new message answers and mentions, and note it in its shape."""
    allowed = mentions.allowed(body.allowed_mentions)
    if body.message_reference is None and "@" not in shape["content"]:
        return mentions.NOBODY
    # On a connection that is given back at once: the inbox may need it for this very message.
    async with Unit(unit.house, reading=True) as glance:
        if body.message_reference is not None and forwarding.is_forward(body):
            if not isinstance(speaker, Actor):
                raise errors.CannotForward
            carried = await forwarding.carry(glance, speaker, body.message_reference)
            shape.update(carried, flags=shape.get("flags", 0) | forwarding.HAS_SNAPSHOT)
            return mentions.NOBODY
        replied = None
        if body.message_reference is not None:
            replied = await replies.find(glance, room, body.message_reference)
        author = replied.author if replied else None
        called = await mentions.resolve(glance, room, shape["content"], allowed, author)
    if replied is not None:
        shape["type"] = reading.REPLY
        shape["referenced_message"] = replace(replied, referenced_message=UNSET, reactions=UNSET)
        shape["message_reference"] = reading.pointer(room, replied.id)
    shape["mention_everyone"] = called.everyone
    shape["mention_roles"] = called.roles
    shape["mentions"] = called.users
    return called


def _check_editor(room: Room, message: Message, body: ModifyMessage) -> None:
    if message.type not in replies.WRITTEN:
        raise errors.SystemMessage
    if message.author.id == room.user.id:
        return
    others = (body.content, body.embeds, body.components, body.attachments, body.allowed_mentions)
    if body.flags is UNSET or any(field is not UNSET for field in others):
        raise errors.NotYourMessage
    room.require(Permission.MANAGE_MESSAGES)


async def _recarried(
    unit: Unit, room: Room, before: Message, body: ModifyMessage, files: Sequence[Received]
) -> list[Kept] | None:
    """The files a message has after an edit; None where the edit does not speak of them."""
    if body.attachments is UNSET and not files:
        return None
    standing = await packing.standing(unit, before)
    named = body.attachments
    if named is UNSET:
        named = [AttachmentBody(id=one.id) for one in standing]
    return await packing.packed(unit, room, named or (), files, standing)


async def _revised(
    unit: Unit, room: Room, before: Message, body: ModifyMessage, carried: list[Kept] | None
) -> Message:
    """The message as the edit makes it."""
    shape = drafts.rewritten(room, before, body, unit.settings.limits.message_length)
    if carried is not None:
        shape["attachments"] = [one.shown(unit.house.links) for one in carried]
    allowed = mentions.allowed(body.allowed_mentions or None)
    after = replace(before, **shape)
    after = replace(after, embeds=derived.carried_over(before, after))
    parts = media.kept(after.components, (*before.attachments, *after.attachments))
    media.check(parts, after.attachments)
    after = replace(after, components=media.shown(parts, after.attachments, unit.house.links.base))
    if not _is_something(after):
        raise errors.EmptyMessage
    if after.content != before.content or body.allowed_mentions:
        replied = before.referenced_message or None
        author = replied.author if replied else None
        called = await mentions.resolve(unit, room, after.content, allowed, author)
        after = replace(
            after,
            mention_everyone=called.everyone,
            mention_roles=called.roles,
            mentions=called.users,
        )
    if _text(after) != _text(before):
        after = replace(after, edited_timestamp=unit.now())
    return after


def _is_something(message: Message) -> bool:
    carried = message.message_snapshots is not UNSET
    says = (message.content, message.embeds, message.components, message.attachments)
    return carried or any(says) or bool(message.sticker_items)


def _text(message: Message) -> tuple[Any, ...]:
    """What counts as an edit when it changes; hiding embeds does not."""
    embeds = derived.written(message)
    return (message.content, embeds, message.components, message.attachments)


async def _store_revision(
    unit: Unit, room: Room, after: Message, carried: list[Kept] | None
) -> None:
    await unit.run(
        queries.REVISE,
        after.channel_id,
        after.id,
        room.user.id,
        after.content,
        proxied.kept(after.embeds) or None,
        media.kept(after.components, after.attachments) or None,
        after.flags,
        after.mention_everyone,
        people.ids(after.mentions),
        after.mention_roles,
        after.edited_timestamp,
        carried is not None,
        stored(carried or ()),
    )


def _check_bulk(unit: Unit, ids: list[Snowflake]) -> None:
    if not _FEWEST <= len(ids) <= _MOST:
        raise errors.BulkDeleteCount
    for number, id_ in enumerate(ids):
        if id_ in ids[:number]:
            words = "The Set already contains this value"
            raise InvalidForm.at(f"messages.{number}", "SET_TYPE_ALREADY_CONTAINS_VALUE", words)
    oldest = at(unit.now() - _BULK_AGE)
    if any(int(id_) < int(oldest) for id_ in ids):
        raise errors.MessageTooOld
