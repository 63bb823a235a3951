"""What can be done with invites."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec.structs import replace

from rift import errors, events
from rift.core import access
from rift.core.access import GuildRoom
from rift.core.actor import Actor, Guest
from rift.core.auditlog.recording import changed, record
from rift.core.guilds import community, holding
from rift.core.invites import making, queries, showing, targets
from rift.core.invites.making import Terms
from rift.core.members import joining
from rift.core.members.joining import BY_INVITE, Source
from rift.core.unit import Unit
from rift.db.conflicts import AlreadyThere
from rift.errors import InvalidForm
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire import gateway
from rift.wire.auditlog import Action
from rift.wire.channels import ChannelType
from rift.wire.invites import (
    AcceptInvite,
    CreateInvite,
    Invite,
    InviteQuery,
    ModifyVanityUrl,
    VanityUrl,
)
from rift.world import Picture, loading

Row = Mapping[str, Any]

_MAX_AGE_S: Final = 86_400
_PER_GUILD: Final = 1000
_PRUNED_AT_ONCE: Final = 1000


async def create(
    unit: Unit,
    actor: Actor,
    channel_id: Snowflake,
    body: CreateInvite,
    files: Sequence[bytes] = (),
) -> Invite:
    """Make an invite, or get one's own again that was made on the same terms.

    A list that comes with it names those whom it is for.
    """
    room = await holding.room(unit, actor, channel_id, Permission.CREATE_INSTANT_INVITE)
    if room.channel.type == ChannelType.GUILD_CATEGORY:
        raise errors.WrongChannelType
    _check_targets(body)
    user_ids = targets.read(files[0]) if files else ()
    if not body.unique and not user_ids:
        earlier = await _alike(unit, room, body)
        if earlier is not None:
            return showing.whole(room.guild, earlier)
    if (await unit.one(queries.COUNT, room.guild.id))["count"] >= _PER_GUILD:
        raise errors.TooManyInvites
    terms = _terms(body)
    invite, _ = await making.make(unit, room.guild, channel_id, actor.id, terms)
    if user_ids:
        await targets.keep(unit, invite.code, user_ids)
    await record(unit, actor, room.guild.id, changed(Action.INVITE_CREATE, None, None, invite))
    return invite


async def list_of_channel(unit: Unit, actor: Actor, channel_id: Snowflake) -> list[Invite]:
    """The invites to a channel."""
    room = await access.guild_channel(unit, actor, channel_id, Permission.MANAGE_CHANNELS)
    rows = await unit.all(queries.OF_CHANNEL, channel_id, unit.now())
    return [showing.whole(room.guild, row) for row in rows]


async def list_of_guild(unit: Unit, actor: Actor, guild_id: Snowflake) -> list[Invite]:
    """The invites to a guild; who may only read the audit log does not learn their terms."""
    hall = await access.guild(unit, actor, guild_id)
    if not hall.may(Permission.MANAGE_GUILD):
        hall.require(Permission.VIEW_AUDIT_LOG)
    show = showing.whole if hall.may(Permission.MANAGE_GUILD) else showing.to_strangers
    rows = await unit.all(queries.OF_GUILD, guild_id, unit.now())
    return [show(hall.guild, row) for row in rows if row["channel_id"] in hall.guild.channels]


async def fetch(
    unit: Unit,
    actor: Actor | Guest,
    code: str,
    query: InviteQuery,
) -> Invite:
    """Look where an invite leads."""
    picture, row = await _find(unit, code)
    user_id = None if isinstance(actor, Guest) else actor.id
    if user_id != row["inviter_id"] or user_id is None:
        async with Unit(unit.house, reading=True) as glance:
            await targets.check(glance, code, user_id)
    invite = await showing.welcoming(unit, picture, showing.to_strangers(picture, row))
    invite = showing.announcing(picture, invite, query.guild_scheduled_event_id)
    return showing.counted(unit, picture, invite) if query.with_counts else invite


async def accept(
    unit: Unit,
    actor: Actor,
    code: str,
    body: AcceptInvite,  # noqa: ARG001 - it decides nothing
) -> Invite:
    """Follow an invite into its guild."""
    actor.must_be_person()
    return await redeem(unit, actor.id, code)


async def redeem(unit: Unit, user_id: Snowflake, code: str) -> Invite:
    """Let somebody in by an invite; who is inside already does not use it up."""
    leads = await making.row(unit, code)
    picture = await holding.hold(unit, leads["guild_id"])
    row = await making.row(unit, code)  # as it is now that nothing moves any more
    invite = showing.to_strangers(picture, row)
    member = await holding.member(unit, picture, user_id)
    is_new = member is None
    if member is None:
        if community.is_paused(picture.guild, unit.now()):
            raise errors.Forbidden("Invites are paused in this guild. Try again later.")
        await targets.check(unit, code, user_id)
        source = Source(BY_INVITE, row["code"], row["inviter_id"])
        temporary = row["temporary"]
        member = await joining.join(unit, picture, user_id, temporary=temporary, source=source)
        await _use(unit, row)
    accepted = replace(invite, new_member=is_new, show_verification_form=member.pending)
    return showing.counted(unit, picture, accepted)


async def delete(unit: Unit, actor: Actor, code: str) -> Invite:
    """Withdraw an invite."""
    picture, row = await _find(unit, code)
    hall = await access.guild(unit, actor, picture.id)
    if not hall.may(Permission.MANAGE_GUILD):
        await access.guild_channel(unit, actor, row["channel_id"], Permission.MANAGE_CHANNELS)
    invite = showing.to_strangers(picture, row)
    if not await unit.run(queries.DELETE, code):
        raise errors.UnknownInvite
    unit.emit(_deleted(row))
    ended = changed(Action.INVITE_DELETE, None, showing.whole(picture, row), None)
    await record(unit, actor, picture.id, ended)
    return invite


async def fetch_vanity(unit: Unit, actor: Actor, guild_id: Snowflake) -> VanityUrl:
    """The code a guild chose for itself, and how often it was followed."""
    await access.guild(unit, actor, guild_id, Permission.MANAGE_GUILD)
    row = await unit.one(queries.VANITY_OF, guild_id)
    return VanityUrl(code=row["code"], uses=row["uses"] if row["code"] else 0)


async def set_vanity(
    unit: Unit, actor: Actor, guild_id: Snowflake, body: ModifyVanityUrl
) -> VanityUrl:
    """Choose the code of a guild, or give it up."""
    hall = await holding.hall(unit, actor, guild_id, Permission.MANAGE_GUILD)
    code = (body.code or "").lower() or None
    if code == hall.guild.guild.vanity_url_code:
        return await fetch_vanity(unit, actor, guild_id)
    try:
        row = await unit.maybe(queries.SET_VANITY, guild_id, code)
    except AlreadyThere as error:
        raise errors.InviteCodeInvalid from error
    if row is None:
        raise errors.InviteCodeInvalid
    before = hall.guild.whole()
    guild = hall.guild.filled(loading.guild_from_row(row))
    unit.emit(events.GuildUpdate(data=guild))
    await record(unit, actor, guild_id, changed(Action.GUILD_UPDATE, guild_id, before, guild))
    return VanityUrl(code=code, uses=0)


async def prune(unit: Unit) -> int:
    """Delete a batch of what has expired; how many it was."""
    rows = await unit.all(queries.PRUNE, unit.now(), _PRUNED_AT_ONCE)
    for row in rows:
        unit.emit(_deleted(row))
    return len(rows)


async def _find(unit: Unit, code: str) -> tuple[Picture, Row]:
    """A valid invite and its guild."""
    # On a connection that is given back at once, for the world may need one of its own.
    async with Unit(unit.house, reading=True) as glance:
        row = await making.row(glance, code)
    picture = await unit.world.guild(row["guild_id"])
    if picture is None:
        raise errors.UnknownInvite
    return picture, row


def _check_targets(body: CreateInvite) -> None:
    """What an invite may point at besides its channel on Discord, it may not here yet."""
    for field in ("target_type", "target_user_id", "target_application_id"):
        if getattr(body, field) is not None:
            words = "Invites of this server lead to channels only."
            raise InvalidForm.at(field, "GUILD_INVITE_INVALID_TARGET_TYPE", words)
    if body.role_ids:
        words = "Invites of this server do not give roles."
        raise InvalidForm.at("role_ids", "INVITE_ROLES_NOT_SUPPORTED", words)


async def _alike(unit: Unit, room: GuildRoom, body: CreateInvite) -> Row | None:
    return await unit.maybe(
        queries.ALIKE, room.channel.id, room.member.user.id, *_terms(body), unit.now()
    )


def _terms(body: CreateInvite) -> Terms:
    max_age = _MAX_AGE_S if body.max_age is None else body.max_age
    return max_age, body.max_uses or 0, bool(body.temporary)


async def _use(unit: Unit, row: Row) -> None:
    """Count one more use, if there is one left; the last one ends the invite."""
    if "vanity" in row:
        await unit.run(queries.USE_VANITY, row["code"])
        return
    used = await unit.maybe(queries.USE, row["code"], unit.now())
    if used is None:
        raise errors.UnknownInvite
    if used["used_up"]:
        await unit.run(queries.DELETE, row["code"])
        unit.emit(_deleted(row))


def _deleted(row: Row) -> events.InviteDelete:
    return events.InviteDelete(
        data=gateway.InviteDelete(
            channel_id=row["channel_id"], code=row["code"], guild_id=row["guild_id"]
        )
    )
