"""What can be done with guilds."""

from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from rift import errors, events
from rift.core import access
from rift.core.access import Hall
from rift.core.actor import Actor, Visit
from rift.core.auditlog.recording import changed, record
from rift.core.factors import proving
from rift.core.guilds import community, founding, holding, queries, shapes
from rift.core.pictures import frames, keeping
from rift.core.unit import Row, Unit
from rift.core.users import holding as users
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.auditlog import Action
from rift.wire.gateway import GuildMemberAdd
from rift.wire.guilds import (
    CreateGuild,
    Guild,
    GuildPreview,
    GuildQuery,
    MfaLevel,
    ModifyGuild,
    UnavailableGuild,
)
from rift.wire.voice import VoiceRegion
from rift.world import loading

_REGIONS: Final = (VoiceRegion(id="local", name="This server", optimal=True),)


async def create(unit: Unit, actor: Actor, body: CreateGuild) -> Guild:
    """Found a guild; who does it owns it and is its first member."""
    _check_amount(unit, body)
    planned = founding.plan(unit, actor.id, body)
    pictures = await keeping.taken(unit, body, frames.of_guild(planned.guild["id"]))
    await _check_not_in_too_many(unit, actor)
    guild = loading.guild_from_row(await unit.one(queries.INSERT, {**planned.guild, **pictures}))
    roles = await founding.build(unit, planned)
    now = unit.now()
    await unit.run(queries.JOIN, guild.id, actor.id, now)
    owner = GuildMemberAdd(guild_id=guild.id, user=actor.user, roles=[], joined_at=now)
    unit.emit(events.MemberAdd(data=owner))
    return replace(guild, roles=roles)


async def fetch(unit: Unit, actor: Actor, guild_id: Snowflake, query: GuildQuery) -> Guild:
    """One guild."""
    hall = await access.guild(unit, actor, guild_id)
    guild = hall.guild.whole()
    if not query.with_counts:
        return guild
    return replace(
        guild,
        approximate_member_count=hall.guild.member_count,
        approximate_presence_count=unit.world.online(guild_id),
    )


async def preview(unit: Unit, actor: Actor, guild_id: Snowflake) -> GuildPreview:
    """What is shown of a guild before one enters it: to its members, or to all who find it."""
    picture = await access.found_guild(unit, actor, guild_id)
    guild = picture.whole()
    return GuildPreview(
        id=guild.id,
        name=guild.name,
        icon=guild.icon,
        description=guild.description,
        approximate_member_count=picture.member_count,
        approximate_presence_count=unit.world.online(guild_id),
        splash=guild.splash,
        discovery_splash=guild.discovery_splash,
        features=guild.features,
        emojis=guild.emojis,
        stickers=guild.stickers,
    )


async def list_regions(unit: Unit, actor: Actor, guild_id: Snowflake) -> list[VoiceRegion]:
    """Where the voice of a guild can be; there is one place."""
    await access.guild(unit, actor, guild_id)
    return list(_REGIONS)


async def modify(unit: Unit, actor: Actor, guild_id: Snowflake, body: ModifyGuild) -> Guild:
    """Change a guild, or hand it over."""
    seen = await access.guild(unit, actor, guild_id, Permission.MANAGE_GUILD)
    pictures = await keeping.taken(unit, body, frames.of_guild(guild_id), seen.guild.guild)
    hall = await holding.hall(unit, actor, guild_id, Permission.MANAGE_GUILD)
    columns = shapes.columns(hall.guild, body, pictures)
    community.check_permission(unit, hall, columns)
    if body.owner_id is not UNSET and body.owner_id != hall.guild.guild.owner_id:
        await _check_heir(unit, hall, body.owner_id)
        columns["owner_id"] = body.owner_id
    return await change(unit, actor, hall, columns)


async def modify_mfa_level(
    unit: Unit, actor: Actor, guild_id: Snowflake, visit: Visit, body: MfaLevel
) -> MfaLevel:
    """Ask everybody who moderates for a second factor, or no longer; the owner proves theirs."""
    await access.owned_guild(unit, actor, guild_id)
    if body.level and not actor.account.mfa_enabled:
        raise errors.TwoFactorNotEnabled
    await proving.require(unit, actor, visit)
    hall = await holding.owned(unit, actor, guild_id)
    if body.level != hall.guild.guild.mfa_level:
        await change(unit, actor, hall, {"mfa_level": body.level})
    return body


async def change(unit: Unit, actor: Actor, hall: Hall, columns: Row) -> Guild:
    """Write what is another now, and let everybody know."""
    before = hall.guild.whole()
    if not columns:
        return before
    row = await unit.one(queries.UPDATE, before.id, columns)
    guild = hall.guild.filled(loading.guild_from_row(row))
    unit.emit(events.GuildUpdate(data=guild))
    await record(unit, actor, before.id, changed(Action.GUILD_UPDATE, before.id, before, guild))
    return guild


async def delete(unit: Unit, actor: Actor, guild_id: Snowflake) -> None:
    """Dissolve a guild; what was written in it, and its log, are erased later, in portions."""
    await holding.owned(unit, actor, guild_id)
    await dissolve(unit, guild_id)


async def dissolve(unit: Unit, guild_id: Snowflake) -> None:
    """The same for a guild that the unit holds, whoever wants it."""
    await unit.run(queries.FORSAKE_CHANNELS, guild_id, unit.now())
    await unit.run(queries.FORSAKE, guild_id)
    await unit.run(queries.DELETE, guild_id)
    unit.emit(events.GuildDelete(data=UnavailableGuild(id=guild_id)))


def _check_amount(unit: Unit, body: CreateGuild) -> None:
    limits = unit.settings.limits
    if len(body.roles or ()) > limits.roles_per_guild:
        words = f"Maximum number of guild roles reached ({limits.roles_per_guild})"
        raise errors.TooManyRoles(words)
    if len(body.channels or ()) > limits.channels_per_guild:
        words = f"Maximum number of guild channels reached ({limits.channels_per_guild})"
        raise errors.TooManyChannels(words)


async def _check_not_in_too_many(unit: Unit, actor: Actor) -> None:
    most = unit.settings.limits.guilds_per_user
    await users.hold(unit, actor.id)
    guilds = await unit.one(queries.COUNT_OF_USER, actor.id)
    if guilds["count"] >= most:
        raise errors.TooManyGuilds(f"Maximum number of guilds reached ({most})")


async def _check_heir(unit: Unit, hall: Hall, user_id: str) -> None:
    """Only the owner hands a guild over, and to a person who is in it."""
    if not hall.is_owner:
        raise errors.MissingPermissions
    heir = await holding.member(unit, hall.guild, user_id)
    if heir is None:
        raise errors.UnknownMember
    if heir.user.bot:
        raise errors.OwnerIsBot
    if heir.pending:
        raise errors.OwnerIsPending
