"""What can be done with reactions."""

from typing import Final

from msgspec import UNSET

from rift import errors, events
from rift.core.access import Room
from rift.core.actor import Actor
from rift.core.emojis import using
from rift.core.messages import people, rooms
from rift.core.private_channels import reaching
from rift.core.reactions import choosing, emojis, queries
from rift.core.unit import Row, Unit
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire import gateway
from rift.wire.emojis import PartialEmoji
from rift.wire.messages import ReactionsQuery
from rift.wire.users import User

_READ: Final = Permission.READ_MESSAGE_HISTORY
_MODERATE: Final = Permission.READ_MESSAGE_HISTORY | Permission.MANAGE_MESSAGES
_BURST: Final = 1


async def add(
    unit: Unit, actor: Actor, channel_id: Snowflake, message_id: Snowflake, emoji: str
) -> None:
    """React; joining an emoji that stands there already needs no permission to react."""
    wanted = emojis.checked(emoji)
    room = await reaching.enter(unit, actor, channel_id, _READ)
    message = await unit.maybe(queries.LOCK, channel_id, message_id)
    if message is None:
        raise errors.UnknownMessage
    if await unit.maybe(queries.BLOCK, message["author_id"], actor.id) is not None:
        raise errors.ReactionBlocked
    present = await _present(unit, channel_id, message_id)
    name = emojis.spelled(wanted, present)
    if name in present:
        shown = await _shown(unit, name)
    else:
        room.require(Permission.ADD_REACTIONS)
        shown = await choosing.chosen(unit, actor, room, name)
        _check_room_for_more(unit, present)
    if await unit.run(queries.ADD, channel_id, message_id, name, actor.id):
        if not message["reacted"]:
            await unit.run(queries.MARK, channel_id, message_id)
        unit.emit(_added(room, message, message_id, shown))


async def remove_own(
    unit: Unit, actor: Actor, channel_id: Snowflake, message_id: Snowflake, emoji: str
) -> None:
    """Take one's own reaction back."""
    room = await rooms.enter(unit, actor, channel_id, _READ)
    await _remove(unit, room, message_id, emoji, actor.id)


async def remove(
    unit: Unit,
    actor: Actor,
    channel_id: Snowflake,
    message_id: Snowflake,
    emoji: str,
    user_id: Snowflake,
) -> None:
    """Take somebody's reaction away."""
    needs = _READ if user_id == actor.id else _MODERATE
    room = await rooms.enter(unit, actor, channel_id, needs)
    await _remove(unit, room, message_id, emoji, user_id)


async def remove_all(
    unit: Unit, actor: Actor, channel_id: Snowflake, message_id: Snowflake
) -> None:
    """Take every reaction away."""
    room = await rooms.enter(unit, actor, channel_id, _MODERATE)
    await _locked(unit, channel_id, message_id)
    if await unit.run(queries.REMOVE_ALL, channel_id, message_id):
        await unit.run(queries.UNMARK, channel_id, message_id)
        gone = gateway.MessageReactionRemoveAll(
            channel_id=channel_id, message_id=message_id, guild_id=room.guild_id
        )
        unit.emit(events.ReactionRemoveAll(data=gone, to=room.people))


async def remove_emoji(
    unit: Unit, actor: Actor, channel_id: Snowflake, message_id: Snowflake, emoji: str
) -> None:
    """Take one emoji away, whoever put it there."""
    room = await rooms.enter(unit, actor, channel_id, _MODERATE)
    await _locked(unit, channel_id, message_id)
    name = await _standing(unit, channel_id, message_id, emoji)
    if await unit.run(queries.REMOVE_EMOJI, channel_id, message_id, name):
        gone = gateway.MessageReactionRemoveEmoji(
            channel_id=channel_id,
            message_id=message_id,
            guild_id=room.guild_id,
            emoji=await _shown(unit, name),
        )
        unit.emit(events.ReactionRemoveEmoji(data=gone, to=room.people))


async def users(
    unit: Unit,
    actor: Actor,
    channel_id: Snowflake,
    message_id: Snowflake,
    emoji: str,
    query: ReactionsQuery,
) -> list[User]:
    """Who reacted with an emoji, by id."""
    await rooms.enter(unit, actor, channel_id, _READ)
    if await unit.maybe(queries.MESSAGE, channel_id, message_id) is None:
        raise errors.UnknownMessage
    name = await _standing(unit, channel_id, message_id, emoji)
    if query.type == _BURST:
        return []
    rows = await unit.all(queries.USERS, channel_id, message_id, name, query.after, query.limit)
    return [people.user_from_row(row) for row in rows]


async def _locked(unit: Unit, channel_id: str, message_id: str) -> None:
    if await unit.maybe(queries.LOCK, channel_id, message_id) is None:
        raise errors.UnknownMessage


async def _remove(
    unit: Unit, room: Room, message_id: Snowflake, emoji: str, user_id: Snowflake
) -> None:
    channel_id = room.channel.id
    await _locked(unit, channel_id, message_id)
    name = await _standing(unit, channel_id, message_id, emoji)
    if await unit.run(queries.REMOVE, channel_id, message_id, name, user_id):
        gone = gateway.MessageReactionRemove(
            user_id=user_id,
            channel_id=channel_id,
            message_id=message_id,
            guild_id=room.guild_id,
            emoji=await _shown(unit, name),
        )
        unit.emit(events.ReactionRemove(data=gone, to=room.people))


async def _present(unit: Unit, channel_id: str, message_id: str) -> list[str]:
    rows = await unit.all(queries.EMOJIS, channel_id, message_id)
    return [row["emoji"] for row in rows]


async def _standing(unit: Unit, channel_id: str, message_id: str, emoji: str) -> str:
    """The emoji in the spelling it has below the message."""
    wanted = emojis.checked(emoji)
    return emojis.spelled(wanted, await _present(unit, channel_id, message_id))


def _check_room_for_more(unit: Unit, present: list[str]) -> None:
    most = unit.settings.limits.reactions_per_message
    if len(present) >= most:
        raise errors.TooManyReactions(f"Maximum number of reactions reached ({most})")


async def _shown(unit: Unit, name: str) -> PartialEmoji:
    """An emoji that stands below a message."""
    id_ = emojis.custom_id(name)
    return PartialEmoji(name=name) if id_ is None else await using.named(unit, id_)


def _added(
    room: Room, message: Row, message_id: Snowflake, emoji: PartialEmoji
) -> events.ReactionAdd:
    return events.ReactionAdd(
        data=gateway.MessageReactionAdd(
            user_id=room.user.id,
            channel_id=room.channel.id,
            message_id=message_id,
            guild_id=room.guild_id,
            member=room.member or UNSET,
            message_author_id=message["author_id"],
            emoji=emoji,
        ),
        to=room.people,
    )
