"""Channels, their overrides and private channels over the simple door."""

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import UNSET

from rift import errors
from rift.core import access
from rift.core.actor import Actor
from rift.core.channels import overwrites
from rift.core.channels import verbs as channels
from rift.core.guilds import holding
from rift.core.private_channels import verbs as private_channels
from rift.core.unit import Unit
from rift.doors.simple import bits, ids, shapes, translation
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire import channels as wire
from rift.wire.channels import Overwrite

_TYPES: Final[Mapping[shapes.NewChannelKind, Literal[0, 2, 4, 5, 13]]] = {
    "text": 0,
    "voice": 2,
    "category": 4,
    "announcement": 5,
    "stage": 13,
}


async def create(
    unit: Unit, actor: Actor, server_id: Snowflake, body: shapes.CreateChannel
) -> shapes.Channel:
    """Make a channel."""
    form = wire.CreateChannel(
        name=body.name,
        type=_TYPES[body.kind],
        topic=UNSET if body.topic is None else body.topic,
        position=UNSET if body.position is None else body.position,
        parent_id=UNSET if body.category_id is None else ids.given("category_id", body.category_id),
    )
    return translation.channel(await channels.create(unit, actor, server_id, form))


async def list_all(unit: Unit, actor: Actor, server_id: Snowflake) -> list[shapes.Channel]:
    """The channels one may see."""
    return [translation.channel(it) for it in await channels.list_all(unit, actor, server_id)]


async def fetch(unit: Unit, actor: Actor, channel_id: Snowflake) -> shapes.Channel:
    """One channel of a server."""
    await access.guild_channel(unit, actor, channel_id)
    return translation.channel(await channels.fetch(unit, actor, channel_id))


async def modify(
    unit: Unit, actor: Actor, channel_id: Snowflake, body: shapes.ModifyChannel
) -> shapes.Channel:
    """Change a channel of a server."""
    await access.guild_channel(unit, actor, channel_id)
    parent = body.category_id
    form = wire.ModifyChannel(
        name=body.name,
        topic=body.topic,
        position=body.position,
        parent_id=ids.given("category_id", parent) if isinstance(parent, str) else parent,
    )
    return translation.channel(await channels.modify(unit, actor, channel_id, form))


async def delete(unit: Unit, actor: Actor, channel_id: Snowflake) -> None:
    """Delete a server's channel, close a direct message, leave a group."""
    await channels.delete(unit, actor, channel_id, wire.DeleteChannelQuery())


# Overrides


async def list_overrides(unit: Unit, actor: Actor, channel_id: Snowflake) -> list[shapes.Override]:
    """What a channel allows and denies to whom."""
    channel = await channels.fetch(unit, actor, channel_id)
    return [translation.override(it) for it in overwrites.of(channel)]


async def fetch_override(
    unit: Unit, actor: Actor, channel_id: Snowflake, target_id: Snowflake
) -> shapes.Override:
    """The same for one role or user."""
    found = _override(await channels.fetch(unit, actor, channel_id), target_id)
    if found is None:
        raise errors.UnknownOverwrite
    return translation.override(found)


async def put_override(
    unit: Unit,
    actor: Actor,
    channel_id: Snowflake,
    target_id: Snowflake,
    body: shapes.PutOverride,
) -> shapes.Override:
    """Allow and deny a role or a user something; what has no bit here stays as it was."""
    room = await holding.room(unit, actor, channel_id, Permission.MANAGE_ROLES)
    before = _override(room.guild.channel(channel_id), target_id)
    allow, deny = (int(before.allow), int(before.deny)) if before else (0, 0)
    form = wire.PutOverwrite(
        type=0 if body.kind == "role" else 1,
        allow=str(bits.written("allow", body.allow, allow)),
        deny=str(bits.written("deny", body.deny, deny)),
    )
    await channels.put_overwrite(unit, actor, channel_id, target_id, form)
    return shapes.Override(
        target_id=ids.shown(target_id),
        kind=body.kind,
        allow=bits.shown(int(form.allow or 0)),
        deny=bits.shown(int(form.deny or 0)),
    )


async def delete_override(
    unit: Unit, actor: Actor, channel_id: Snowflake, target_id: Snowflake
) -> None:
    """Leave a role or a user again with what the server gives them."""
    await channels.delete_overwrite(unit, actor, channel_id, target_id)


def _override(channel: wire.Channel, target_id: Snowflake) -> Overwrite | None:
    return next((it for it in overwrites.of(channel) if it.id == target_id), None)


# Private channels


async def open_private(
    unit: Unit, actor: Actor, body: shapes.OpenPrivateChannel
) -> shapes.PrivateChannel:
    """Open the direct message with somebody, or make a group of friends."""
    named = [ids.given("participant_ids", text) for text in body.participant_ids]
    form = wire.CreatePrivateChannel(recipients=named)
    return translation.private_channel(await private_channels.create(unit, actor, form))


async def list_private(unit: Unit, actor: Actor) -> list[shapes.PrivateChannel]:
    """The private channels one has open."""
    opened = await private_channels.list_open(unit, actor)
    return [translation.private_channel(channel) for channel in opened]
