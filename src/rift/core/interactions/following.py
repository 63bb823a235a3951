"""What an application says later, by the same token: more messages, and changes of the first."""

from collections.abc import Sequence
from typing import Final

from msgspec import UNSET

from rift import errors
from rift.core.attachments.receiving import Received
from rift.core.interactions import answering, queries, tokens, unseen
from rift.core.interactions.answering import Turn
from rift.core.unit import Row, Unit
from rift.snowflake import Snowflake
from rift.wire import interactions as wire
from rift.wire.messages import CreateMessage, Message, ModifyMessage
from rift.wire.webhooks import ExecuteWebhook

ORIGINAL: Final = "@original"
_LATER: Final = wire.REPLY_LATER


async def say(
    unit: Unit,
    application_id: Snowflake,
    token: str,
    body: ExecuteWebhook,
    files: Sequence[Received] = (),
) -> Message:
    """One more message; the first after "wait" takes the place of that."""
    now = await enter(unit, application_id, token)
    row = now.row
    if row["callback"] == _LATER and row["response_id"] is not None:
        change = _as_change(body)
        await unit.run(queries.RESPONDED, row["id"])
        return await answering.revise(unit, now, row["response_id"], change, files)
    draft = CreateMessage(
        content=body.content,
        tts=body.tts,
        embeds=body.embeds,
        allowed_mentions=body.allowed_mentions,
        components=body.components,
        attachments=body.attachments,
        flags=body.flags,
        poll=body.poll,
    )
    if (draft.flags or 0) & wire.EPHEMERAL:
        signed = now.signed(row["response_id"])
        return await unseen.say(unit, now.speaker, now.room, row, draft, files, signed)
    return await answering.post(unit, now, draft, files)


async def fetch(unit: Unit, application_id: Snowflake, token: str, which: str) -> Message:
    """The first answer, or a later one."""
    now = await enter(unit, application_id, token)
    id_ = _which(now.row, which)
    row = await unseen.held(unit, now.row, id_)
    if row is not None:
        return unseen.read(unit, row)
    return await answering.own(unit, now, id_)


async def edit(
    unit: Unit,
    application_id: Snowflake,
    token: str,
    which: str,
    body: ModifyMessage,
    files: Sequence[Received] = (),
) -> Message:
    """Change the first answer, or a later one."""
    now = await enter(unit, application_id, token)
    id_ = _which(now.row, which)
    if now.row["callback"] == _LATER and id_ == now.row["response_id"]:
        await unit.run(queries.RESPONDED, now.row["id"])
    return await answering.revise(unit, now, id_, body, files)


async def delete(unit: Unit, application_id: Snowflake, token: str, which: str) -> None:
    """Take the first answer away, or a later one."""
    now = await enter(unit, application_id, token)
    await answering.remove(unit, now, _which(now.row, which))


async def enter(unit: Unit, application_id: Snowflake, token: str) -> Turn:
    """The interaction of a token, which was answered before."""
    async with Unit(unit.house, reading=True) as glance:
        row = await tokens.found(glance, token)
    if row["application_id"] != application_id or not row["callback"]:
        raise errors.UnknownWebhook
    return await answering.turn(unit, row)


def _which(row: Row, which: str) -> Snowflake:
    id_ = row["response_id"] if which == ORIGINAL else which
    if id_ is None:
        raise errors.UnknownMessage
    return Snowflake(id_)


def _as_change(body: ExecuteWebhook) -> ModifyMessage:
    return ModifyMessage(
        content=body.content,
        embeds=body.embeds,
        components=body.components,
        allowed_mentions=body.allowed_mentions,
        flags=UNSET if body.flags is None else body.flags,
        attachments=UNSET if body.attachments is None else body.attachments,
    )
