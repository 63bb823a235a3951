"""Posts of forum and media channels: a thread and its first message, or nothing of both."""

from collections.abc import Sequence
from typing import Any, Final

from msgspec.structs import asdict

from rift.core.access import GuildRoom, Room
from rift.core.actor import Actor
from rift.core.attachments.receiving import Received
from rift.core.automod import watching
from rift.core.guilds import holding
from rift.core.messages import carrying, drafts, expressing, mentions, rooms
from rift.core.messages.carrying import Freight
from rift.core.threads import founding, tags
from rift.core.unit import Unit
from rift.errors import REQUIRED, InvalidForm
from rift.permissions import Permission
from rift.snowflake import Snowflake, created_at
from rift.wire.channels import Channel, ThreadMember
from rift.wire.messages import CreateMessage, Message
from rift.wire.threads import PostMessage, StartedThread, StartThread

FORUMS: Final = rooms.POSTED
_SEND: Final = Permission.SEND_MESSAGES


async def post(
    unit: Unit, actor: Actor, parent: GuildRoom, body: StartThread, files: Sequence[Received]
) -> StartedThread:
    """Post in a forum: thread and message have one id."""
    parent.require(_SEND)
    if body.message is None and not files:
        raise InvalidForm({"message": [REQUIRED]})
    chosen = tags.checked(parent, parent.channel, body.applied_tags or [])
    await founding.check_pace(unit, actor, parent)
    watching.title(unit, parent, body.name)
    thread = founding.planned(unit, parent, founding.PUBLIC, unit.new_id(), body)
    message = await _first(unit, actor, parent, thread, _message(body.message), files)
    own = ThreadMember(id=thread.id, user_id=actor.id, join_timestamp=unit.now(), flags=1)
    fields: dict[str, Any] = asdict(thread)
    fields |= {"last_message_id": thread.id, "applied_tags": chosen, "member": own}
    return StartedThread(**fields, message=message)


def _message(body: PostMessage | None) -> CreateMessage:
    given = body or PostMessage()
    return CreateMessage(**{name: getattr(given, name) for name in PostMessage.__struct_fields__})


async def _first(
    unit: Unit,
    actor: Actor,
    parent: GuildRoom,
    thread: Channel,
    body: CreateMessage,
    files: Sequence[Received],
) -> Message:
    """The first message of a thread, with which it comes into being."""
    room, home = founding.inside(parent, thread), founding.outside(parent)
    brings = carrying.brings(body, files)
    shape = drafts.written(room, body, unit.settings.limits.message_length, files=brings)
    if expressing.is_needed(body, shape):
        await expressing.express(unit, actor, room, body, shape)
    called = await _called(unit, room, body, shape)
    case = watching.message(unit, room, shape)
    shape |= {
        "id": thread.id,
        "channel_id": thread.id,
        "author": room.user,
        "timestamp": created_at(thread.id),
    }

    async def founded(storing: Unit, _: Snowflake) -> None:
        held = await holding.room(storing, actor, home.channel.id, _SEND)
        await founding.found(storing, actor, held, thread)

    freight = Freight(body.attachments or (), files, founded, home)
    await carrying.post(unit, room, freight, shape, called.members, None)
    if case is not None:
        watching.follow_up(unit, case, thread.id)
    return Message(**shape)


async def _called(
    unit: Unit, room: Room, body: CreateMessage, shape: dict[str, Any]
) -> mentions.Mentions:
    if "@" not in shape["content"]:
        return mentions.NOBODY
    allowed = mentions.allowed(body.allowed_mentions)
    called = await mentions.resolve(unit, room, shape["content"], allowed, None)
    shape["mention_everyone"] = called.everyone
    shape["mention_roles"] = called.roles
    shape["mentions"] = called.users
    return called
