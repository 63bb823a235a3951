"""How a stage is opened and closed, whoever wants it: its moderators, its event, or time."""

from msgspec.structs import replace

from rift import events
from rift.core.actor import Actor
from rift.core.auditlog.recording import changed, record
from rift.core.guilds import holding
from rift.core.stages import queries, sayings
from rift.core.unit import Unit
from rift.core.voices import telling as voices
from rift.wire.auditlog import Action
from rift.wire.members import Member
from rift.wire.stages import StageInstance
from rift.world import Picture


async def open_(
    unit: Unit, actor: Actor | None, guild: Picture, stage: StageInstance, *, calls: bool = False
) -> None:
    """Open a stage that is not open in a held guild; who does and is there may speak at once."""
    said = (stage.topic, stage.privacy_level, stage.guild_scheduled_event_id)
    await unit.run(queries.INSERT, stage.id, stage.guild_id, stage.channel_id, *said)
    unit.emit(events.StageCreate(data=stage))
    await note(unit, actor, Action.STAGE_INSTANCE_CREATE, None, stage)
    member = await _doer(unit, guild, actor)
    if member is not None:
        await sayings.begun(unit, guild, member, stage, calls=calls)
        await _mount(unit, guild, member, stage)


async def close(
    unit: Unit, actor: Actor | None, guild: Picture, stage: StageInstance, *, silently: bool = False
) -> None:
    """Close a stage; what nobody did by hand is nobody's deed."""
    await unit.run(queries.DELETE, stage.id)
    unit.emit(events.StageDelete(data=stage))
    await note(unit, actor, Action.STAGE_INSTANCE_DELETE, stage, None)
    if not silently:
        await sayings.ended(unit, guild, await _doer(unit, guild, actor), stage)


async def close_in(
    unit: Unit,
    actor: Actor | None,
    guild: Picture,
    channel_id: str | None,
    *,
    silently: bool = False,
) -> None:
    """Close what is open in a channel of a held guild."""
    stage = guild.stages.get(channel_id or "")
    if stage is not None:
        await close(unit, actor, guild, stage, silently=silently)


async def _doer(unit: Unit, guild: Picture, actor: Actor | None) -> Member | None:
    return None if actor is None else await holding.member(unit, guild, actor.id)


async def _mount(unit: Unit, guild: Picture, member: Member, stage: StageInstance) -> None:
    state = guild.voices.get(member.user.id)
    if state is not None and state.channel_id == stage.channel_id:
        speaking = replace(state, suppress=False, request_to_speak_timestamp=None)
        await voices.change(unit, guild, member, speaking)


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
