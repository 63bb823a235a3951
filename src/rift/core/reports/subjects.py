"""What a report is about: found where the reporter sees it, and kept as it is at that moment."""

from typing import Final

from msgspec import Struct

from rift import errors
from rift.core import access
from rift.core.actor import Actor
from rift.core.messages import queries as message_queries
from rift.core.messages import reading, rooms
from rift.core.reports import queries
from rift.core.unit import Unit
from rift.errors import InvalidForm
from rift.snowflake import Snowflake
from rift.wire.limits import Json
from rift.wire.reports import CreateReport

_ONESELF: Final = "You cannot report yourself."


class Subject(Struct, frozen=True, kw_only=True):
    """Without a guild it is for those who own the instance alone."""

    user_id: Snowflake | None
    guild_id: Snowflake | None
    channel_id: Snowflake | None
    message_id: Snowflake | None = None
    message: Json | None = None
    profile: Json | None = None


async def find(unit: Unit, actor: Actor, body: CreateReport) -> Subject:
    """What somebody reports; it is there, and they see the place it is in."""
    if body.kind == "user":
        return await _user(unit, actor, body)
    channel_id, message_id = body.channel_id, body.message_id
    if channel_id is None or message_id is None:
        missing = "channel_id" if channel_id is None else "message_id"
        raise InvalidForm({missing: [errors.REQUIRED]})
    return await _message(unit, actor, channel_id, message_id)


async def _message(
    unit: Unit, actor: Actor, channel_id: Snowflake, message_id: Snowflake
) -> Subject:
    room = await rooms.enter(unit, actor, channel_id)
    row = await unit.maybe(message_queries.SEVERAL, channel_id, [message_id])
    if row is None:
        raise errors.UnknownMessage
    if row["author_id"] == actor.id:
        raise InvalidForm.at("message_id", "REPORT_ONESELF", _ONESELF)
    return Subject(
        user_id=row["author_id"] if row["persona"] is None else None,
        guild_id=room.guild_id or None,
        channel_id=channel_id,
        message_id=message_id,
        message=reading.frozen(row),
    )


async def _user(unit: Unit, actor: Actor, body: CreateReport) -> Subject:
    user_id, guild_id = body.user_id, body.guild_id
    if user_id is None:
        raise InvalidForm({"user_id": [errors.REQUIRED]})
    if user_id == actor.id:
        raise InvalidForm.at("user_id", "REPORT_ONESELF", _ONESELF)
    if body.channel_id is not None:
        guild_id = (await access.channel(unit, actor, body.channel_id)).guild_id or None
    elif guild_id is not None:
        await access.guild(unit, actor, guild_id)
    profile = await unit.maybe(queries.PROFILE, user_id, guild_id)
    if profile is None:
        raise errors.UnknownUser
    return Subject(user_id=user_id, guild_id=guild_id, channel_id=body.channel_id, profile=profile)
