"""What can be done with stage instances."""

from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from rift import errors, events
from rift.core import access
from rift.core.access import GuildRoom
from rift.core.actor import Actor
from rift.core.guilds import holding
from rift.core.happenings import changing
from rift.core.stages import opening, queries, sayings
from rift.core.unit import Unit
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.auditlog import Action
from rift.wire.channels import ChannelType
from rift.wire.happenings import EntityType, ScheduledEvent, Status
from rift.wire.stages import CreateStage, ModifyStage, StageInstance

_MODERATE = Permission.MANAGE_CHANNELS | Permission.MUTE_MEMBERS | Permission.MOVE_MEMBERS


async def create(unit: Unit, actor: Actor, body: CreateStage) -> StageInstance:
    """Open a stage; an event that was to be there begins with it."""
    room = await holding.room(unit, actor, body.channel_id, _MODERATE)
    if room.channel.type != ChannelType.GUILD_STAGE_VOICE:
        raise errors.WrongChannelType
    if body.send_start_notification:
        room.require(Permission.MENTION_EVERYONE)
    if body.channel_id in room.guild.stages:
        raise errors.StageAlreadyOpen
    event = None
    if body.guild_scheduled_event_id is not None:
        event = _event(room, body.guild_scheduled_event_id)
    stage = StageInstance(
        id=unit.new_id(),
        guild_id=room.guild.id,
        channel_id=body.channel_id,
        topic=body.topic,
        privacy_level=body.privacy_level or 2,
        guild_scheduled_event_id=None if event is None else event.id,
    )
    calls = bool(body.send_start_notification)
    await opening.open_(unit, actor, room.guild, stage, calls=calls)
    if event is not None:
        begun = replace(event, status=Status.ACTIVE, entity_id=stage.id)
        await changing.store(unit, actor, event, begun)
    return stage


async def fetch(unit: Unit, actor: Actor, channel_id: Snowflake) -> StageInstance:
    """What goes on in a stage channel."""
    return _find(await access.guild_channel(unit, actor, channel_id))


async def modify(
    unit: Unit, actor: Actor, channel_id: Snowflake, body: ModifyStage
) -> StageInstance:
    """Change what it is about."""
    room = await holding.room(unit, actor, channel_id, _MODERATE)
    before = _find(room)
    given: dict[str, Any] = {
        name: getattr(body, name)
        for name in ("topic", "privacy_level")
        if getattr(body, name) is not UNSET
    }
    after = replace(before, **given)
    if after != before:
        await unit.run(queries.UPDATE, after.id, after.topic, after.privacy_level)
        unit.emit(events.StageUpdate(data=after))
        await opening.note(unit, actor, Action.STAGE_INSTANCE_UPDATE, before, after)
        if after.topic != before.topic:
            await sayings.renamed(unit, room.guild, room.member, after)
    return after


async def delete(unit: Unit, actor: Actor, channel_id: Snowflake) -> None:
    """Close a stage; the event that is there is over."""
    room = await holding.room(unit, actor, channel_id, _MODERATE)
    await changing.close_stage(unit, actor, room.guild, _find(room))


def _find(room: GuildRoom) -> StageInstance:
    stage = room.guild.stages.get(room.channel.id)
    if stage is None:
        raise errors.UnknownStageInstance
    return stage


def _event(room: GuildRoom, event_id: Snowflake) -> ScheduledEvent:
    """The event that begins with a stage."""
    event = room.guild.happenings.get(event_id)
    if event is None:
        raise errors.UnknownScheduledEvent
    place = (event.entity_type, event.channel_id)
    if place != (EntityType.STAGE_INSTANCE, room.channel.id):
        raise errors.OtherEntityType
    return event
