"""How a bot gets into a guild: somebody who manages the guild consents, and it joins."""

from typing import Final
from urllib.parse import urlencode

import msgspec

from rift import errors
from rift.core import access
from rift.core.actor import Actor
from rift.core.applications import queries, shapes
from rift.core.applications.verbs import require_user
from rift.core.guilds import holding
from rift.core.members.joining import join
from rift.core.roles import placing
from rift.core.roles import queries as role_queries
from rift.core.roles import shapes as role_shapes
from rift.core.unit import Unit
from rift.errors import REQUIRED, InvalidForm
from rift.permissions import ALL, Permission
from rift.snowflake import Snowflake
from rift.wire.applications import (
    Application,
    AuthorizationPage,
    Authorize,
    Authorized,
    AuthorizeQuery,
    PrivateApplication,
)
from rift.wire.limits import Json
from rift.wire.roles import Role
from rift.wire.users import User
from rift.world import Picture, loading

_SCOPES: Final = frozenset({"bot", "applications.commands"})
_DONE: Final = "/oauth2/authorized"


async def show(unit: Unit, actor: Actor, query: AuthorizeQuery) -> AuthorizationPage:
    """What to know before consenting: the bot, and the guilds one could bring it into."""
    require_user(actor)
    _scopes(query)
    guilds = await _manageable(unit, actor)
    application = await _installable(unit, actor, query.client_id)
    public = {field: getattr(application, field) for field in Application.__struct_fields__}
    return AuthorizationPage(
        application=Application(**public),
        user=actor.user,
        authorized=False,
        bot=application.bot,
        guilds=guilds,
        redirect_uri=query.redirect_uri,
    )


async def authorize(unit: Unit, actor: Actor, query: AuthorizeQuery, body: Authorize) -> Authorized:
    """Consent: the bot joins the guild, with a role of its own if it is given permissions."""
    require_user(actor)
    scopes = _scopes(query)
    guild_id = body.guild_id or query.guild_id
    if not body.authorize:
        return Authorized(location=f"{_DONE}?{urlencode({'error': 'access_denied'})}")
    if guild_id is None:
        raise InvalidForm({"guild_id": [REQUIRED]})
    await access.guild(unit, actor, guild_id, Permission.MANAGE_GUILD)
    application = await _installable(unit, actor, query.client_id)
    hall = await holding.hall(unit, actor, guild_id, Permission.MANAGE_GUILD)
    # Nobody gives a bot what they do not have themselves.
    wished = int(body.permissions or query.permissions or 0)
    granted = wished & hall.permissions & ALL
    if "bot" in scopes:
        await bring(unit, hall.guild, application.id, granted)
    answer = {"guild_id": guild_id, "permissions": str(granted)}
    return Authorized(location=f"{_DONE}?{urlencode(answer)}")


async def bring(unit: Unit, picture: Picture, bot_id: Snowflake, permissions: int) -> None:
    """Make a bot a member of a guild that is held; one that is a member stays as it is."""
    if await holding.member(unit, picture, bot_id) is not None:
        return
    roles = []
    if permissions:
        role = await _role(unit, picture, bot_id, permissions)
        roles.append(role.id)
    await join(unit, picture, bot_id, roles)


async def _role(unit: Unit, picture: Picture, bot_id: Snowflake, permissions: int) -> Role:
    """The role that is the bot's alone, and goes when it goes."""
    most = unit.settings.limits.roles_per_guild
    if len(picture.roles) >= most:
        raise errors.TooManyRoles(f"Maximum number of guild roles reached ({most})")
    bot = msgspec.convert((await unit.all(queries.USERS, [bot_id]))[0], User)
    named = {"name": bot.username, "managed": True, "tags": {"bot_id": bot_id}}
    row = role_shapes.inserted(unit.new_id(), picture.id, permissions, named)
    role = loading.role_from_row(await unit.one(role_queries.INSERT, [row]))
    await placing.add(unit, picture, role)
    return role


async def _installable(unit: Unit, actor: Actor, application_id: Snowflake) -> PrivateApplication:
    """An application whose bot the actor may bring along: a public one, or their own."""
    row = await unit.maybe(queries.FETCH, application_id)
    if row is None:
        raise errors.UnknownApplication
    if not row["bot_public"] and row["owner_id"] != actor.id:
        raise errors.NotYourApplication("Only its owner may bring this bot into a server.")
    return (await shapes.applications(unit, [row]))[0]


async def _manageable(unit: Unit, actor: Actor) -> list[Json]:
    """The guilds that the actor manages, as a page offers them."""
    world = unit.world
    guild_ids = await loading.guilds_of_user(unit.house.pool, actor.id)
    await world.load(guild_ids)
    await world.load_own_members(actor.id, guild_ids)
    found: list[Json] = []
    for picture in filter(None, map(world.get, guild_ids)):
        member = picture.members.get(actor.id)
        permissions = 0 if member is None else picture.permissions(member, None, unit.now())
        if permissions & Permission.MANAGE_GUILD.value:
            guild = picture.guild
            found.append(
                {
                    "id": guild.id,
                    "name": guild.name,
                    "icon": guild.icon,
                    "mfa_level": guild.mfa_level,
                    "permissions": str(permissions),
                }
            )
    return found


def _scopes(query: AuthorizeQuery) -> frozenset[str]:
    """What is asked for; only what this server can grant."""
    scopes = frozenset(query.scope.split())
    if not scopes or scopes - _SCOPES:
        words = "This server grants the scopes bot and applications.commands."
        raise InvalidForm.at("scope", "OAUTH2_SCOPE_INVALID", words)
    if query.response_type is not None:
        words = "This server does not grant codes and tokens to other services yet."
        raise InvalidForm.at("response_type", "OAUTH2_RESPONSE_TYPE_INVALID", words)
    return scopes
