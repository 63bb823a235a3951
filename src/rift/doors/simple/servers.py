"""Servers, their members, invites and audit log over the simple door."""

from typing import Final

from msgspec import UNSET, UnsetType

from rift import errors
from rift.core.actor import Actor
from rift.core.auditlog import verbs as auditlog
from rift.core.channels import verbs as channels
from rift.core.guilds import holding
from rift.core.guilds import verbs as guilds
from rift.core.invites import verbs as invites
from rift.core.members import own, presence
from rift.core.members import verbs as members
from rift.core.unit import Unit
from rift.doors.simple import ids, shapes, translation
from rift.snowflake import Snowflake
from rift.wire import guilds as wire
from rift.wire.auditlog import AuditLogQuery
from rift.wire.channels import ChannelType
from rift.wire.invites import AcceptInvite, CreateInvite, InviteQuery
from rift.wire.members import MembersQuery

_FIRST: Final = Snowflake("0")
_COUNTED: Final = InviteQuery(with_counts=True)


async def create(unit: Unit, actor: Actor, body: shapes.CreateServer) -> shapes.Server:
    """Found a server."""
    form = wire.CreateGuild(name=body.name, icon=body.icon)
    return translation.server(await guilds.create(unit, actor, form))


async def list_own(unit: Unit, actor: Actor, query: shapes.ServersQuery) -> list[shapes.Server]:
    """The servers one is in, in the order of their ids."""
    asked = wire.MyGuildsQuery(limit=query.limit, after=_given("after", query.after))
    listed = await own.list_guilds(unit, actor, asked)
    return [await fetch(unit, actor, guild.id) for guild in listed]


async def fetch(unit: Unit, actor: Actor, server_id: Snowflake) -> shapes.Server:
    """One server."""
    return translation.server(await guilds.fetch(unit, actor, server_id, wire.GuildQuery()))


async def modify(
    unit: Unit, actor: Actor, server_id: Snowflake, body: shapes.ModifyServer
) -> shapes.Server:
    """Change a server, or give it to somebody else."""
    form = wire.ModifyGuild(
        name=body.name,
        description=body.description,
        icon=body.icon,
        owner_id=_or_unset("owner_id", body.owner_id),
    )
    return translation.server(await guilds.modify(unit, actor, server_id, form))


async def delete(unit: Unit, actor: Actor, server_id: Snowflake) -> None:
    """Delete a server one owns."""
    await guilds.delete(unit, actor, server_id)


# Members


async def list_members(
    unit: Unit, actor: Actor, server_id: Snowflake, query: shapes.MembersQuery
) -> list[shapes.Member]:
    """The members, in the order of their ids."""
    after = _given("after", query.after) or _FIRST
    page = await members.page(unit, actor, server_id, MembersQuery(limit=query.limit, after=after))
    return [translation.member(member, server_id) for member in page]


async def list_presences(
    unit: Unit, actor: Actor, server_id: Snowflake, query: shapes.MembersQuery
) -> list[shapes.Presence]:
    """Who is online, in the order of their ids."""
    after = _given("after", query.after) or _FIRST
    asked = MembersQuery(limit=query.limit, after=after)
    page = await presence.page(unit, actor, server_id, asked)
    return [translation.presence(one) for one in page]


async def join(unit: Unit, actor: Actor, server_id: Snowflake, body: shapes.Join) -> shapes.Server:
    """Come in by an invite to this server."""
    leads = await invites.fetch(unit, actor, body.invite_code, InviteQuery())
    if leads.guild_id != server_id:
        raise errors.UnknownInvite
    await invites.accept(unit, actor, body.invite_code, AcceptInvite())
    return translation.server((await holding.hold(unit, server_id)).whole())


async def remove_member(unit: Unit, actor: Actor, server_id: Snowflake, user_id: Snowflake) -> None:
    """Kick somebody; with one's own id, leave."""
    if user_id == actor.id:
        await own.leave(unit, actor, server_id)
    else:
        await members.kick(unit, actor, server_id, user_id)


# Invites


async def create_invite(
    unit: Unit, actor: Actor, server_id: Snowflake, body: shapes.CreateInvite
) -> shapes.Invite:
    """Make an invite."""
    listed = await channels.list_all(unit, actor, server_id)
    named = _given("channel_id", body.channel_id)
    found = [
        channel.id
        for channel in sorted(listed, key=lambda one: (one.position or 0, int(one.id)))
        if channel.id == named or (named is None and channel.type == ChannelType.GUILD_TEXT)
    ]
    if not found:
        raise errors.UnknownChannel
    form = CreateInvite(max_age=body.expires_in, max_uses=body.max_uses, unique=True)
    return translation.invite(await invites.create(unit, actor, found[0], form))


async def list_invites(unit: Unit, actor: Actor, server_id: Snowflake) -> list[shapes.Invite]:
    """The invites to a server."""
    return [translation.invite(it) for it in await invites.list_of_guild(unit, actor, server_id)]


async def fetch_invite(unit: Unit, actor: Actor, code: str) -> shapes.Invite:
    """Look where an invite leads."""
    return translation.invite(await invites.fetch(unit, actor, code, _COUNTED))


async def delete_invite(unit: Unit, actor: Actor, code: str) -> None:
    """Withdraw an invite."""
    await invites.delete(unit, actor, code)


async def audit_log(
    unit: Unit, actor: Actor, server_id: Snowflake, query: shapes.AuditLogQuery
) -> list[shapes.Entry]:
    """What was done to a server, the newest first."""
    asked = AuditLogQuery(
        limit=query.limit,
        before=_given("before", query.before),
        user_id=_given("user_id", query.user_id),
        action_type=query.action,
    )
    page = await auditlog.page(unit, actor, server_id, asked)
    return [translation.entry(entry) for entry in page.audit_log_entries]


def _given(name: str, text: str | None) -> Snowflake | None:
    return None if text is None else ids.given(name, text)


def _or_unset(name: str, text: str | UnsetType) -> Snowflake | UnsetType:
    return ids.given(name, text) if isinstance(text, str) else UNSET
