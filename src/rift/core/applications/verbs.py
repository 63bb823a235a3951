"""What can be done with applications: make, show, change and delete them, and renew tokens."""

import secrets
from types import SimpleNamespace
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rift import errors, events
from rift.core.accounts import sessions
from rift.core.accounts.tokens import token_hash
from rift.core.actor import Actor
from rift.core.applications import queries, shapes
from rift.core.integrations import keeping as integrations
from rift.core.interactions import calls
from rift.core.pictures import frames, keeping
from rift.core.role_links import doubting
from rift.core.unit import Row, Unit
from rift.core.users import queries as user_queries
from rift.core.users import verbs as users
from rift.core.users.holding import hold
from rift.errors import InvalidForm
from rift.snowflake import Snowflake
from rift.wire.applications import (
    BotToken,
    ClientSecret,
    CreateApplication,
    ModifyApplication,
    PrivateApplication,
    ResetBot,
)
from rift.wire.gateway import GuildMemberRemove, GuildRoleDelete
from rift.wire.limits import Json
from rift.wire.users import User

_MOST: Final = 50
_TRIES: Final = 3
_SECRET_BYTES: Final = 32
_LOOKS: Final = ("name", "icon", "description", "flags")
"""What integrations show of their application."""


async def create(unit: Unit, actor: Actor, body: CreateApplication) -> PrivateApplication:
    """Make an application and its bot."""
    actor.must_be_person()
    id_ = unit.new_id()
    pictures = await keeping.taken(unit, body, frames.of_application(id_))
    await make(unit, actor.id, body.name, body.description or "", id_)
    if any(pictures.values()):
        await unit.run(queries.UPDATE, id_, pictures)
    return await _shown(unit, id_)


async def flags(unit: Unit, actor: Actor) -> int:
    """What the owner of a bot has switched on for it, privileged intents above all."""
    row = await unit.maybe(queries.FLAGS, actor.application_id)
    return 0 if row is None else int(row["flags"])


async def make(
    unit: Unit,
    owner_id: Snowflake,
    name: str,
    description: str = "",
    id_: Snowflake | None = None,
) -> Snowflake:
    """An application of somebody's, with its bot; both have the same id."""
    await hold(unit, owner_id)
    if (await unit.one(queries.COUNT, owner_id))["count"] >= _MOST:
        raise errors.TooManyApplications
    id_, name = id_ or unit.new_id(), name.strip()
    if len(name) < 2:
        raise InvalidForm.at("name", "BASE_TYPE_BAD_LENGTH", "Must be 2 or more in length.")
    await _make_bot(unit, id_, name)
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw().hex()
    private = key.private_bytes_raw()
    await unit.run(queries.INSERT, id_, owner_id, name, description, public, private)
    return id_


async def list_own(unit: Unit, actor: Actor) -> list[PrivateApplication]:
    """One's own applications."""
    actor.must_be_person()
    return await shapes.applications(unit, await unit.all(queries.OF_OWNER, actor.id))


async def fetch(unit: Unit, actor: Actor, application_id: Snowflake) -> PrivateApplication:
    """An application of one's own."""
    row = await own(unit, actor, application_id)
    return (await shapes.applications(unit, [row]))[0]


async def modify(
    unit: Unit, actor: Actor, application_id: Snowflake, body: ModifyApplication
) -> PrivateApplication:
    """Change an application of one's own."""
    # On a connection that is given back at once: drawing takes its time.
    async with Unit(unit.house, reading=True) as glance:
        shown = await own(glance, actor, application_id)
        kept = await glance.one(queries.KEY, application_id)
    url = body.interactions_endpoint_url
    if isinstance(url, str) and url != shown["interactions_endpoint_url"]:
        await calls.prove(unit.house, application_id, url, kept["signing_key"])
    pictures = await keeping.taken(
        unit, body, frames.of_application(application_id), SimpleNamespace(**shown)
    )
    columns = {**shapes.columns(body), **pictures}
    await own(unit, actor, application_id)
    if columns:
        await unit.run(queries.UPDATE, application_id, columns)
    if any(name in columns and columns[name] != shown[name] for name in _LOOKS):
        await integrations.look_different(unit, application_id)
    return await _shown(unit, application_id)


async def fetch_current(unit: Unit, actor: Actor) -> PrivateApplication:
    """A bot's own application."""
    return await _shown(unit, _of_bot(actor))


async def modify_current(unit: Unit, actor: Actor, body: ModifyApplication) -> PrivateApplication:
    """Change a bot's own application."""
    return await modify(unit, actor, _of_bot(actor), body)


async def delete(unit: Unit, actor: Actor, application_id: Snowflake) -> None:
    """Delete an application; its bot leaves all guilds and can no longer log in."""
    actor.must_be_person()
    await dissolve(unit, await own(unit, actor, application_id))


async def dissolve(unit: Unit, row: Row) -> None:
    """The same for whoever may do so anyway."""
    bot_id = row["bot_id"]
    await unit.all(user_queries.HOLD_GUILDS, bot_id)
    if (await unit.one(queries.OWNS_GUILDS, bot_id))["owns"]:
        raise errors.Conflict("The bot owns a server. Hand it over or delete it first.")
    # First, so that it joins no other guild while it leaves these.
    await unit.run(queries.DISABLE_BOT, bot_id)
    await sessions.end_all(unit, bot_id)
    await _leave(unit, await users.somebody(unit, bot_id))
    await doubting.of_application(unit, row["id"])
    await unit.run(queries.DELETE, row["id"])


async def fetch_bot(unit: Unit, actor: Actor, application_id: Snowflake) -> User:
    """The bot of an application of one's own; every application has one."""
    row = await own(unit, actor, application_id)
    return await users.fetch(unit, actor, row["bot_id"])


async def fetch_activity(
    unit: Unit,
    actor: Actor,
    application_id: Snowflake,
    instance_id: str,  # noqa: ARG001  # there is none of any id
) -> Json:
    """An activity of an application that goes on somewhere: none does here."""
    await own(unit, actor, application_id)
    raise errors.NotFound


async def reset_bot(
    unit: Unit,
    actor: Actor,
    application_id: Snowflake,
    body: ResetBot,  # noqa: ARG001  # clients send a code they need not have yet
) -> BotToken:
    """A new token of the bot; the one before is good no longer."""
    actor.must_be_person()
    await own(unit, actor, application_id)
    return BotToken(token=await renew_token(unit, application_id))


async def reset_secret(
    unit: Unit,
    actor: Actor,
    application_id: Snowflake,
    body: ResetBot,  # noqa: ARG001  # as for the bot's token
) -> ClientSecret:
    """A new client secret, shown this once; the one before is good no longer."""
    actor.must_be_person()
    await own(unit, actor, application_id)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    await unit.run(queries.RESET, application_id, token_hash(secret))
    return ClientSecret(secret=secret)


async def renew_token(unit: Unit, application_id: Snowflake) -> str:
    """A new token of the bot of an application, which is held, so that no other is made too."""
    await unit.run(queries.HOLD, application_id)
    return await sessions.begin_bot(unit, application_id)


def _of_bot(actor: Actor) -> Snowflake:
    if actor.application_id is None:
        raise errors.OnlyBots
    return actor.application_id


async def own(unit: Unit, actor: Actor, application_id: Snowflake) -> Row:
    """An application that is the actor's, or the actor."""
    row = await unit.maybe(queries.FETCH, application_id)
    if row is None:
        raise errors.UnknownApplication
    if row["owner_id"] != actor.id and application_id != actor.application_id:
        raise errors.NotYourApplication
    return row


async def _shown(unit: Unit, application_id: Snowflake) -> PrivateApplication:
    row = await unit.one(queries.FETCH, application_id)
    return (await shapes.applications(unit, [row]))[0]


async def _make_bot(unit: Unit, id_: Snowflake, name: str) -> None:
    """Somebody else may take the number that was free a moment ago; then another one is."""
    for _ in range(_TRIES):
        if await unit.run(queries.INSERT_BOT, id_, name):
            return
    words = "Too many bots have this name. Choose another one."
    raise InvalidForm.at("name", "USERNAME_TOO_MANY_USERS", words)


async def _leave(unit: Unit, bot: User) -> None:
    """Take a bot out of its guilds, which are held, with the roles that were made for it."""
    await integrations.go_everywhere(unit, bot.id)
    roles = await unit.all(queries.DROP_ROLES, bot.id)
    await unit.run(queries.DROP_OVERWRITES, [row["id"] for row in roles])
    for row in roles:
        gone = GuildRoleDelete(guild_id=row["guild_id"], role_id=row["id"])
        unit.emit(events.RoleDelete(data=gone))
    for row in await unit.all(queries.LEAVE_GUILDS, bot.id):
        left = GuildMemberRemove(guild_id=row["guild_id"], user=bot)
        unit.emit(events.MemberRemove(data=left))
