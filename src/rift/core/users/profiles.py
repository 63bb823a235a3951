"""What people say of themselves to those they know, everywhere and in each of their guilds."""

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType, structs

from rift import errors
from rift.core import access
from rift.core.actor import Actor
from rift.core.relationships import verbs as relationships
from rift.core.unit import Unit
from rift.core.users import badges, queries
from rift.core.users import verbs as users
from rift.errors import InvalidForm
from rift.snowflake import Snowflake
from rift.wire.limits import Json
from rift.wire.users import (
    ModifyMemberProfile,
    ModifyProfile,
    MutualGuild,
    ProfiledUser,
    ProfileMetadata,
    ProfileQuery,
    User,
    UserProfile,
)


async def fetch(unit: Unit, actor: Actor, user_id: Snowflake, query: ProfileQuery) -> UserProfile:
    """Somebody one shares a guild or a friendship with; bots may look at everybody."""
    user = await users.fetch(unit, actor, user_id)
    mutual = await unit.all(queries.MUTUAL_GUILDS, actor.id, user_id)
    if not (mutual or actor.bot or await relationships.knows(unit, actor.id, user_id)):
        raise errors.MissingAccess
    row = await unit.one(queries.PROFILE, user_id, actor.id)
    if row["blocks"]:
        return UserProfile(user=_user(user, ""))
    profile = UserProfile(
        user=_user(user, row["bio"]),
        user_profile=msgspec.convert(row, ProfileMetadata),
        badges=badges.held(row),
    )
    if query.guild_id is not None:
        profile = structs.replace(profile, **await _in_guild(unit, actor, user_id, query.guild_id))
    if user_id == actor.id:
        mutual = []
    if query.with_mutual_guilds:
        profile = structs.replace(profile, mutual_guilds=msgspec.convert(mutual, list[MutualGuild]))
    if query.with_mutual_friends or query.with_mutual_friends_count:
        friends = await _mutual_friends(unit, actor, user_id)
        profile = structs.replace(
            profile,
            mutual_friends=friends if query.with_mutual_friends else UNSET,
            mutual_friends_count=len(friends),
        )
    return profile


async def modify(unit: Unit, actor: Actor, body: ModifyProfile) -> ProfileMetadata:
    """Change what one says of oneself everywhere."""
    changes = _changes(body)
    if changes:
        await users.change(unit, actor, changes)
    return msgspec.convert(await unit.one(queries.PROFILE, actor.id, actor.id), ProfileMetadata)


async def modify_in_guild(
    unit: Unit, actor: Actor, guild_id: Snowflake, body: ModifyMemberProfile
) -> ProfileMetadata:
    """Change what one says of oneself in a guild; nothing said there, the rest is shown."""
    await access.guild(unit, actor, guild_id)
    changes = _changes(body)
    if changes:
        await unit.run(queries.UPDATE_MEMBER_PROFILE, guild_id, actor.id, changes)
    return await _member_profile(unit, guild_id, actor.id)


async def _in_guild(
    unit: Unit, actor: Actor, user_id: Snowflake, guild_id: Snowflake
) -> dict[str, Any]:
    """How somebody is in a guild that the actor is in as well."""
    hall = await access.guild(unit, actor, guild_id)
    member = await access.member(unit, hall, user_id)
    return {
        "guild_member": msgspec.to_builtins(member),
        "guild_member_profile": await _member_profile(unit, guild_id, user_id),
    }


async def _member_profile(unit: Unit, guild_id: Snowflake, user_id: Snowflake) -> ProfileMetadata:
    row = await unit.maybe(queries.MEMBER_PROFILE, guild_id, user_id)
    if row is None:
        raise errors.UnknownMember
    return msgspec.convert(row, ProfileMetadata)


async def _mutual_friends(unit: Unit, actor: Actor, user_id: Snowflake) -> list[User]:
    if actor.bot or user_id == actor.id:
        return []
    return await relationships.list_mutual(unit, actor, user_id)


def _user(user: User, bio: str) -> ProfiledUser:
    return ProfiledUser(**structs.asdict(user), bio=bio)


def _changes(body: ModifyProfile | ModifyMemberProfile) -> Json:
    """The columns a form names, as they are to be kept."""
    if not isinstance(body.banner, UnsetType) and body.banner is not None:
        words = "This server does not keep images of users yet; send null."
        raise InvalidForm.at("banner", "IMAGE_NOT_SUPPORTED", words)
    given = {name: value for name, value in structs.asdict(body).items() if value is not UNSET}
    for text in ("bio", "pronouns"):
        if text in given:
            given[text] = given[text] or ""
    return given
