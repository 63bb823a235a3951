"""What the chat of a stage says of what goes on there, in the name of who did it."""

from rift.core.access import Room
from rift.core.guilds import holding
from rift.core.messages import announcing
from rift.core.stages import queries
from rift.core.unit import Unit
from rift.permissions import ALL
from rift.snowflake import Snowflake
from rift.wire.members import Member
from rift.wire.stages import StageInstance
from rift.world import Picture


async def begun(
    unit: Unit, guild: Picture, member: Member, stage: StageInstance, *, calls: bool
) -> None:
    """Somebody opened it, and calls everybody if they want to."""
    await _say(unit, guild, member, stage, announcing.STAGE_BEGAN, calls=calls)


async def renamed(unit: Unit, guild: Picture, member: Member, stage: StageInstance) -> None:
    await _say(unit, guild, member, stage, announcing.STAGE_RENAMED)


async def ended(unit: Unit, guild: Picture, member: Member | None, stage: StageInstance) -> None:
    """Somebody closed it; what nobody did, who opened it is taken to have done."""
    if member is None:
        row = await unit.maybe(queries.OPENER, stage.channel_id, stage.id)
        member = None if row is None else await holding.member(unit, guild, row["author_id"])
    if member is not None:
        await _say(unit, guild, member, stage, announcing.STAGE_ENDED)


async def speaks(unit: Unit, guild: Picture, member: Member, channel_id: Snowflake | None) -> None:
    """Somebody speaks now in a channel, if that is a stage on which something goes on."""
    stage = guild.stages.get(channel_id or "")
    if stage is not None:
        await _say(unit, guild, member, stage, announcing.STAGE_SPEAKER)


async def _say(
    unit: Unit,
    guild: Picture,
    member: Member,
    stage: StageInstance,
    type_: int,
    *,
    calls: bool = False,
) -> None:
    room = Room(
        channel=guild.channels[stage.channel_id],
        user=member.user,
        permissions=ALL,
        guild=guild,
        member=member,
    )
    said = "" if type_ == announcing.STAGE_SPEAKER else stage.topic
    await announcing.announce(unit, room, type_, {"content": said, "mention_everyone": calls})
