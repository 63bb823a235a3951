"""Accounts over the simple door: in, out and about oneself."""

from rift.core.accounts import pairs, refreshing
from rift.core.accounts import verbs as accounts
from rift.core.actor import Actor, Guest, Visit
from rift.core.unit import Unit
from rift.core.users import verbs as users
from rift.doors.simple import shapes, translation
from rift.snowflake import Snowflake
from rift.wire import users as wire


async def register(unit: Unit, actor: Guest, body: shapes.Register) -> shapes.Tokens:
    """Make an account and log it in."""
    form = wire.Register(
        username=body.username,
        password=body.password,
        email=body.email,
        global_name=body.display_name,
        invite=body.invite_code,
        registration_code=body.registration_code,
    )
    return translation.tokens(await pairs.register(unit, actor, form))


async def login(unit: Unit, actor: Guest, body: shapes.Login) -> shapes.Tokens:
    """Log in."""
    form = wire.Login(login=body.username, password=body.password)
    return translation.tokens(await pairs.login(unit, actor, form, body.code))


async def refresh(unit: Unit, actor: Guest, body: shapes.Refresh) -> shapes.Tokens:
    """Exchange a refresh token for new tokens; one that comes twice ends the session."""
    return translation.tokens(await refreshing.refresh_pair(unit, actor, body.refresh_token))


async def logout(unit: Unit, actor: Actor) -> None:
    """End the session that asks."""
    await accounts.logout(unit, actor, wire.Logout())


async def fetch_current(actor: Actor) -> shapes.CurrentUser:
    """Oneself."""
    return translation.current_user(await users.fetch_current(actor))


async def modify_current(
    unit: Unit, actor: Actor, visit: Visit, body: shapes.ModifyUser
) -> shapes.CurrentUser:
    """Change one's name, address or profile."""
    form = wire.ModifyCurrentUser(
        username=body.username,
        global_name=body.display_name,
        email=body.email,
        avatar=body.avatar,
        bio=body.bio,
        password=body.password,
    )
    return translation.current_user(await users.modify_current(unit, actor, visit, form))


async def change_password(unit: Unit, actor: Actor, body: shapes.ChangePassword) -> shapes.Tokens:
    """Keep another password; every session ends, and these are the tokens of a new one."""
    changed = await pairs.change_password(
        unit, actor, body.current_password, body.new_password, body.code
    )
    return translation.tokens(changed)


async def fetch(unit: Unit, actor: Actor, user_id: Snowflake) -> shapes.User:
    """Somebody."""
    return translation.user(await users.fetch(unit, actor, user_id))
