"""Roles over the simple door, where a role is named by its id alone."""

from msgspec import UNSET, UnsetType

from rift.core.actor import Actor
from rift.core.guilds import holding
from rift.core.members import verbs as members
from rift.core.roles import finding
from rift.core.roles import verbs as roles
from rift.core.unit import Unit
from rift.doors.simple import bits, shapes, translation
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire import roles as wire


async def create(
    unit: Unit, actor: Actor, server_id: Snowflake, body: shapes.CreateRole
) -> shapes.Role:
    """Make a role."""
    form = wire.CreateRole(
        name=body.name,
        permissions=str(bits.written("permissions", body.permissions)),
        color=body.color,
        hoist=body.hoist,
        mentionable=body.mentionable,
    )
    return translation.role(await roles.create(unit, actor, server_id, form), server_id)


async def list_all(unit: Unit, actor: Actor, server_id: Snowflake) -> list[shapes.Role]:
    """The roles of a server; the one with the server's id is everybody's."""
    listed = await roles.list_all(unit, actor, server_id)
    return [translation.role(role, server_id) for role in listed]


async def modify(
    unit: Unit, actor: Actor, role_id: Snowflake, body: shapes.ModifyRole
) -> shapes.Role:
    """Change a role; permissions that have no bit here stay as they were."""
    guild_id = await finding.guild_of(unit, actor, role_id)
    permissions: str | UnsetType = UNSET
    if isinstance(body.permissions, int):
        hall = await holding.hall(unit, actor, guild_id, Permission.MANAGE_ROLES)
        before = int(hall.guild.roles[role_id].permissions)
        permissions = str(bits.written("permissions", body.permissions, before))
    form = wire.ModifyRole(
        name=body.name,
        permissions=permissions,
        color=body.color,
        hoist=body.hoist,
        mentionable=body.mentionable,
    )
    return translation.role(await roles.modify(unit, actor, guild_id, role_id, form), guild_id)


async def delete(unit: Unit, actor: Actor, role_id: Snowflake) -> None:
    """Delete a role."""
    guild_id = await finding.guild_of(unit, actor, role_id)
    await roles.delete(unit, actor, guild_id, role_id)


async def give(unit: Unit, actor: Actor, role_id: Snowflake, user_id: Snowflake) -> None:
    """Give a member a role."""
    guild_id = await finding.guild_of(unit, actor, role_id)
    await members.add_role(unit, actor, guild_id, user_id, role_id)


async def take(unit: Unit, actor: Actor, role_id: Snowflake, user_id: Snowflake) -> None:
    """Take a role from a member."""
    guild_id = await finding.guild_of(unit, actor, role_id)
    await members.remove_role(unit, actor, guild_id, user_id, role_id)
