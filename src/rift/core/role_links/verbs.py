"""What can be done with linked roles: say what they take, see how one stands, take one, let go."""

from msgspec import UNSET, to_builtins
from msgspec.structs import asdict

from rift import errors, events
from rift.core import access
from rift.core.access import Hall
from rift.core.actor import Actor
from rift.core.applications import queries as application_queries
from rift.core.auditlog.recording import Deed, record
from rift.core.guilds import holding
from rift.core.integrations import keeping as integrations
from rift.core.members import changes
from rift.core.role_links import checking, doubting, judging, queries
from rift.core.role_links.judging import Rules
from rift.core.roles import hierarchy
from rift.core.roles import queries as role_queries
from rift.core.unit import Unit
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.auditlog import Action, Change
from rift.wire.gateway import GuildRoleChange
from rift.wire.integrations import IntegrationApplication
from rift.wire.role_links import JudgedRequirement, RoleLink, RoleRequirement, RoleRulesBody
from rift.wire.roles import Role
from rift.world import loading

_MANAGE = Permission.MANAGE_ROLES


async def list_all(unit: Unit, actor: Actor, guild_id: Snowflake) -> list[RoleLink]:
    """The linked roles of a guild, with what each takes."""
    await access.guild(unit, actor, guild_id)
    rows = await unit.all(queries.OF_GUILD, guild_id)
    rules = {row["role_id"]: judging.read(row["rules"]) for row in rows}
    known = await _applications(unit, judging.applications(rules.values()))
    return [
        RoleLink(
            role_id=role_id,
            rules=each,
            applications={id_: known[id_] for id_ in judging.applications([each]) & known.keys()},
        )
        for role_id, each in rules.items()
    ]


async def fetch(
    unit: Unit, actor: Actor, guild_id: Snowflake, role_id: Snowflake
) -> list[list[RoleRequirement]]:
    """What a role takes; nothing where it is given by others."""
    hall = await access.guild(unit, actor, guild_id, _MANAGE)
    hierarchy.find(hall.guild, role_id)
    return await _rules(unit, guild_id, role_id)


async def put(
    unit: Unit, actor: Actor, guild_id: Snowflake, role_id: Snowflake, body: RoleRulesBody
) -> list[list[RoleRequirement]]:
    """Say what a role takes; from who has it and is something else it is taken soon."""
    hall = await holding.hall(unit, actor, guild_id, _MANAGE)
    role = hierarchy.below(hall, role_id)
    if role.managed or role_id == guild_id:
        raise errors.InvalidRole
    before, after = await _rules(unit, guild_id, role_id), await checking.checked(unit, body)
    if after == before:
        return after
    if after:
        await unit.run(queries.PUT, role_id, guild_id, to_builtins(after))
        await doubting.of_role(unit, role_id)
    else:
        await unit.run(queries.DELETE, role_id)
    await _mark(unit, guild_id, role, is_linked=bool(after))
    told = Change(key="connections", old_value=_told(before), new_value=_told(after))
    await record(unit, actor, guild_id, Deed(Action.ROLE_UPDATE, role_id, [told]))
    return after


async def judge(
    unit: Unit, actor: Actor, guild_id: Snowflake, role_id: Snowflake
) -> list[list[JudgedRequirement]]:
    """What a linked role takes, and what of it one is."""
    hall = await access.guild(unit, actor, guild_id)
    rules = await _linked(unit, hall, role_id)
    stands = await judging.standing(unit, actor.id, [rules])
    asked = judging.applications([rules])
    known = await _applications(unit, asked)
    facts = {
        (row["application_id"], row["key"]): row
        for row in await unit.all(queries.FACTS, list(asked))
    }

    def judged(one: RoleRequirement) -> JudgedRequirement:
        fact = facts.get((one.application_id, one.connection_metadata_field or ""))
        return JudgedRequirement(
            **asdict(one),
            application=known.get(one.application_id, UNSET),
            name=fact["name"] if fact else UNSET,
            description=fact["description"] if fact else UNSET,
            result=stands.is_met(one),
        )

    return [list(map(judged, wanted)) for wanted in rules]


async def assign(unit: Unit, actor: Actor, guild_id: Snowflake, role_id: Snowflake) -> None:
    """Take a linked role, being all that one of its ways takes."""
    hall = await holding.hall(unit, actor, guild_id)
    rules = await _linked(unit, hall, role_id)
    stands = await judging.standing(unit, actor.id, [rules])
    if not stands.meets(rules):
        raise errors.MissingPermissions("You do not meet what this role asks for.")
    roles = sorted({*hall.member.roles, role_id}, key=int)
    await changes.store(unit, actor, hall, hall.member, {"roles": roles})


async def unassign(unit: Unit, actor: Actor, guild_id: Snowflake, role_id: Snowflake) -> None:
    """Let go of a linked role."""
    hall = await holding.hall(unit, actor, guild_id)
    await _linked(unit, hall, role_id)
    roles = [id_ for id_ in hall.member.roles if id_ != role_id]
    await changes.store(unit, actor, hall, hall.member, {"roles": roles})


async def _mark(unit: Unit, guild_id: Snowflake, role: Role, *, is_linked: bool) -> None:
    """Let everybody see which roles are linked."""
    if (role.tags is not UNSET and role.tags.guild_connections is None) == is_linked:
        return
    tags = {"guild_connections": None} if is_linked else None
    marked = loading.role_from_row(await unit.one(role_queries.TAG, role.id, tags))
    unit.emit(events.RoleUpdate(data=GuildRoleChange(guild_id=guild_id, role=marked)))


async def _rules(unit: Unit, guild_id: Snowflake, role_id: Snowflake) -> Rules:
    row = await unit.maybe(queries.ONE, guild_id, role_id)
    return [] if row is None else judging.read(row["rules"])


async def _linked(unit: Unit, hall: Hall, role_id: Snowflake) -> Rules:
    """The rules of a role that is linked."""
    hierarchy.find(hall.guild, role_id)
    rules = await _rules(unit, hall.guild.id, role_id)
    if not rules:
        raise errors.InvalidRole
    return rules


def _told(rules: Rules) -> object:
    return to_builtins(rules) if rules else UNSET


async def _applications(unit: Unit, ids: set[Snowflake]) -> dict[Snowflake, IntegrationApplication]:
    rows = await unit.all(application_queries.SOME, list(ids))
    return {row["id"]: integrations.linkable(row["id"], row) for row in rows}
