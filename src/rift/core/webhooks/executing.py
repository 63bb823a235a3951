"""What can be done with a webhook's token: write, and take care of what was written."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from rift import errors
from rift.core.access import Room
from rift.core.attachments.receiving import Received
from rift.core.interactions import following, tokens
from rift.core.messages import queries as message_queries
from rift.core.messages import reading
from rift.core.messages import verbs as messages
from rift.core.threads import changing, posts
from rift.core.unit import Row, Unit
from rift.core.webhooks import faces, opening, posting, still
from rift.snowflake import Snowflake
from rift.wire.messages import CreateMessage, Message, ModifyMessage
from rift.wire.threads import StartThread
from rift.wire.webhooks import EditQuery, ExecuteQuery, ExecuteWebhook, ThreadQuery
from rift.world import is_archived


async def execute(
    unit: Unit,
    webhook_id: Snowflake,
    webhook_token: str,
    query: ExecuteQuery,
    body: ExecuteWebhook,
    files: Sequence[Received] = (),
) -> Message | None:
    """Post a message through a webhook; it is told to who waits for it."""
    if tokens.is_one(webhook_token):
        return await following.say(unit, webhook_id, webhook_token, body, files)
    row = await opening.held(unit, webhook_id, webhook_token)
    message = await say(unit, row, query, body, files)
    return message if query.wait else None


async def say(
    unit: Unit,
    row: Row,
    query: EditQuery,
    body: ExecuteWebhook,
    files: Sequence[Received] = (),
) -> Message:
    """A new message of a webhook, or a new post."""
    room = await opening.room(unit, row, query.thread_id)
    posting.check(row, room, body)
    room = replace(room, user=await faces.worn(unit, row, body.username, body.avatar_url))
    draft = CreateMessage(
        content=body.content,
        tts=body.tts,
        embeds=body.embeds,
        allowed_mentions=body.allowed_mentions,
        components=still.allowed(row, query, body.components),
        attachments=body.attachments,
        flags=body.flags,
        poll=body.poll,
    )
    voice, signed = opening.voice(row), _signature(row)
    if room.channel.type in posting.FORUMS:
        form = StartThread(name=body.thread_name or "", applied_tags=body.applied_tags)
        post = posting.planned(unit, room, form, draft, files)
        return await posts.begin(unit, voice, post, signed)
    if is_archived(room.channel):
        async with Unit(unit.house) as waking:
            await changing.rouse(waking, row["guild_id"], room.channel.id)
    return await messages.write(unit, voice, room, draft, files, signed=signed)


async def relay(unit: Unit, row: Row, query: ThreadQuery, body: ExecuteWebhook) -> None:
    """What another service sends, which knows nothing of posts."""
    room = await opening.room(unit, row, query.thread_id)
    if room.channel.type in posting.FORUMS:
        raise errors.NoServicesInForums
    await say(unit, row, EditQuery(thread_id=query.thread_id), body)


async def fetch_message(
    unit: Unit,
    webhook_id: Snowflake,
    webhook_token: str,
    message_id: Snowflake,
    query: ThreadQuery,
) -> Message:
    """Read a message of the webhook's own."""
    if tokens.is_one(webhook_token):
        return await following.fetch(unit, webhook_id, webhook_token, message_id)
    row = await opening.held(unit, webhook_id, webhook_token)
    room = await opening.room(unit, row, query.thread_id)
    return _own(row, await reading.one(unit, room.channel.id, message_id, row["id"]))


async def edit_message(
    unit: Unit,
    webhook_id: Snowflake,
    webhook_token: str,
    message_id: Snowflake,
    query: EditQuery,
    body: ModifyMessage,
    files: Sequence[Received] = (),
) -> Message:
    """Change a message of the webhook's own."""
    if tokens.is_one(webhook_token):
        return await following.edit(unit, webhook_id, webhook_token, message_id, body, files)
    row = await opening.held(unit, webhook_id, webhook_token)
    room = await opening.room(unit, row, query.thread_id)
    before = _own(row, await reading.locked(unit, room.channel.id, message_id, row["id"]))
    body = still.respected(row, query, body)
    return await messages.revise(unit, opening.voice(row), room, before, body, files)


async def delete_message(
    unit: Unit,
    webhook_id: Snowflake,
    webhook_token: str,
    message_id: Snowflake,
    query: ThreadQuery,
) -> None:
    """Delete a message of the webhook's own."""
    if tokens.is_one(webhook_token):
        await following.delete(unit, webhook_id, webhook_token, message_id)
        return
    row = await opening.held(unit, webhook_id, webhook_token)
    room: Room = await opening.room(unit, row, query.thread_id)
    found = await unit.maybe(message_queries.AUTHORS, room.channel.id, [message_id])
    if found is None or found["author_id"] != row["id"]:
        raise errors.UnknownMessage
    await messages.remove(unit, room, found)


def _own(row: Row, message: Message) -> Message:
    if message.author.id != row["id"]:
        raise errors.UnknownMessage
    return message


def _signature(row: Row) -> dict[str, Any]:
    signed = {"webhook_id": row["id"]}
    if row["application_id"] is not None:
        signed["application_id"] = row["application_id"]
    return signed
