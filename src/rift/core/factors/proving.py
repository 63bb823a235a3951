"""Proof of a second factor: with a login, and again before what could cost the account."""

from typing import Final, TypeGuard, get_args

from rift import errors
from rift.core.accounts import tickets
from rift.core.accounts.tickets import Ticket
from rift.core.actor import Actor, Visit
from rift.core.factors import backup_codes, passkeys, queries, totp
from rift.core.factors.refusals import ProofRequired
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire.factors import Method, ProofMethod

PROOF_LASTS_S: Final = 300


async def require(unit: Unit, actor: Actor, visit: Visit) -> None:
    """Refuse who did not prove a second factor just now; who has none proves their password.

    To be called before the unit has taken a connection: the refusal's ticket has one of its own.
    """
    if _is_proven(unit, actor, visit):
        return
    challenge = passkeys.new_challenge()
    async with Unit(unit.house) as asking:
        methods = await _methods(asking, actor.id, visit, challenge)
        ticket = await tickets.issue(
            asking,
            "proof",
            user_id=actor.id,
            session_id=actor.session_id,
            challenge=challenge,
        )
    raise ProofRequired(ticket, methods)


async def require_if_enabled(unit: Unit, actor: Actor, visit: Visit) -> None:
    """The same for those who have a second factor."""
    if actor.account.mfa_enabled and not actor.bot:
        await require(unit, actor, visit)


async def prove(
    unit: Unit, user_id: Snowflake, visit: Visit, ticket: Ticket, method: Method, data: str
) -> None:
    """Refuse what is not the right answer; a right one is used up with the unit."""
    throttles = unit.house.throttles
    throttles.admit_code(user_id, unit.now().timestamp())
    match method:
        case "totp":
            right = await _take_code(unit, user_id, data) or await backup_codes.spend(
                unit, user_id, data
            )
        case "backup":
            right = await backup_codes.spend(unit, user_id, data)
        case "webauthn":
            right = await _take_passkey(unit, user_id, visit, ticket, data)
        case "password":  # it is no second factor
            right = False
    if not right:
        raise errors.InvalidTwoFactorCode
    throttles.forgive_codes(user_id)


async def check_code(unit: Unit, user_id: Snowflake, code: str) -> None:
    """The same for a code of the authenticator or a backup code."""
    await prove(unit, user_id, Visit(address=""), Ticket(hash=b""), "totp", code)


def is_method(name: str) -> TypeGuard[Method]:
    return name in get_args(Method)


def _is_proven(unit: Unit, actor: Actor, visit: Visit) -> bool:
    if not visit.proof:
        return False
    try:
        claims = unit.house.jwts.read(visit.proof, "mfa", unit.now().timestamp())
    except errors.Unauthorized:
        return False
    return (claims.user_id, claims.session_id) == (actor.id, actor.session_id)


async def _take_code(unit: Unit, user_id: Snowflake, code: str) -> bool:
    row = await unit.maybe(queries.TOTP, user_id)
    if row is None:
        return False
    secret = unit.house.vault.open(row["secret"], totp.about(user_id))
    step = totp.step(secret, code, unit.now().timestamp())
    return step is not None and bool(await unit.run(queries.TAKE_STEP, row["id"], step, unit.now()))


async def _take_passkey(
    unit: Unit, user_id: Snowflake, visit: Visit, ticket: Ticket, answer: str
) -> bool:
    place = passkeys.site(unit, visit)
    used = await passkeys.use(unit, place, ticket.challenge or b"", answer, alone=False)
    return bool(used["user_id"] == user_id)


async def _methods(
    unit: Unit, user_id: Snowflake, visit: Visit, challenge: bytes
) -> list[ProofMethod]:
    rows = await unit.all(queries.OF_USER, user_id)
    kinds = {row["kind"] for row in rows}
    codes_left = any(row["kind"] == "backup_code" and row["used_at"] is None for row in rows)
    methods = []
    place = passkeys.site(unit, visit)
    if usable := await passkeys.of_user(unit, user_id, place):
        asked = passkeys.ask_to_use(place, usable, challenge, alone=False)
        methods.append(ProofMethod(type="webauthn", challenge=asked))
    if "totp" in kinds:
        methods.append(ProofMethod(type="totp", backup_codes_allowed=codes_left))
    if codes_left:
        methods.append(ProofMethod(type="backup"))
    if kinds.isdisjoint(("totp", "passkey")):
        methods.append(ProofMethod(type="password"))
    return methods
