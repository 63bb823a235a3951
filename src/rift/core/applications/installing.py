"""How a bot gets into a guild: somebody who manages the guild consents, and it joins."""

import msgspec

from rift import errors
from rift.core import access
from rift.core.actor import Actor
from rift.core.applications import queries
from rift.core.auditlog.recording import done, record
from rift.core.guilds import holding
from rift.core.members.joining import join
from rift.core.roles import placing
from rift.core.roles import queries as role_queries
from rift.core.roles import shapes as role_shapes
from rift.core.unit import Unit
from rift.permissions import ALL, Permission
from rift.snowflake import Snowflake
from rift.wire.auditlog import Action
from rift.wire.limits import Json
from rift.wire.roles import Role
from rift.wire.users import User
from rift.world import Picture, loading


async def install(
    unit: Unit, actor: Actor, guild_id: Snowflake, bot_id: Snowflake | None, wished: int
) -> int:
    """Bring an application into a guild, with its bot if there is one; the bot's permissions."""
    await access.guild(unit, actor, guild_id, Permission.MANAGE_GUILD)
    hall = await holding.hall(unit, actor, guild_id, Permission.MANAGE_GUILD)
    # Nobody gives a bot what they do not have themselves.
    granted = wished & hall.permissions & ALL
    if bot_id is not None and await bring(unit, hall.guild, bot_id, granted):
        await record(unit, actor, guild_id, done(Action.BOT_ADD, bot_id))
    return granted


async def bring(unit: Unit, picture: Picture, bot_id: Snowflake, permissions: int) -> bool:
    """Make a bot a member of a guild that is held; False where it was one already."""
    if await holding.member(unit, picture, bot_id) is not None:
        return False
    roles = []
    if permissions:
        role = await _role(unit, picture, bot_id, permissions)
        roles.append(role.id)
    await join(unit, picture, bot_id, roles)
    return True


async def _role(unit: Unit, picture: Picture, bot_id: Snowflake, permissions: int) -> Role:
    """The role that is the bot's alone, and goes when it goes."""
    most = unit.settings.limits.roles_per_guild
    if len(picture.roles) >= most:
        raise errors.TooManyRoles(f"Maximum number of guild roles reached ({most})")
    bot = msgspec.convert((await unit.all(queries.USERS, [bot_id]))[0], User)
    named = {"name": bot.username, "managed": True, "tags": {"bot_id": bot_id}}
    row = role_shapes.inserted(unit.new_id(), picture.id, permissions, named)
    role = loading.role_from_row(await unit.one(role_queries.INSERT, [row]))
    await placing.add(unit, picture, role)
    return role


async def manageable(unit: Unit, actor: Actor) -> list[Json]:
    """The guilds that the actor manages, as a page offers them."""
    halls = (await access.sight(unit, actor)).guilds.values()
    shown = {hall.guild.id: (hall, hall.permissions | hall.withheld) for hall in halls}
    return [
        {
            "id": id_,
            "name": hall.guild.guild.name,
            "icon": hall.guild.guild.icon,
            "mfa_level": hall.guild.guild.mfa_level,
            "permissions": str(permissions),
        }
        for id_, (hall, permissions) in shown.items()
        if permissions & Permission.MANAGE_GUILD.value
    ]
