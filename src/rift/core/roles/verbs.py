"""What can be done with roles."""

from msgspec import UNSET

from rift import errors, events
from rift.core import access
from rift.core.access import Hall
from rift.core.actor import Actor
from rift.core.auditlog.recording import changed, record
from rift.core.guilds import holding
from rift.core.pictures import frames, keeping
from rift.core.roles import hierarchy, placing, queries, shapes
from rift.core.unit import Unit
from rift.errors import InvalidForm
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire import gateway
from rift.wire.auditlog import Action
from rift.wire.roles import CreateRole, ModifyRole, Role, RolePosition
from rift.world import loading

_MANAGE = Permission.MANAGE_ROLES
_OF_EVERYONE = {"permissions", "upload_bytes"}
"""What can be changed of @everyone."""


async def list_all(unit: Unit, actor: Actor, guild_id: Snowflake) -> list[Role]:
    """All roles of a guild, @everyone first."""
    hall = await access.guild(unit, actor, guild_id)
    return hall.guild.whole().roles


async def fetch(unit: Unit, actor: Actor, guild_id: Snowflake, role_id: Snowflake) -> Role:
    """One role."""
    hall = await access.guild(unit, actor, guild_id)
    return hierarchy.find(hall.guild, role_id)


async def count_members(unit: Unit, actor: Actor, guild_id: Snowflake) -> dict[str, int]:
    """How many members have each role; @everyone is not among them."""
    hall = await access.guild(unit, actor, guild_id)
    found = await unit.all(queries.MEMBER_COUNTS, guild_id)
    held = {row["role_id"]: row["count"] for row in found}
    return {id_: held.get(id_, 0) for id_ in hall.guild.roles if id_ != guild_id}


async def create(unit: Unit, actor: Actor, guild_id: Snowflake, body: CreateRole) -> Role:
    """Make a role, which begins right above @everyone."""
    await access.guild(unit, actor, guild_id, _MANAGE)
    role_id = unit.new_id()
    pictures = await keeping.taken(unit, body, frames.of_role(role_id))
    hall = await holding.hall(unit, actor, guild_id, _MANAGE)
    most = unit.settings.limits.roles_per_guild
    if len(hall.guild.roles) >= most:
        raise errors.TooManyRoles(f"Maximum number of guild roles reached ({most})")
    columns = shapes.columns(body, pictures)
    hierarchy.check_grant(hall.permissions, int(columns.get("permissions", 0)))
    everyone = int(hall.guild.roles[guild_id].permissions)
    row = shapes.inserted(role_id, guild_id, everyone, columns)
    role = loading.role_from_row(await unit.one(queries.INSERT, [row]))
    await placing.add(unit, hall.guild, role)
    await record(unit, actor, guild_id, changed(Action.ROLE_CREATE, role.id, None, role))
    return role


async def modify(
    unit: Unit, actor: Actor, guild_id: Snowflake, role_id: Snowflake, body: ModifyRole
) -> Role:
    """Change a role below one's own."""
    seen = await access.guild(unit, actor, guild_id, _MANAGE)
    shown = hierarchy.below(seen, role_id)
    pictures = await keeping.taken(unit, body, frames.of_role(role_id), shown)
    hall = await holding.hall(unit, actor, guild_id, _MANAGE)
    before = hierarchy.below(hall, role_id)
    columns = {
        field: value
        for field, value in shapes.columns(body, pictures).items()
        if value != _standing(before, field)
    }
    if not columns:
        return before
    if role_id == guild_id and not columns.keys() <= _OF_EVERYONE:
        raise errors.InvalidRole
    wanted = int(columns.get("permissions", before.permissions))
    hierarchy.check_grant(hall.permissions, wanted, int(before.permissions))
    role = loading.role_from_row(await unit.one(queries.UPDATE, role_id, columns))
    unit.emit(events.RoleUpdate(data=gateway.GuildRoleChange(guild_id=guild_id, role=role)))
    await record(unit, actor, guild_id, changed(Action.ROLE_UPDATE, role_id, before, role))
    return role


def _standing(role: Role, field: str) -> object:
    value = getattr(role, field)
    return None if value is UNSET else value


async def delete(unit: Unit, actor: Actor, guild_id: Snowflake, role_id: Snowflake) -> None:
    """Delete a role; members and overwrites lose it with it."""
    hall = await holding.hall(unit, actor, guild_id, _MANAGE)
    role = hierarchy.below(hall, role_id)
    if role.managed or role_id == guild_id:
        raise errors.InvalidRole
    await placing.remove(unit, hall.guild, role_id)
    await record(unit, actor, guild_id, changed(Action.ROLE_DELETE, role_id, role, None))


async def reorder(
    unit: Unit, actor: Actor, guild_id: Snowflake, body: list[RolePosition]
) -> list[Role]:
    """Move roles to other places, all of them below one's own."""
    hall = await holding.hall(unit, actor, guild_id, _MANAGE)
    _check_wishes(hall, body)
    before = placing.order(hall.guild)
    after = placing.rearranged(before, [wish for wish in body if wish.id != guild_id])
    hierarchy.check_order(hall, before, after)
    placed = await placing.settle(unit, guild_id, after)
    wished = {wish.id for wish in body}
    moved = [
        changed(Action.ROLE_UPDATE, role.id, hall.guild.roles[role.id], role)
        for role in placed
        if role.id in wished
    ]
    await record(unit, actor, guild_id, *moved)
    return [hall.guild.roles[guild_id], *placed]


def _check_wishes(hall: Hall, wishes: list[RolePosition]) -> None:
    for number, wish in enumerate(wishes):
        hierarchy.find(hall.guild, wish.id)
        if wish.id == hall.guild.id and wish.position:
            raise errors.InvalidRole
        if any(wish.id == other.id for other in wishes[:number]):
            words = "The Set already contains this value"
            raise InvalidForm.at(f"{number}.id", "SET_TYPE_ALREADY_CONTAINS_VALUE", words)
