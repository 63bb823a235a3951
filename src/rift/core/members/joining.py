"""The one way into a guild, by invite or with somebody's consent, and the one way out."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct, structs

from rift import errors, events
from rift.core.automod import watching
from rift.core.guilds import holding
from rift.core.incidents import alerting
from rift.core.integrations import keeping as integrations
from rift.core.join_requests import following as join_requests
from rift.core.members import arriving, greeting, queries
from rift.core.roles import placing
from rift.core.threads import telling as threads
from rift.core.unit import Unit
from rift.core.users import holding as users
from rift.core.voices import telling as voices
from rift.snowflake import Snowflake
from rift.wire.gateway import GuildMemberAdd, GuildMemberRemove, GuildMemberUpdate
from rift.wire.members import Member
from rift.world import Picture, loading
from rift.world import queries as world_queries

_PRUNED_AT_ONCE: Final = 1000


class Source(Struct, frozen=True):
    """How somebody came in: the type as Discord counts them, the invite and who made it."""

    type: int = 0
    code: str | None = None
    inviter_id: Snowflake | None = None


_UNKNOWN: Final = Source()
BY_INVITE: Final = 5


async def join(
    unit: Unit,
    picture: Picture,
    user_id: Snowflake,
    roles: Sequence[Snowflake] = (),
    *,
    temporary: bool = False,
    source: Source = _UNKNOWN,
) -> Member:
    """Make somebody a member of a guild that the unit holds; who is one already stays as they are.

    Refuses the banned, and whom the limits of the guild or their own keep out. A timeout that
    somebody ran away from awaits them.
    """
    present = await holding.member(unit, picture, user_id)
    if present is not None:
        return present
    known = await unit.one(queries.ADMISSION, picture.id, user_id)
    if known["banned"]:
        raise errors.UserBanned
    is_bot = await _check_limits(unit, picture, user_id)
    now, until = unit.now(), known["until"]
    lasting = until if until is not None and until > now else None
    await unit.run(
        queries.INSERT,
        picture.id,
        user_id,
        list(dict.fromkeys(roles)),
        now,
        lasting,
        temporary,
        source.type,
        source.code,
        source.inviter_id,
        arriving.flags(picture, is_bot=is_bot),
        arriving.is_pending(picture, is_bot=is_bot),
    )
    await unit.run(queries.RESTRICT, picture.id, user_id)
    if until is not None:
        await unit.run(queries.FORGET_TIMEOUT, picture.id, user_id)
    member = loading.member_from_row(await unit.one(world_queries.MEMBERS, picture.id, [user_id]))
    shown = GuildMemberAdd(guild_id=picture.id, **structs.asdict(member))
    unit.emit(events.MemberAdd(data=shown))
    if member.pending:
        await join_requests.begin(unit, picture.id, user_id)
    else:
        await greeting.welcome(unit, picture, member)
    watching.names(unit, picture, member)
    await alerting.note_join(unit, picture, member)
    return member


async def admit(unit: Unit, picture: Picture, member: Member) -> Member:
    """Make a whole member of one who had to agree first; the unit holds the guild."""
    if not member.pending:
        return member
    await unit.run(queries.ADMIT, picture.id, member.user.id)
    whole = structs.replace(member, pending=False)
    told = GuildMemberUpdate(guild_id=picture.id, **structs.asdict(whole))
    unit.emit(events.MemberUpdate(data=told))
    await greeting.welcome(unit, picture, whole)
    return whole


async def leave(unit: Unit, picture: Picture, member: Member) -> None:
    """Take a member out of a guild that the unit holds, whoever wants it."""
    user_id, until = member.user.id, member.communication_disabled_until
    if member.user.bot:  # whose application has the same id
        await integrations.go(unit, picture.id, user_id)
    if not await unit.run(queries.DELETE, picture.id, user_id):
        return
    if member.pending:
        await join_requests.end(unit, picture.id, user_id)
    if until is not None and until > unit.now():
        await unit.run(queries.REMEMBER_TIMEOUT, picture.id, user_id, until)
    await voices.leave(unit, picture, member)
    for left in threads.gone(picture, user_id):
        unit.emit(left)
    gone = GuildMemberRemove(guild_id=picture.id, user=member.user)
    unit.emit(events.MemberRemove(data=gone))
    await _remove_roles_of(unit, picture, member)


async def _remove_roles_of(unit: Unit, picture: Picture, member: Member) -> None:
    """The role a bot came with is its alone, and goes when it goes."""
    if not member.user.bot:
        return
    for role_id in member.roles:
        role = picture.roles.get(role_id)
        if role is not None and role.tags and role.tags.bot_id == member.user.id:
            await placing.remove(unit, picture, role_id)


async def see_off(unit: Unit, user_id: Snowflake) -> None:
    """The last session of a user is over: temporary memberships without a role end with it."""
    for row in await unit.all(queries.TEMPORARY, user_id):
        picture = await holding.hold(unit, row["guild_id"])
        if await unit.maybe(queries.STILL_TEMPORARY, picture.id, user_id) is None:
            continue
        member = await holding.member(unit, picture, user_id)
        if member is not None:
            await leave(unit, picture, member)


async def prune(unit: Unit) -> int:
    """Forget a batch of the timeouts that are over; how many it was."""
    return await unit.run(queries.PRUNE_TIMEOUTS, unit.now(), _PRUNED_AT_ONCE)


async def _check_limits(unit: Unit, picture: Picture, user_id: Snowflake) -> bool:
    """Holds the user too, so that two guilds joined at once count as two.

    Bots go wherever they are asked. Answers whether they are one.
    """
    limits = unit.settings.limits
    user = await users.hold(unit, user_id)
    if user["disabled"]:
        raise errors.UnknownUser
    most = limits.guilds_per_user
    if not user["bot"] and (await unit.one(queries.GUILDS_OF_USER, user_id))["count"] >= most:
        raise errors.TooManyGuilds(f"Maximum number of guilds reached ({most})")
    most = limits.members_per_guild
    if most and (await unit.one(queries.COUNT, picture.id))["count"] >= most:
        raise errors.TooManyMembers
    return bool(user["bot"])
