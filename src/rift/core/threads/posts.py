"""Posts of forum and media channels: a thread and its first message, or nothing of both."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from msgspec.structs import asdict, replace

from rift.core.access import GuildRoom, Room
from rift.core.actor import Actor, Speaker
from rift.core.attachments.receiving import Received
from rift.core.automod import watching
from rift.core.guilds import holding
from rift.core.messages import carrying, drafts, expressing, mentions, rooms
from rift.core.messages.carrying import Freight, Together
from rift.core.messages.stamping import stamp
from rift.core.threads import founding, tags
from rift.core.unit import Unit
from rift.errors import REQUIRED, InvalidForm
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.channels import Channel, ThreadMember
from rift.wire.messages import CreateMessage, Message
from rift.wire.threads import PostMessage, StartedThread, StartThread

FORUMS: Final = rooms.POSTED
_SEND: Final = Permission.SEND_MESSAGES
_UNSIGNED: Final[Mapping[str, Any]] = MappingProxyType({})


class Post(NamedTuple):
    """A post that is to be: where, its thread, what it begins with, and what else comes with it."""

    home: Room
    thread: Channel
    draft: CreateMessage
    files: Sequence[Received]
    founded: Together


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
    home = founding.outside(parent)
    thread = founding.planned(unit, home, founding.PUBLIC, unit.new_id(), body)

    async def founded(storing: Unit, _: Snowflake) -> None:
        held = await holding.room(storing, actor, parent.channel.id, _SEND)
        await founding.found(storing, actor, founding.outside(held), thread)

    draft = _message(body.message)
    message = await begin(unit, actor, Post(home, thread, draft, files, founded))
    own = ThreadMember(id=thread.id, user_id=actor.id, join_timestamp=unit.now(), flags=1)
    fields: dict[str, Any] = asdict(thread)
    fields |= {"last_message_id": thread.id, "applied_tags": chosen, "member": own}
    return StartedThread(**fields, message=message)


async def begin(
    unit: Unit, speaker: Speaker, post: Post, signed: Mapping[str, Any] = _UNSIGNED
) -> Message:
    """The first message of a post, with which its thread comes into being."""
    body, files, thread = post.draft, post.files, post.thread
    room = replace(post.home, channel=thread)
    brings = carrying.brings(body, files)
    shape = drafts.written(room, body, unit.settings.limits.message_length, files=brings)
    if expressing.is_needed(body, shape):
        await expressing.express(unit, speaker, room, body, shape)
    called = await _called(unit, room, body, shape)
    case = watching.message(unit, room, shape)
    shape |= {**signed, **stamp(room, thread.id, begins=True)}
    freight = Freight(body.attachments or (), files, post.founded, post.home)
    await carrying.post(unit, room, freight, shape, called.members, None)
    if case is not None:
        watching.follow_up(unit, case, thread.id)
    return Message(**shape)


def _message(body: PostMessage | None) -> CreateMessage:
    given = body or PostMessage()
    return CreateMessage(**{name: getattr(given, name) for name in PostMessage.__struct_fields__})


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
