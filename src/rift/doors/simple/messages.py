"""Messages and reactions over the simple door, where a message is named by its id alone."""

from collections.abc import Sequence

from msgspec import UNSET

from rift import errors
from rift.core import access
from rift.core.actor import Actor
from rift.core.attachments.receiving import Files, Received
from rift.core.attachments.verbs import keep
from rift.core.messages import finding
from rift.core.messages import verbs as messages
from rift.core.reactions import verbs as reactions
from rift.core.unit import Unit
from rift.doors.simple import ids, shapes, translation
from rift.errors import InvalidForm
from rift.snowflake import Snowflake
from rift.wire import messages as wire


async def send(
    unit: Unit, actor: Actor, channel_id: Snowflake, body: shapes.SendMessage
) -> shapes.Message:
    """Post a message."""
    reference = None
    if body.reply_to is not None:
        reference = wire.MessageReferenceBody(message_id=ids.given("reply_to", body.reply_to))
    carried = [_carried(number, id_) for number, id_ in enumerate(body.attachments)]
    form = wire.CreateMessage(
        content=body.content, message_reference=reference, attachments=carried
    )
    return translation.message(await messages.send(unit, actor, channel_id, form))


def luggage(unit: Unit, actor: Actor, query: shapes.UploadQuery) -> Files:
    """Takes in the file of an upload."""
    return Files(unit, actor, ids.given("channel_id", query.channel_id))


async def upload(
    unit: Unit, actor: Actor, query: shapes.UploadQuery, files: Sequence[Received] = ()
) -> shapes.File:
    """Upload a file (multipart, the field `file`) for a message that is sent after it."""
    del query
    if len(files) != 1:
        raise InvalidForm.at("file", "BASE_TYPE_REQUIRED", "Send one file in this field.")
    await keep(unit, actor, files[0].kept)
    return translation.file(files[0].kept)


def _carried(number: int, given: str) -> wire.AttachmentBody:
    name = ids.given(f"attachments.{number}", given)
    return wire.AttachmentBody(id=Snowflake(str(number)), uploaded_filename=name)


async def page(
    unit: Unit, actor: Actor, channel_id: Snowflake, query: shapes.MessagesQuery
) -> list[shapes.Message]:
    """Read messages, the newest first."""
    asked = wire.MessagesQuery(
        limit=query.limit,
        before=None if query.before is None else ids.given("before", query.before),
        after=None if query.after is None else ids.given("after", query.after),
    )
    return [translation.message(it) for it in await messages.page(unit, actor, channel_id, asked)]


async def send_privately(
    unit: Unit, actor: Actor, channel_id: Snowflake, body: shapes.SendMessage
) -> shapes.Message:
    """Write in a private channel."""
    await _require_private(unit, actor, channel_id)
    return await send(unit, actor, channel_id, body)


async def page_privately(
    unit: Unit, actor: Actor, channel_id: Snowflake, query: shapes.MessagesQuery
) -> list[shapes.Message]:
    """Read a private channel, the newest first."""
    await _require_private(unit, actor, channel_id)
    return await page(unit, actor, channel_id, query)


async def fetch(unit: Unit, actor: Actor, message_id: Snowflake) -> shapes.Message:
    """Read one message."""
    channel_id = await finding.channel_of(unit, actor, message_id)
    return translation.message(await messages.fetch(unit, actor, channel_id, message_id))


async def edit(
    unit: Unit, actor: Actor, message_id: Snowflake, body: shapes.ModifyMessage
) -> shapes.Message:
    """Change one's own message."""
    channel_id = await finding.channel_of(unit, actor, message_id)
    form = wire.ModifyMessage(content=body.content)
    return translation.message(await messages.edit(unit, actor, channel_id, message_id, form))


async def delete(unit: Unit, actor: Actor, message_id: Snowflake) -> None:
    """Delete one's own message, or as a moderator anybody's."""
    channel_id = await finding.channel_of(unit, actor, message_id)
    await messages.delete(unit, actor, channel_id, message_id)


async def start_typing(unit: Unit, actor: Actor, channel_id: Snowflake) -> None:
    """Let the others see that one writes, for about ten seconds."""
    await messages.start_typing(unit, actor, channel_id)


async def react(unit: Unit, actor: Actor, message_id: Snowflake, emoji: str) -> None:
    """React to a message."""
    channel_id = await finding.channel_of(unit, actor, message_id)
    await reactions.add(unit, actor, channel_id, message_id, emoji)


async def unreact(unit: Unit, actor: Actor, message_id: Snowflake, emoji: str) -> None:
    """Take one's own reaction back."""
    channel_id = await finding.channel_of(unit, actor, message_id)
    await reactions.remove_own(unit, actor, channel_id, message_id, emoji)


async def list_reactions(unit: Unit, actor: Actor, message_id: Snowflake) -> list[shapes.Reaction]:
    """The emojis under a message."""
    return (await fetch(unit, actor, message_id)).reactions


async def reactors(
    unit: Unit, actor: Actor, message_id: Snowflake, emoji: str, query: shapes.ReactionsQuery
) -> list[shapes.User]:
    """Who reacted with an emoji."""
    channel_id = await finding.channel_of(unit, actor, message_id)
    after = Snowflake("0") if query.after is None else ids.given("after", query.after)
    asked = wire.ReactionsQuery(limit=query.limit, after=after)
    found = await reactions.users(unit, actor, channel_id, message_id, emoji, asked)
    return [translation.user(user) for user in found]


async def _require_private(unit: Unit, actor: Actor, channel_id: Snowflake) -> None:
    channel = (await access.channel(unit, actor, channel_id)).channel
    if channel.guild_id is not UNSET:
        raise errors.UnknownChannel
