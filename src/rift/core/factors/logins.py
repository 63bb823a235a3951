"""Logging in with a second factor, or with a passkey alone."""

from typing import Final
from uuid import uuid4

from rift import errors
from rift.core.accounts import sessions, tickets
from rift.core.actor import Guest, Visit
from rift.core.departures import returning
from rift.core.factors import passkeys, proving, queries
from rift.core.factors.refusals import CodeRequired
from rift.core.unit import Unit
from rift.errors import NotFound
from rift.snowflake import Snowflake
from rift.wire.factors import (
    FinishPasswordless,
    LoginVerified,
    PasswordlessChallenge,
    VerifyLogin,
)
from rift.wire.users import LoggedIn, LoginSettings

_SECOND: Final = frozenset({"totp", "passkey"})


async def second_step(
    unit: Unit, user_id: Snowflake, visit: Visit, *, undelete: bool
) -> LoggedIn | None:
    """What a login is answered that has shown its password; None where that is enough."""
    rows = await unit.all(queries.OF_USER, user_id)
    kinds = {row["kind"] for row in rows}
    if kinds.isdisjoint(_SECOND):
        return None
    challenge, instance_id = passkeys.new_challenge(), str(uuid4())
    place = passkeys.site(unit, visit)
    usable = await passkeys.of_user(unit, user_id, place)
    ticket = await tickets.issue(
        unit,
        "login",
        user_id=user_id,
        challenge=challenge,
        instance_id=instance_id,
        undelete=undelete,
    )
    asked = passkeys.ask_to_use(place, usable, challenge, alone=False) if usable else None
    return LoggedIn(
        user_id=user_id,
        mfa=True,
        ticket=ticket,
        login_instance_id=instance_id,
        totp="totp" in kinds,
        sms=False,
        backup=any(row["kind"] == "backup_code" and row["used_at"] is None for row in rows),
        webauthn=asked,
    )


async def require_code(unit: Unit, user_id: Snowflake, code: str | None) -> None:
    """Refuse who has a second factor and does not show it; for doors that ask no questions."""
    rows = await unit.all(queries.OF_USER, user_id)
    if _SECOND.isdisjoint(row["kind"] for row in rows):
        return
    if code is None:
        raise CodeRequired
    await proving.check_code(unit, user_id, code)


async def verify(
    unit: Unit, actor: Guest, visit: Visit, authenticator_type: str, body: VerifyLogin
) -> LoginVerified:
    """Finish a login with a code, a backup code or a passkey."""
    if not proving.is_method(authenticator_type):
        raise NotFound
    ticket = await tickets.attempt(unit, body.ticket, "login")
    if ticket.user_id is None or body.login_instance_id not in {None, ticket.instance_id}:
        raise errors.InvalidTwoFactorTicket
    await proving.prove(unit, ticket.user_id, visit, ticket, authenticator_type, body.code)
    await tickets.spend(unit, ticket)
    return await _begun(unit, actor, ticket.user_id, undelete=ticket.undelete)


async def start_passwordless(unit: Unit, visit: Visit) -> PasswordlessChallenge:
    """Ask a browser for a passkey of whoever it belongs to, at the press of a button."""
    return await _asked(unit, visit, conditional=False)


async def start_conditional(unit: Unit, visit: Visit) -> PasswordlessChallenge:
    """The same, offered among the names that the browser fills in."""
    return await _asked(unit, visit, conditional=True)


async def finish_passwordless(
    unit: Unit, actor: Guest, visit: Visit, body: FinishPasswordless
) -> LoginVerified:
    """Log in with a passkey whose authenticator knew its user: both factors in one."""
    throttles, now = unit.house.throttles, unit.now().timestamp()
    throttles.admit_guess(body.ticket, actor.address, now)
    ticket = await tickets.attempt(unit, body.ticket, "passwordless")
    place = passkeys.site(unit, visit)
    used = await passkeys.use(unit, place, ticket.challenge or b"", body.credential, alone=True)
    await tickets.spend(unit, ticket)
    throttles.forgive_guess(body.ticket, actor.address, now)
    return await _begun(unit, actor, used["user_id"], undelete=False)


async def _asked(unit: Unit, visit: Visit, *, conditional: bool) -> PasswordlessChallenge:
    challenge = passkeys.new_challenge()
    place = passkeys.site(unit, visit)
    asked = passkeys.ask_to_use(place, [], challenge, alone=True, conditional=conditional)
    ticket = await tickets.issue(unit, "passwordless", challenge=challenge)
    return PasswordlessChallenge(ticket=ticket, challenge=asked)


async def _begun(unit: Unit, actor: Guest, user_id: Snowflake, *, undelete: bool) -> LoginVerified:
    account = await unit.one(queries.ACCOUNT, user_id)
    if account["disabled"]:
        await returning.readmit(unit, user_id, wanted=undelete)
    begun = await sessions.begin(unit, user_id, actor.user_agent)
    return LoginVerified(
        token=begun.token,
        refresh_token=begun.refresh_token,
        user_id=user_id,
        user_settings=LoginSettings(locale=account["locale"]),
    )
