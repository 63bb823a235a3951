"""What can be done with addresses: confirm one, ask again, and come back when locked out."""

from rift.core.accounts import queries as account_queries
from rift.core.accounts import rules, sessions
from rift.core.actor import Actor, Guest
from rift.core.addresses import queries
from rift.core.mails import orders, tokens
from rift.core.mails.orders import Kind
from rift.core.unit import Unit
from rift.core.users import verbs as users
from rift.db.conflicts import AlreadyThere
from rift.errors import InvalidForm
from rift.snowflake import Snowflake
from rift.wire.addresses import ForgotPassword, Forgotten, ResetPassword, Verified, VerifyAddress
from rift.wire.users import LoggedIn


async def verify(unit: Unit, actor: Guest, body: VerifyAddress) -> Verified:
    """Confirm an address by the token its owner was sent."""
    _admit(unit, actor)
    spent = await tokens.spend(unit, Kind.VERIFY, body.token)
    user_id = Snowflake(spent["user_id"])
    try:
        confirmed = await unit.run(queries.CONFIRM, user_id, spent["address"])
    except AlreadyThere as error:
        raise InvalidForm({"token": [rules.EMAIL_TAKEN]}) from error
    if not confirmed:
        raise tokens.invalid()
    # A way back in by the old address leads nowhere now.
    await tokens.forget(unit, Kind.RESET, user_id)
    await users.tell(unit, user_id)
    return Verified(user_id=user_id)


async def resend(unit: Unit, actor: Actor) -> None:
    """Send the letter with the token once more."""
    actor.must_be_person()
    orders.require(unit)
    unit.house.throttles.admit_mail(actor.id, None, unit.now().timestamp())
    row = await unit.one(queries.OF_USER, actor.id)
    address = row["pending_email"] or (None if row["verified"] else row["email"])
    if address is None:
        words = "There is no address that waits to be confirmed."
        raise InvalidForm.at("email", "EMAIL_ALREADY_VERIFIED", words)
    await orders.order(unit, Kind.VERIFY, actor.id, address)


async def forgot(unit: Unit, actor: Guest, body: ForgotPassword) -> Forgotten:
    """Have a link to a new password sent, if there is such an account; nobody is told."""
    orders.require(unit)
    unit.house.throttles.admit_mail(body.login.lower(), actor.address, unit.now().timestamp())
    await orders.order_reset(unit, body.login)
    return Forgotten(method="password_reset")


async def reset(unit: Unit, actor: Guest, body: ResetPassword) -> LoggedIn:
    """A new password by the token from the letter; every session ends.

    One begins for who did it, unless the account has a second factor or may not be entered: then
    the new password has still to be shown at the login, beside the other.
    """
    _admit(unit, actor)
    rules.check_password(unit.settings, body.password)
    await tokens.look(unit, Kind.RESET, body.token)
    # Hashed before the unit takes a connection, which nobody should have to wait for meanwhile.
    secret = await unit.house.passwords.hash(body.password)
    spent = await tokens.spend(unit, Kind.RESET, body.token)
    user_id = Snowflake(spent["user_id"])
    await unit.run(account_queries.KEEP_FACTOR, unit.new_id(), user_id, secret)
    await unit.run(queries.PROVEN_BY_RESET, user_id, spent["address"])
    await sessions.end_all(unit, user_id)
    await orders.order(unit, Kind.PASSWORD_RESET, user_id)
    if not await _may_enter(unit, user_id):
        return LoggedIn(user_id=user_id)
    begun = await sessions.begin(unit, user_id, actor.user_agent)
    return LoggedIn(user_id=user_id, token=begun.token, refresh_token=begun.refresh_token)


async def _may_enter(unit: Unit, user_id: Snowflake) -> bool:
    account = await unit.one(queries.MAY_ENTER, user_id)
    guarded = await unit.one(queries.HAS_SECOND_FACTOR, user_id)
    return not (account["disabled"] or guarded["guarded"])


def _admit(unit: Unit, actor: Guest) -> None:
    """Tokens are too long to be guessed; that somebody tries need not cost us more than this."""
    unit.house.throttles.admit_mail(None, actor.address, unit.now().timestamp())
