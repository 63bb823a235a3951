"""Message requests: what strangers wrote, accepted or turned away."""

from collections.abc import Sequence
from typing import Final

from rift import errors, events
from rift.core import access
from rift.core.actor import Actor
from rift.core.messages import reading
from rift.core.private_channels import queries, seeing
from rift.core.unit import Unit
from rift.errors import InvalidForm
from rift.snowflake import Snowflake, at
from rift.wire.channels import BatchReject, Channel, Consent, RequestsQuery
from rift.wire.messages import MessageRequest

_ACCEPTED: Final = 2


async def consent(unit: Unit, actor: Actor, channel_id: Snowflake, body: Consent) -> Channel:
    """Accept a message request; the conversation is like any other then."""
    room = await access.channel(unit, actor, channel_id)
    if body.consent_status != _ACCEPTED:
        words = f"Value {body.consent_status} is not one of the choices."
        raise InvalidForm.at("consent_status", "BASE_TYPE_CHOICES", words)
    if await unit.run(queries.CONSENT, room.channel.id, actor.id):
        await seeing.tell(unit, events.ChannelUpdate, [channel_id], [actor.id])
    return await seeing.channel(unit, channel_id, actor.id)


async def reject(unit: Unit, actor: Actor, channel_id: Snowflake) -> Channel:
    """Turn a stranger away: what they write from now on is not delivered, and they are not told."""
    rejected = await _reject(unit, actor, [channel_id])
    if not rejected:
        raise errors.UnknownChannel
    return rejected[0]


async def reject_many(unit: Unit, actor: Actor, body: BatchReject) -> list[Channel]:
    """Turn many away at once; what is no request any more is left out."""
    return await _reject(unit, actor, body.channel_ids)


async def preview(unit: Unit, actor: Actor, query: RequestsQuery) -> list[MessageRequest]:
    """The first message of each of these requests."""
    pending = await unit.all(queries.PENDING, actor.id, query.channel_ids)
    channel_ids = [row["channel_id"] for row in pending]
    since = [at(row["requested_at"]) for row in pending]
    return [
        MessageRequest(
            channel_id=row["channel_id"],
            message_preview=await reading.one(unit, row["channel_id"], row["id"], actor.id),
        )
        for row in await unit.all(queries.FIRST_MESSAGES, channel_ids, since)
    ]


async def _reject(unit: Unit, actor: Actor, channel_ids: Sequence[Snowflake]) -> list[Channel]:
    rows = await unit.all(queries.REJECT, channel_ids, actor.id)
    rejected = [row["channel_id"] for row in rows]
    await seeing.tell(unit, events.ChannelUpdate, rejected, [actor.id])
    await seeing.tell(unit, events.ChannelDelete, rejected, [actor.id])
    return [view.channel for view in await seeing.views(unit, rejected, [actor.id])]
