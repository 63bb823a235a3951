"""What people say of themselves to those they know, everywhere and in each of their guilds."""

from typing import Any

import msgspec
from msgspec import UNSET, structs

from rift import errors
from rift.core import access
from rift.core.actor import Actor
from rift.core.guilds import holding
from rift.core.members import changes as members
from rift.core.pictures import frames, keeping
from rift.core.relationships import verbs as relationships
from rift.core.unit import Unit
from rift.core.users import badges, queries
from rift.core.users import verbs as users
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
    pictures = await keeping.taken(unit, body, frames.of_user(actor.id), actor.account)
    changes = {**_changes(body), **pictures}
    if changes:
        await users.change(unit, actor, changes)
    return msgspec.convert(await unit.one(queries.PROFILE, actor.id, actor.id), ProfileMetadata)


async def modify_in_guild(
    unit: Unit, actor: Actor, guild_id: Snowflake, body: ModifyMemberProfile
) -> ProfileMetadata:
    """Change what one says of oneself in a guild; nothing said there, the rest is shown."""
    hall = await access.guild(unit, actor, guild_id)
    pictures = await keeping.taken(unit, body, frames.of_member(guild_id, actor.id), hall.member)
    if pictures:
        hall = await holding.hall(unit, actor, guild_id)
        await members.store(unit, actor, hall, hall.member, pictures)
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
    """The columns a form names, but for pictures, as they are to be kept."""
    given = {name: value for name, value in structs.asdict(body).items() if value is not UNSET}
    given.pop("banner", None)
    for text in ("bio", "pronouns"):
        if text in given:
            given[text] = given[text] or ""
    return given
