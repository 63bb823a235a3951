"""What can be done with the members of a guild."""

from msgspec import UNSET, structs

from rift import errors
from rift.core import access
from rift.core.access import Hall
from rift.core.actor import Actor
from rift.core.auditlog.recording import done, record
from rift.core.guilds import holding
from rift.core.join_requests import verbs as join_requests
from rift.core.members import bringing, changes, joining, queries
from rift.core.members.arriving import BYPASSES_VERIFICATION
from rift.core.members.searching import check_intent
from rift.core.pictures import frames, keeping
from rift.core.unit import Unit
from rift.core.voices import verbs as voices
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.auditlog import Action
from rift.wire.members import (
    AddMember,
    CurrentMember,
    Member,
    MembersQuery,
    ModifyCurrentMember,
    ModifyMember,
    NicknameAnswer,
)
from rift.world import loading
from rift.world import queries as world_queries


async def fetch(unit: Unit, actor: Actor, guild_id: Snowflake, user_id: Snowflake) -> Member:
    """One member."""
    hall = await access.guild(unit, actor, guild_id)
    return await access.member(unit, hall, user_id)


async def page(unit: Unit, actor: Actor, guild_id: Snowflake, query: MembersQuery) -> list[Member]:
    """Members in the order of their ids; for bots with the privileged intent."""
    await access.guild(unit, actor, guild_id)
    await check_intent(unit, actor)
    rows = await unit.all(world_queries.MEMBERS_AFTER, guild_id, query.after, query.limit)
    return [loading.member_from_row(row) for row in rows]


async def modify(
    unit: Unit, actor: Actor, guild_id: Snowflake, user_id: Snowflake, body: ModifyMember
) -> Member:
    """Name, roles, silence and timeout of a member."""
    hall = await holding.hall(unit, actor, guild_id)
    member = await _member(unit, hall, user_id)
    row = changes.columns(hall, member, body, unit.now())
    after = await changes.store(unit, actor, hall, member, row)
    if body.channel_id is not UNSET:
        await voices.move(unit, actor, hall, after, body.channel_id)
    if after.pending and after.flags & BYPASSES_VERIFICATION:
        return await join_requests.let_in(unit, actor, hall.guild, after)
    return after


async def modify_current(
    unit: Unit, actor: Actor, guild_id: Snowflake, body: ModifyCurrentMember
) -> CurrentMember:
    """One's own name, words and pictures in a guild."""
    own = await access.guild(unit, actor, guild_id)
    pictures = frames.of_member(guild_id, actor.id)
    row: changes.Row = {**await keeping.taken(unit, body, pictures, own.member)}
    hall = await holding.hall(unit, actor, guild_id)
    if body.nick is not UNSET:
        hall.require(Permission.CHANGE_NICKNAME)
        row["nick"] = changes.nickname(body.nick)
    if body.bio is not UNSET:
        await unit.run(queries.DESCRIBE, guild_id, actor.id, body.bio or "")
    return current(hall, await changes.store(unit, actor, hall, hall.member, row))


async def rename_current(
    unit: Unit, actor: Actor, guild_id: Snowflake, body: ModifyCurrentMember
) -> NicknameAnswer:
    """One's own nickname, as clients used to change it."""
    member = await modify_current(unit, actor, guild_id, body)
    return NicknameAnswer(nick=member.nick)


async def add_role(
    unit: Unit, actor: Actor, guild_id: Snowflake, user_id: Snowflake, role_id: Snowflake
) -> None:
    """Give a member a role below one's own."""
    hall = await holding.hall(unit, actor, guild_id, Permission.MANAGE_ROLES)
    member = await _member(unit, hall, user_id)
    await changes.store(unit, actor, hall, member, changes.with_role(hall, member, role_id))


async def remove_role(
    unit: Unit, actor: Actor, guild_id: Snowflake, user_id: Snowflake, role_id: Snowflake
) -> None:
    """Take from a member a role below one's own."""
    hall = await holding.hall(unit, actor, guild_id, Permission.MANAGE_ROLES)
    member = await _member(unit, hall, user_id)
    await changes.store(unit, actor, hall, member, changes.without_role(hall, member, role_id))


async def kick(unit: Unit, actor: Actor, guild_id: Snowflake, user_id: Snowflake) -> None:
    """Put a member below oneself out; they may come back."""
    hall = await holding.hall(unit, actor, guild_id, Permission.KICK_MEMBERS)
    member = await _member(unit, hall, user_id)
    if not hall.outranks(member):
        raise errors.MissingPermissions
    await joining.leave(unit, hall.guild, member)
    await record(unit, actor, guild_id, done(Action.MEMBER_KICK, user_id))


async def add(
    unit: Unit, actor: Actor, guild_id: Snowflake, user_id: Snowflake, body: AddMember
) -> Member | None:
    """Bring along a user who consented to it by OAuth2; nothing is said of who is in already."""
    if not actor.bot:
        raise errors.OnlyBots
    hall = await holding.hall(unit, actor, guild_id, Permission.CREATE_INSTANT_INVITE)
    await bringing.check_consent(unit, actor, user_id, body.access_token)
    if await holding.member(unit, hall.guild, user_id) is not None:
        return None
    member = await bringing.bring(unit, actor, hall, user_id, body)
    if member.pending and body.roles:
        return await join_requests.let_in(unit, actor, hall.guild, member)
    return member


def current(hall: Hall, member: Member) -> CurrentMember:
    """One's own member, with what it may do in the guild."""
    return CurrentMember(**structs.asdict(member), permissions=str(hall.permissions))


async def _member(unit: Unit, hall: Hall, user_id: Snowflake) -> Member:
    member = await holding.member(unit, hall.guild, user_id)
    if member is None:
        raise errors.UnknownMember
    return member
