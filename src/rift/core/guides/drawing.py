"""What can be done with the icons of the guide of a guild."""

from rift import errors
from rift.core import access
from rift.core.access import Hall
from rift.core.actor import Actor
from rift.core.auditlog.recording import changed, record
from rift.core.guides import keeping, queries
from rift.core.guilds import holding
from rift.core.pictures import frames
from rift.core.pictures import keeping as pictures
from rift.core.pictures.frames import Frames
from rift.core.unit import Unit
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.auditlog import Action
from rift.wire.guides import GuideIconBody, NewMemberAction, ResourceChannel, ServerGuide

_MANAGE = Permission.MANAGE_GUILD


async def modify_action(
    unit: Unit, actor: Actor, guild_id: Snowflake, channel_id: Snowflake, body: GuideIconBody
) -> NewMemberAction:
    """Draw something there is to do."""
    icon = await _taken(unit, actor, guild_id, body, frames.of_action(channel_id))
    hall, before = await _held(unit, actor, guild_id)
    _check(channel_id, before.new_member_actions)
    if icon:
        await unit.run(queries.PUT_ACTION_ICON, channel_id, *icon)
    after = await _recorded(unit, actor, hall, before)
    return next(it for it in after.new_member_actions if it.channel_id == channel_id)


async def modify_resource(
    unit: Unit, actor: Actor, guild_id: Snowflake, channel_id: Snowflake, body: GuideIconBody
) -> ResourceChannel:
    """Draw something there is to read, or let it be."""
    icon = await _taken(unit, actor, guild_id, body, frames.of_resource(channel_id))
    hall, before = await _held(unit, actor, guild_id)
    _check(channel_id, before.resource_channels)
    await unit.run(queries.PUT_RESOURCE_ICON, channel_id, *(icon or [None]))
    after = await _recorded(unit, actor, hall, before)
    return next(it for it in after.resource_channels if it.channel_id == channel_id)


async def _taken(
    unit: Unit, actor: Actor, guild_id: Snowflake, body: GuideIconBody, frame: Frames
) -> list[str | None]:
    """The icon of a form; nothing where it names none."""
    await access.guild(unit, actor, guild_id, _MANAGE)
    return list((await pictures.taken(unit, body, frame)).values())


async def _held(unit: Unit, actor: Actor, guild_id: Snowflake) -> tuple[Hall, ServerGuide]:
    hall = await holding.hall(unit, actor, guild_id, _MANAGE)
    guide = await keeping.stored(unit, hall.guild)
    if guide is None:
        raise errors.UnknownChannel
    return hall, guide


def _check(channel_id: Snowflake, lines: list[NewMemberAction] | list[ResourceChannel]) -> None:
    if all(line.channel_id != channel_id for line in lines):
        raise errors.UnknownChannel


async def _recorded(unit: Unit, actor: Actor, hall: Hall, before: ServerGuide) -> ServerGuide:
    """The guide as it is now, which is written down."""
    after = await keeping.stored(unit, hall.guild) or before
    deed = changed(Action.HOME_SETTINGS_UPDATE, hall.guild.id, before, after)
    await record(unit, actor, hall.guild.id, deed)
    return after
