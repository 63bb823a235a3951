"""Sessions that live by short tokens: how they begin, for doors that take such."""

from rift.core.accounts import rules, sessions
from rift.core.accounts import verbs as accounts
from rift.core.accounts.sessions import AccessPair
from rift.core.actor import Actor, Guest
from rift.core.factors import logins
from rift.core.unit import Unit
from rift.wire.users import Login, Register


async def register(unit: Unit, actor: Guest, body: Register) -> AccessPair:
    """Make an account and log it in."""
    user_id = await accounts.enrol(unit, actor, body)
    return await sessions.begin_pair(unit, user_id, actor.user_agent)


async def login(unit: Unit, actor: Guest, body: Login, code: str | None) -> AccessPair:
    """Begin a session with name, password and, where there is a second factor, its code."""
    account = await accounts.recognise(unit, actor, body)
    await logins.require_code(unit, account["id"], code)
    user_id = await accounts.admit(unit, account, undelete=body.undelete)
    return await sessions.begin_pair(unit, user_id, actor.user_agent)


async def change_password(
    unit: Unit, actor: Actor, current: str, wanted: str, code: str | None
) -> AccessPair:
    """Keep another password; every session ends, and one begins for who asked."""
    actor.must_be_person()
    rules.check_password(unit.settings, wanted, "new_password")
    known = await accounts.check_password(unit, actor, current)
    await logins.require_code(unit, actor.id, code)
    client = await accounts.replace_password(unit, actor, known, wanted)
    return await sessions.begin_pair(unit, actor.id, client)
