"""What can be done with an account: make one, log in and out, see and end its sessions."""

from rift import errors
from rift.core.accounts import queries, rules, sessions
from rift.core.actor import Actor, Guest, Visit
from rift.core.codes import verbs as codes
from rift.core.departures import returning
from rift.core.factors import logins, proving
from rift.core.instance import verbs as instance
from rift.core.invites import verbs as invites
from rift.core.mails import orders as mails
from rift.core.unit import Row, Unit
from rift.errors import REQUIRED, InvalidForm
from rift.snowflake import Snowflake
from rift.wire.sessions import AuthSessions, RevokeSessions
from rift.wire.users import LoggedIn, Login, LoginSettings, Logout, Register, Registered


async def register(unit: Unit, actor: Guest, body: Register) -> Registered:
    """Make an account and log it in; the setup token makes it the instance's owner."""
    user_id = await enrol(unit, actor, body)
    return await sessions.begin(unit, user_id, actor.user_agent)


async def enrol(unit: Unit, actor: Guest, body: Register) -> Snowflake:
    """An account for somebody who may have one."""
    username = rules.username(body.username)
    rules.check_password(unit.settings, body.password)
    _check_registration(unit, body)
    unit.house.throttles.admit_registration(actor.address, unit.now().timestamp())
    # Hashed before the unit takes a connection, which nobody should have to wait for meanwhile.
    secret = await unit.house.passwords.hash(body.password)
    if body.setup_token is not None:
        await instance.spend_setup_token(unit, body.setup_token)
    elif unit.settings.auth.registration == "codes":
        await codes.spend(unit, body.registration_code or "")
    user_id = await create(
        unit,
        username,
        secret,
        global_name=body.global_name,
        email=body.email,
        owner=body.setup_token is not None,
    )
    if body.email is not None:
        await mails.order(unit, mails.Kind.VERIFY, user_id, body.email)
    if body.invite:
        await invites.redeem(unit, user_id, body.invite)
    return user_id


async def create(
    unit: Unit,
    username: str,
    secret: str,
    *,
    global_name: str | None = None,
    email: str | None = None,
    owner: bool = False,
) -> Snowflake:
    """An account with a name that was checked and a password that was hashed."""
    user_id = unit.new_id()
    if not await unit.run(queries.INSERT_USER, user_id, username, global_name, email, owner):
        raise await _taken(unit, username)
    await unit.run(queries.KEEP_FACTOR, unit.new_id(), user_id, secret)
    return user_id


async def login(unit: Unit, actor: Guest, visit: Visit, body: Login) -> LoggedIn:
    """Begin a session with a username or an e-mail address, and the password."""
    account = await recognise(unit, actor, body)
    asked = await logins.second_step(unit, account["id"], visit, undelete=body.undelete)
    if asked is not None:
        return asked
    begun = await sessions.begin(
        unit, await admit(unit, account, undelete=body.undelete), actor.user_agent
    )
    return LoggedIn(
        user_id=begun.user_id,
        token=begun.token,
        refresh_token=begun.refresh_token,
        user_settings=LoginSettings(locale=account["locale"]),
    )


async def recognise(unit: Unit, actor: Guest, body: Login) -> Row:
    """Whose name and password these are; the password does not change meanwhile."""
    account = await unit.house.pool.fetchrow(queries.BY_LOGIN, body.login)
    counted_as = body.login.lower() if account is None else account["id"]
    secret = "" if account is None else account["secret"] or ""
    # Also where there is no account: an answer that comes sooner would tell that there is none.
    matches = await _matches(unit, counted_as, actor.address, secret, body.password)
    if account is None or not matches:
        raise InvalidForm({"login": [rules.WRONG_LOGIN], "password": [rules.WRONG_LOGIN]})
    await _hold_password(unit, account["id"], secret, body.password)
    return dict(account)


async def admit(unit: Unit, account: Row, *, undelete: bool) -> Snowflake:
    """Let in who proved to be it; an account at rest comes back, if that is wanted."""
    user_id: Snowflake = account["id"]
    if account["disabled"]:
        await returning.readmit(unit, user_id, wanted=undelete)
    return user_id


async def logout(unit: Unit, actor: Actor, body: Logout) -> None:  # noqa: ARG001  # see Logout
    """End the session that asks."""
    actor.must_be_person()
    await sessions.end(unit, actor.id, [actor.session_id])


async def list_sessions(unit: Unit, actor: Actor) -> AuthSessions:
    """One's own sessions, the last used first, and what happened to some."""
    actor.must_be_person()
    rows = await unit.all(queries.SESSIONS, actor.id)
    incidents = await unit.all(queries.INCIDENTS, actor.id)
    return AuthSessions(
        user_sessions=[sessions.shown(row, actor.session_id) for row in rows],
        incidents=[sessions.shown_incident(row) for row in incidents],
    )


async def revoke_sessions(unit: Unit, actor: Actor, visit: Visit, body: RevokeSessions) -> None:
    """End some of one's own sessions."""
    actor.must_be_person()
    await proving.require_if_enabled(unit, actor, visit)
    if body.password is not None:
        await check_password(unit, actor, body.password)
    rows = await unit.all(queries.SESSIONS, actor.id)
    wanted = set(body.session_id_hashes)
    await sessions.end(
        unit, actor.id, [row["id"] for row in rows if sessions.id_hash(row["id"]) in wanted]
    )


async def check_password(unit: Unit, actor: Actor, password: str) -> str:
    """Refuse who does not know their own password; the hash it was compared with.

    Guesses count as failed logins do. To be called before the unit has taken a connection.
    """
    row = await unit.house.pool.fetchrow(queries.FACTOR, actor.id)
    secret = "" if row is None else str(row["secret"])
    if not await _matches(unit, actor.id, None, secret, password):
        raise InvalidForm({"password": [rules.WRONG_PASSWORD]})
    return secret


async def change_password(unit: Unit, actor: Actor, known: str, password: str) -> Registered:
    """Keep another password; every session ends, and a new one begins for who asked."""
    client = await replace_password(unit, actor, known, password)
    return await sessions.begin(unit, actor.id, client)


async def replace_password(unit: Unit, actor: Actor, known: str, password: str) -> str:
    """Keep another password and end every session; with what program the asking one began.

    `known` is the hash that the old password was compared with.
    """
    secret = await unit.house.passwords.hash(password)
    await _hold(unit, actor.id, known)
    await unit.run(queries.KEEP_FACTOR, unit.new_id(), actor.id, secret)
    client = await unit.maybe(queries.CLIENT, actor.session_id)
    await sessions.end_all(unit, actor.id)
    return str(client["client"]) if client else ""


async def _matches(
    unit: Unit, account: str, address: str | None, secret: str, password: str
) -> bool:
    """Whether a guess is right; it is counted, and who guessed too often is told to wait."""
    throttles, now = unit.house.throttles, unit.now().timestamp()
    throttles.admit_guess(account, address, now)
    try:
        matches = await unit.house.passwords.verify(secret, password)
    except errors.Overloaded:
        throttles.refund_guess(account, address, now)
        raise
    if matches:
        throttles.forgive_guess(account, address, now)
    return matches


async def _hold_password(unit: Unit, user_id: Snowflake, known: str, password: str) -> None:
    """Keep the password that was right from changing meanwhile; hash it better if need be."""
    better = None
    if unit.house.passwords.outdated(known):
        better = await unit.house.passwords.hash(password)
    await _hold(unit, user_id, known)
    if better is not None:
        await unit.run(queries.KEEP_FACTOR, unit.new_id(), user_id, better)


async def _hold(unit: Unit, user_id: Snowflake, known: str) -> None:
    row = await unit.maybe(queries.LOCK_FACTOR, user_id)
    if row is None or row["secret"] != known:
        raise InvalidForm({"password": [rules.WRONG_PASSWORD]})


async def _taken(unit: Unit, username: str) -> InvalidForm:
    """Which of the two that must be nobody else's is somebody else's."""
    if (await unit.one(queries.TAKEN, username))["username"]:
        return InvalidForm({"username": [rules.TAKEN]})
    return InvalidForm({"email": [rules.EMAIL_TAKEN]})


def _check_registration(unit: Unit, body: Register) -> None:
    mode = unit.settings.auth.registration
    if mode == "open" or body.setup_token is not None:
        return
    if mode == "closed":
        raise errors.FeatureDisabled("This server takes no new accounts.")
    wanted = "invite" if mode == "invite" else "registration_code"
    if not getattr(body, wanted):
        raise InvalidForm({wanted: [REQUIRED]})
