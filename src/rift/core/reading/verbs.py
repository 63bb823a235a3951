"""What can be done with read states."""

from collections.abc import Iterator
from typing import Final

from rift import errors, events
from rift.core import access
from rift.core.actor import Actor
from rift.core.reading import acks, queries
from rift.core.reading.acks import CHANNEL, OF_GUILDS, OF_USERS, Ack
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire import reading as wire
from rift.world import Picture

_ACKED: Final = wire.Acked()


async def ack_message(
    unit: Unit, actor: Actor, channel_id: Snowflake, message_id: Snowflake, body: wire.AckMessage
) -> wire.Acked:
    """Say up to where one has read a channel; back one goes by hand only."""
    actor.must_be_person()
    room = await access.channel(unit, actor, channel_id)
    by_hand = bool(body.manual)
    if by_hand:
        now = unit.new_id()
        last_id = min(message_id, now, key=int)
        counted = body.mention_count
        row = await unit.one(queries.ACK_BY_HAND, actor.id, channel_id, last_id, counted, now)
    else:
        await acks.advance(unit, actor, [Ack(CHANNEL, room.channel.id, message_id)])
        row = await unit.one(queries.POSITIONS, actor.id, [channel_id])
    if body.flags is not None or body.last_viewed is not None:
        await unit.run(queries.NOTE, actor.id, channel_id, body.flags, body.last_viewed)
    shape = {"flags": body.flags, "last_viewed": body.last_viewed, "manual": by_hand or None}
    await acks.tell(unit, actor, [row], **shape)
    return _ACKED


async def ack_pins(unit: Unit, actor: Actor, channel_id: Snowflake) -> None:
    """Say that one has seen what is pinned in a channel."""
    actor.must_be_person()
    room = await access.channel(unit, actor, channel_id)
    newest = room.channel.last_pin_timestamp
    if not newest:
        return
    row = await unit.one(queries.ACK_PINS, actor.id, channel_id, newest)
    data = wire.ChannelPinsAck(
        channel_id=channel_id, timestamp=row["last_pin_timestamp"], version=int(row["version"])
    )
    unit.emit(events.ChannelPinsAck(data=data, to=(actor.id,)))


async def ack_guild(unit: Unit, actor: Actor, guild_id: Snowflake) -> None:
    """Say that one has read all there is in a guild."""
    actor.must_be_person()
    hall = await access.guild(unit, actor, guild_id)
    seen = hall.guild.places(hall.member)
    read = [*_newest(hall.guild, seen), *(Ack(it, guild_id, unit.new_id()) for it in OF_GUILDS)]
    await acks.tell(unit, actor, await acks.advance(unit, actor, read))


async def ack_guild_feature(
    unit: Unit,
    actor: Actor,
    guild_id: Snowflake,
    read_state_type: str,
    entity_id: Snowflake,
    body: wire.AckFeature,  # noqa: ARG001  # it only has a token of former times
) -> wire.Acked:
    """Say up to where one has seen a feature of a guild."""
    actor.must_be_person()
    hall = await access.guild(unit, actor, guild_id)
    ack = Ack(_feature(read_state_type, OF_GUILDS), hall.guild.id, entity_id)
    await acks.tell(unit, actor, await acks.advance(unit, actor, [ack]))
    return _ACKED


async def ack_user_feature(
    unit: Unit,
    actor: Actor,
    read_state_type: str,
    entity_id: Snowflake,
    body: wire.AckFeature,  # noqa: ARG001  # it only has a token of former times
) -> wire.Acked:
    """Say up to where one has seen something that is in no channel and no guild."""
    actor.must_be_person()
    ack = Ack(_feature(read_state_type, OF_USERS), actor.id, entity_id)
    await acks.tell(unit, actor, await acks.advance(unit, actor, [ack]))
    return _ACKED


async def ack_bulk(unit: Unit, actor: Actor, body: wire.AckBulk) -> None:
    """Say of very many things at once up to where one has read them; unknown ones are left out."""
    actor.must_be_person()
    around = await access.sight(unit, actor)
    read = [ack for ack in _acks(body) if ack.last_id != "0"]
    known = list(_known(actor, around, read))
    await acks.tell(unit, actor, await acks.advance(unit, actor, known))


async def forget(
    unit: Unit, actor: Actor, channel_id: Snowflake, body: wire.DeleteReadState
) -> None:
    """Keep no longer up to where one has read something, be it a channel or not."""
    actor.must_be_person()
    await unit.run(queries.FORGET, actor.id, body.read_state_type or CHANNEL, channel_id)


def _newest(picture: Picture, seen: frozenset[Snowflake]) -> Iterator[Ack]:
    for channel_id, message_id in picture.last_messages.items():
        if channel_id in seen:
            yield Ack(CHANNEL, Snowflake(channel_id), message_id)


def _feature(text: str, known: frozenset[int]) -> int:
    type_ = next((it for it in known if str(it) == text), None)
    if type_ is None:
        raise errors.NotFound
    return type_


def _acks(body: wire.AckBulk) -> Iterator[Ack]:
    for it in body.read_states:
        yield Ack(it.read_state_type, it.channel_id, it.message_id)


def _known(actor: Actor, around: access.Sight, read: list[Ack]) -> Iterator[Ack]:
    """What is there and one may see: nobody keeps rows about anything else."""
    seen = around.seen()
    for ack in read:
        if ack.type == CHANNEL:
            there = ack.resource_id in seen
        elif ack.type in OF_GUILDS:
            there = ack.resource_id in around.guilds
        else:
            there = ack.resource_id == actor.id
        if there:
            yield ack
