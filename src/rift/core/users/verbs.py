"""What can be done with users: look at them, and change what one is called oneself."""

from typing import Any, Final

import msgspec
from msgspec import UNSET, structs

from rift import errors, events
from rift.core.accounts import rules
from rift.core.accounts import verbs as accounts
from rift.core.accounts.rows import account_from_row
from rift.core.actor import Actor, Visit
from rift.core.addresses import changing
from rift.core.automod import renaming
from rift.core.factors import proving
from rift.core.integrations import keeping as integrations
from rift.core.pictures import frames, keeping
from rift.core.relationships import naming
from rift.core.unit import Unit
from rift.core.users import queries
from rift.db.conflicts import AlreadyThere
from rift.errors import InvalidForm
from rift.snowflake import Snowflake
from rift.wire.limits import Json
from rift.wire.users import CurrentUser, ModifiedUser, ModifyCurrentUser, User
from rift.world import loading
from rift.world import queries as world_queries

_GUARDED: Final = ("username", "email", "new_password")
"""What a person changes with their password only."""
_SENSITIVE: Final = ("email", "new_password")
"""And with their second factor, if they have one."""


async def fetch_current(actor: Actor) -> CurrentUser:
    """Oneself."""
    return actor.account


async def fetch(unit: Unit, actor: Actor, user_id: Snowflake) -> User:  # noqa: ARG001
    """Anybody."""
    return await somebody(unit, user_id)


async def list_connections(actor: Actor) -> list[Json]:  # noqa: ARG001
    """One's accounts elsewhere: this server asks nobody about them."""
    return []


async def modify_current(
    unit: Unit, actor: Actor, visit: Visit, body: ModifyCurrentUser
) -> ModifiedUser:
    """Change one's name, profile, pictures, address or password."""
    pictures = await keeping.taken(unit, body, frames.of_user(actor.id), actor.account)
    if any(getattr(body, name) is not UNSET for name in _SENSITIVE):
        await proving.require_if_enabled(unit, actor, visit)
    changes = {**_changes(actor, body), **pictures}
    known = await _proven(unit, actor, body)
    begun = None
    if known is not None and body.new_password is not UNSET:
        begun = await accounts.change_password(unit, actor, known, body.new_password)
    if changes:
        await _write(unit, actor, changes)
    user = await current(unit, actor.id)
    if changes:
        await _announce(unit, user)
    answer = ModifiedUser(**structs.asdict(user))
    if begun is None:
        return answer
    return structs.replace(answer, token=begun.token, refresh_token=begun.refresh_token)


async def change(unit: Unit, actor: Actor, changes: dict[str, Any]) -> None:
    """Write what somebody changed of themselves, and tell it."""
    await _write(unit, actor, changes)
    await _announce(unit, await current(unit, actor.id))


async def tell(unit: Unit, user_id: Snowflake) -> None:
    """Tell somebody's own clients of what changed where others do not see it."""
    unit.emit(events.UserUpdate(data=await current(unit, user_id)))


def _changes(actor: Actor, body: ModifyCurrentUser) -> dict[str, Any]:
    """The columns that the form names, as they are to be kept."""
    named = ("username", "global_name", "accent_color", "bio", "email")
    changes = {name: getattr(body, name) for name in named if getattr(body, name) is not UNSET}
    if "username" in changes and not actor.bot:
        changes["username"] = rules.username(changes["username"])
    if "global_name" in changes:
        changes["global_name"] = (changes["global_name"] or "").strip() or None
    if "bio" in changes:
        changes["bio"] = changes["bio"] or ""
    if actor.bot:
        changes.pop("email", None)
    return changes


async def _proven(unit: Unit, actor: Actor, body: ModifyCurrentUser) -> str | None:
    """The hash of the password that was given, where one is needed; bots have none."""
    if actor.bot or all(getattr(body, name) is UNSET for name in _GUARDED):
        return None
    if body.new_password is not UNSET:
        rules.check_password(unit.settings, body.new_password, "new_password")
    if body.password is UNSET:
        raise InvalidForm({"password": [rules.WRONG_PASSWORD]})
    return await accounts.check_password(unit, actor, body.password)


async def _write(unit: Unit, actor: Actor, changes: dict[str, Any]) -> None:
    # Guilds are held before any other row is touched; see `core.guilds.holding`.
    await unit.all(queries.HOLD_GUILDS, actor.id)
    if "email" in changes:
        changes |= await changing.given(unit, actor.id, changes.pop("email"))
    try:
        await unit.run(queries.UPDATE, actor.id, changes)
    except AlreadyThere as error:
        taken = rules.EMAIL_TAKEN if error.constraint_name == "users_by_email" else rules.TAKEN
        field = "email" if taken is rules.EMAIL_TAKEN else "username"
        raise InvalidForm({field: [taken]}) from error


async def _announce(unit: Unit, user: CurrentUser) -> None:
    """Tell the user's own clients, who knows them, and every guild that shows the user."""
    unit.emit(events.UserUpdate(data=user))
    await naming.tell(unit, user.id)
    if user.bot:
        await integrations.look_different(unit, user.id)
    guild_ids = [row["guild_id"] for row in await unit.all(queries.GUILDS, user.id)]
    looking = await renaming.looking(unit, guild_ids)
    for row in await unit.all(world_queries.MEMBERS_OF_USER, user.id, guild_ids):
        await renaming.announce(unit, row["guild_id"], loading.member_from_row(row), looking)


async def current(unit: Unit, user_id: Snowflake) -> CurrentUser:
    """A user as shown to themselves."""
    row = await unit.maybe(queries.CURRENT, user_id)
    if row is None:
        raise errors.Unauthorized
    return account_from_row(row)


async def somebody(unit: Unit, user_id: Snowflake) -> User:
    """A user as everybody sees them."""
    row = await unit.maybe(queries.USER, user_id)
    if row is None:
        raise errors.UnknownUser
    return msgspec.convert(row, User)
