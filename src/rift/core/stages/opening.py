"""How a stage is opened and closed, whoever wants it: its moderators, its event, or time."""

from rift import events
from rift.core.actor import Actor
from rift.core.auditlog.recording import changed, record
from rift.core.stages import queries
from rift.core.unit import Unit
from rift.wire.auditlog import Action
from rift.wire.stages import StageInstance
from rift.world import Picture


async def open_(unit: Unit, actor: Actor | None, stage: StageInstance) -> None:
    """Open a stage that is not open; what nobody did by hand is nobody's deed."""
    said = (stage.topic, stage.privacy_level, stage.guild_scheduled_event_id)
    await unit.run(queries.INSERT, stage.id, stage.guild_id, stage.channel_id, *said)
    unit.emit(events.StageCreate(data=stage))
    await note(unit, actor, Action.STAGE_INSTANCE_CREATE, None, stage)


async def close(unit: Unit, actor: Actor | None, stage: StageInstance) -> None:
    await unit.run(queries.DELETE, stage.id)
    unit.emit(events.StageDelete(data=stage))
    await note(unit, actor, Action.STAGE_INSTANCE_DELETE, stage, None)


async def close_in(unit: Unit, actor: Actor | None, guild: Picture, channel_id: str | None) -> None:
    """Close what is open in a channel of a held guild."""
    stage = guild.stages.get(channel_id or "")
    if stage is not None:
        await close(unit, actor, stage)


async def note(
    unit: Unit,
    actor: Actor | None,
    action: Action,
    before: StageInstance | None,
    after: StageInstance | None,
) -> None:
    """Write down what somebody did with a stage."""
    stage = after or before
    if actor is not None and stage is not None:
        deed = changed(action, stage.id, before, after, channel_id=stage.channel_id)
        await record(unit, actor, stage.guild_id, deed)
