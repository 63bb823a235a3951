"""What can be done with discovery: find guilds, enter them, and say how one's own is found."""

from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from rift import errors
from rift.core import access
from rift.core.actor import Actor
from rift.core.auditlog.recording import changed, record
from rift.core.discovery import categories, queries
from rift.core.guilds import community, holding
from rift.core.members import joining
from rift.core.members.joining import Source
from rift.core.unit import Row, Unit
from rift.core.welcome_screens import showing as welcome_screens
from rift.errors import InvalidForm
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.auditlog import Action
from rift.wire.discovery import (
    CategoriesQuery,
    DiscoverableGuild,
    DiscoverableGuilds,
    DiscoverQuery,
    DiscoverSearchQuery,
    DiscoveryCategory,
    DiscoveryMetadata,
    JoinedGuild,
    JoinQuery,
    ModifyDiscoveryMetadata,
)
from rift.world import Picture

_BY_DISCOVERY: Final = 3
_MOST_EMOJIS: Final = 30
_MOST_NAMED: Final = 48
_MOST_CATEGORIES: Final = 5


async def list_all(
    unit: Unit,
    actor: Actor,  # noqa: ARG001 - everybody who is here may look
    query: DiscoverQuery,
) -> DiscoverableGuilds:
    """The guilds that want to be found, the largest first, or those of them that are named."""
    if query.guild_ids is not None:
        named = query.guild_ids[:_MOST_NAMED]
        return await _page(unit, named, None, (), _MOST_NAMED, 0)
    wanted = [query.categories] if isinstance(query.categories, int) else query.categories
    return await _page(unit, None, wanted or None, (), query.limit, query.offset)


async def search(
    unit: Unit,
    actor: Actor,  # noqa: ARG001 - everybody who is here may look
    query: DiscoverSearchQuery,
) -> DiscoverableGuilds:
    """Those in whose name, description or keywords all of the words stand."""
    wanted = None if query.category_id is None else [query.category_id]
    words = query.query.split()
    return await _page(unit, None, wanted, words, query.limit, query.offset)


async def list_categories(
    unit: Unit,  # noqa: ARG001 - they are the same everywhere
    actor: Actor,  # noqa: ARG001
    query: CategoriesQuery,
) -> list[DiscoveryCategory]:
    """What guilds can be about."""
    return [it for it in categories.ALL if it.is_primary or not query.primary_only]


async def join(
    unit: Unit, actor: Actor, guild_id: Snowflake, query: JoinQuery
) -> JoinedGuild | None:
    """Enter a guild that wants to be found, without an invite."""
    actor.must_be_person()
    if query.lurker:
        words = "Nobody looks on here without being a member. See its preview instead."
        raise InvalidForm.at("lurker", "LURKING_NOT_SUPPORTED", words)
    picture = await holding.hold(unit, guild_id)
    if await holding.member(unit, picture, actor.id) is not None:
        return None
    if not access.is_found(unit, picture):
        raise errors.MissingAccess
    if community.is_paused(picture.guild, unit.now()):
        raise errors.Forbidden("Nobody is let into this guild for a while. Try again later.")
    member = await joining.join(unit, picture, actor.id, source=Source(_BY_DISCOVERY))
    screen = await welcome_screens.to_strangers(unit, picture)
    return JoinedGuild(
        **msgspec.structs.asdict(picture.whole()),
        show_verification_form=member.pending,
        welcome_screen=UNSET if screen is None else screen,
    )


async def fetch_metadata(unit: Unit, actor: Actor, guild_id: Snowflake) -> DiscoveryMetadata:
    """How a guild is found."""
    await access.guild(unit, actor, guild_id, Permission.MANAGE_GUILD)
    return await _metadata(unit, guild_id)


async def modify_metadata(
    unit: Unit, actor: Actor, guild_id: Snowflake, body: ModifyDiscoveryMetadata
) -> DiscoveryMetadata:
    """Say anew how a guild is found; what else it is about stays."""
    await holding.hall(unit, actor, guild_id, Permission.MANAGE_GUILD)
    before = await _metadata(unit, guild_id)
    category = body.primary_category_id or 0
    if category not in {it.id for it in categories.ALL if it.is_primary}:
        words = "This is no category that a server can be about above all."
        raise InvalidForm.at("primary_category_id", "BASE_TYPE_CHOICES", words)
    after = replace(
        before,
        primary_category_id=category,
        keywords=list(dict.fromkeys(body.keywords or ())),
        about=body.about,
    )
    return await _put(unit, actor, before, after)


async def add_category(unit: Unit, actor: Actor, guild_id: Snowflake, category_id: str) -> None:
    """Say of a guild that it is about something else as well."""
    await holding.hall(unit, actor, guild_id, Permission.MANAGE_GUILD)
    before = await _metadata(unit, guild_id)
    wanted = sorted({*before.category_ids, _category(category_id)})
    if len(wanted) > _MOST_CATEGORIES:
        words = f"A server is about {_MOST_CATEGORIES} more things at most."
        raise InvalidForm.at("category_id", "BASE_TYPE_MAX_LENGTH", words)
    await _put(unit, actor, before, replace(before, category_ids=wanted))


async def remove_category(unit: Unit, actor: Actor, guild_id: Snowflake, category_id: str) -> None:
    """Say that it is not any more."""
    await holding.hall(unit, actor, guild_id, Permission.MANAGE_GUILD)
    before = await _metadata(unit, guild_id)
    category = _category(category_id)
    left = [it for it in before.category_ids if it != category]
    await _put(unit, actor, before, replace(before, category_ids=left))


async def _page(
    unit: Unit,
    guild_ids: Sequence[str] | None,
    wanted: Sequence[int] | None,
    words: Sequence[str],
    limit: int,
    offset: int,
) -> DiscoverableGuilds:
    access.must_be_discovered(unit)
    asked = (guild_ids, wanted, list(words))
    # On a connection that is given back at once, for the world will need one of its own.
    async with Unit(unit.house, reading=True) as glance:
        total = await glance.one(queries.COUNT, *asked)
        rows = await glance.all(queries.PAGE, *asked, limit, offset)
    await unit.world.load([row["guild_id"] for row in rows])
    found = ((row, unit.world.get(row["guild_id"])) for row in rows)
    shown = [_shown(unit, row, picture) for row, picture in found if picture is not None]
    return DiscoverableGuilds(guilds=shown, total=total["count"], limit=limit, offset=offset)


def _shown(unit: Unit, row: Row, picture: Picture) -> DiscoverableGuild:
    guild, emojis = picture.guild, list(picture.emojis.values())
    return DiscoverableGuild(
        id=guild.id,
        name=guild.name,
        icon=guild.icon,
        description=guild.description,
        banner=guild.banner,
        splash=guild.splash,
        discovery_splash=guild.discovery_splash,
        features=guild.features,
        vanity_url_code=guild.vanity_url_code,
        preferred_locale=guild.preferred_locale,
        approximate_member_count=picture.member_count,
        approximate_presence_count=unit.world.online(guild.id),
        emojis=emojis[:_MOST_EMOJIS],
        emoji_count=len(emojis),
        primary_category_id=row["primary_category_id"],
        primary_category=categories.ALL[row["primary_category_id"]],
        categories=[categories.ALL[id_] for id_ in row["category_ids"]],
        keywords=row["keywords"],
    )


async def _metadata(unit: Unit, guild_id: Snowflake) -> DiscoveryMetadata:
    row = await unit.maybe(queries.METADATA, guild_id)
    if row is None:
        return DiscoveryMetadata(guild_id=guild_id)
    return msgspec.convert(row, DiscoveryMetadata)


async def _put(
    unit: Unit, actor: Actor, before: DiscoveryMetadata, after: DiscoveryMetadata
) -> DiscoveryMetadata:
    key, kinds = after.guild_id, (after.primary_category_id, after.category_ids)
    await unit.run(queries.PUT, key, *kinds, after.keywords, after.about)
    await record(unit, actor, key, changed(Action.GUILD_PROFILE_UPDATE, key, before, after))
    return after


def _category(text: str) -> int:
    found = [it.id for it in categories.ALL if str(it.id) == text]
    if not found:
        raise errors.NotFound("There is no such category.")
    return found[0]
