"""The order of roles: @everyone at 0, the others at 1, 2, 3 without gaps."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from rift import events
from rift.core.automod import parting as automod
from rift.core.roles import queries
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire import gateway
from rift.wire.roles import Role, RolePosition
from rift.world.picture import Picture, rank


def order(picture: Picture) -> list[Role]:
    """All roles but @everyone, the lowest first."""
    return sorted((role for role in picture.roles.values() if role.id != picture.id), key=rank)


def rearranged(roles: Sequence[Role], wishes: Iterable[RolePosition]) -> list[Role]:
    """The order in which those who have a wish stand where they want, and the rest in between.

    Of two at one position the older is mightier, as everywhere.
    """
    wanted = {wish.id: wish.position for wish in wishes if wish.position is not None}
    rest = [role for role in roles if role.id not in wanted]
    moving = [role for role in roles if role.id in wanted]
    for role in sorted(moving, key=lambda role: (wanted[role.id], int(role.id))):
        rest.insert(max(wanted[role.id], 1) - 1, role)
    return rest


async def settle(unit: Unit, guild_id: Snowflake, roles: Sequence[Role]) -> list[Role]:
    """Give the roles, the lowest first, their positions; tell of those that changed."""
    placed = [replace(role, position=place) for place, role in enumerate(roles, start=1)]
    moved = [now for was, now in zip(roles, placed, strict=True) if was.position != now.position]
    if moved:
        places = [role.position for role in moved]
        await unit.run(queries.PLACE, [role.id for role in moved], places)
    for role in moved:
        change = gateway.GuildRoleChange(guild_id=guild_id, role=role)
        unit.emit(events.RoleUpdate(data=change))
    return placed


async def add(unit: Unit, picture: Picture, role: Role) -> None:
    """Tell of a role that was inserted at position 1 of a held guild; the others make room."""
    created = gateway.GuildRoleChange(guild_id=picture.id, role=role)
    unit.emit(events.RoleCreate(data=created))
    await settle(unit, picture.id, [role, *order(picture)])


async def remove(unit: Unit, picture: Picture, role_id: Snowflake) -> None:
    """Delete a role of a held guild; members and overwrites lose it, and the others close up."""
    await unit.run(queries.TAKE_FROM_MEMBERS, picture.id, role_id)
    await unit.run(queries.DROP_OVERWRITES, picture.id, role_id)
    await unit.run(queries.DELETE, role_id)
    await automod.part_with_role(unit, picture, role_id)
    gone = gateway.GuildRoleDelete(guild_id=picture.id, role_id=role_id)
    unit.emit(events.RoleDelete(data=gone))
    await settle(unit, picture.id, [role for role in order(picture) if role.id != role_id])
