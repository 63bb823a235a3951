"""What can be done with one's second factors: set them up, prove them, and take them away."""

from msgspec import UNSET

from rift import errors
from rift.core.accounts import sessions, tickets
from rift.core.accounts import verbs as accounts
from rift.core.accounts.rows import account_from_row
from rift.core.actor import Actor, Visit
from rift.core.factors import backup_codes, passkeys, proving, queries, totp
from rift.core.unit import Row, Unit
from rift.core.users import holding as users
from rift.core.users import queries as user_queries
from rift.errors import REQUIRED, InvalidForm
from rift.events import (
    AuthenticatorCreate,
    AuthenticatorDelete,
    AuthenticatorUpdate,
    UserUpdate,
)
from rift.snowflake import Snowflake
from rift.wire.factors import (
    AddPasskey,
    AskForBackupCodes,
    Authenticator,
    AuthenticatorGone,
    BackupCodes,
    BackupCodesChallenge,
    EnableTotp,
    FinishProof,
    NamePasskey,
    PasskeyAdded,
    Proven,
    TotpDisabled,
    TotpEnabled,
    VerifyBackupCodes,
    ViewBackupCodes,
)

_UNNAMED = "Passkey"


async def enable_totp(unit: Unit, actor: Actor, body: EnableTotp) -> TotpEnabled:
    """Take an authenticator into use; the account's other sessions, begun without it, end."""
    actor.must_be_person()
    await accounts.check_password(unit, actor, body.password)
    secret = totp.secret(body.secret or "")
    if secret is None:
        raise errors.InvalidTwoFactorSecret
    throttles, now = unit.house.throttles, unit.now().timestamp()
    throttles.admit_code(actor.id, now)
    step = totp.step(secret, body.code or "", now)
    if step is None:
        raise errors.InvalidTwoFactorCode
    throttles.forgive_codes(actor.id)
    await users.hold(unit, actor.id)
    sealed = unit.house.vault.seal(secret, totp.about(actor.id))
    if not await unit.run(queries.INSERT_TOTP, unit.new_id(), actor.id, sealed, step):
        raise errors.TwoFactorEnabled
    codes = await backup_codes.ensure(unit, actor.id)
    await sessions.end_others(unit, actor.id, actor.session_id)
    token = await sessions.renew(unit, actor.id, actor.session_id)
    await _tell(unit, actor)
    return TotpEnabled(token=token, backup_codes=codes)


async def disable_totp(unit: Unit, actor: Actor, visit: Visit) -> TotpDisabled:
    """Take the authenticator out of use."""
    actor.must_be_person()
    await proving.require(unit, actor, visit)
    await users.hold(unit, actor.id)
    if not await unit.run(queries.DROP_TOTP, actor.id):
        raise errors.TwoFactorNotEnabled
    await _settle(unit, actor)
    return TotpDisabled(token=await sessions.renew(unit, actor.id, actor.session_id))


async def view_backup_codes(
    unit: Unit, actor: Actor, visit: Visit, body: ViewBackupCodes
) -> BackupCodes:
    """How many backup codes are left; or new ones, in place of all earlier ones."""
    actor.must_be_person()
    await accounts.check_password(unit, actor, body.password)
    await proving.require(unit, actor, visit)
    return await _codes(unit, actor, regenerate=body.regenerate)


async def ask_for_backup_codes(
    unit: Unit, actor: Actor, body: AskForBackupCodes
) -> BackupCodesChallenge:
    """Begin to view or to replace one's backup codes with the password; a code ends it."""
    actor.must_be_person()
    await accounts.check_password(unit, actor, body.password)
    user_id, session_id = actor.id, actor.session_id
    return BackupCodesChallenge(
        nonce=await tickets.issue(unit, "codes", user_id=user_id, session_id=session_id),
        regenerate_nonce=await tickets.issue(
            unit, "new codes", user_id=user_id, session_id=session_id
        ),
    )


async def verify_backup_codes(unit: Unit, actor: Actor, body: VerifyBackupCodes) -> BackupCodes:
    """End what `ask_for_backup_codes` began."""
    actor.must_be_person()
    ticket = await tickets.attempt(unit, body.nonce, "new codes" if body.regenerate else "codes")
    if ticket.session_id != actor.session_id:
        raise errors.InvalidTwoFactorTicket
    await proving.check_code(unit, actor.id, body.key)
    await tickets.spend(unit, ticket)
    return await _codes(unit, actor, regenerate=body.regenerate)


async def finish_proof(unit: Unit, actor: Actor, visit: Visit, body: FinishProof) -> Proven:
    """Prove a second factor, or the password where there is none; good for five minutes."""
    actor.must_be_person()
    ticket = await tickets.attempt(unit, body.ticket, "proof")
    if ticket.session_id != actor.session_id:
        raise errors.InvalidTwoFactorTicket
    if body.mfa_type == "password" and not actor.account.mfa_enabled:
        await accounts.check_password(unit, actor, body.data)
    else:
        await proving.prove(unit, actor.id, visit, ticket, body.mfa_type, body.data)
    await tickets.spend(unit, ticket)
    now = unit.now().timestamp()
    proof = unit.house.jwts.sign("mfa", actor.id, actor.session_id, now, proving.PROOF_LASTS_S)
    return Proven(token=proof)


async def list_passkeys(unit: Unit, actor: Actor) -> list[Authenticator]:
    """One's own passkeys, the oldest first."""
    actor.must_be_person()
    return [_shown(row) for row in await unit.all(queries.PASSKEYS, actor.id)]


async def add_passkey(unit: Unit, actor: Actor, visit: Visit, body: AddPasskey) -> PasskeyAdded:
    """Ask for a passkey, and then take it in."""
    actor.must_be_person()
    await proving.require(unit, actor, visit)
    if body.ticket is None and body.credential is None:
        return await _ask_for_passkey(unit, actor, visit)
    if body.ticket is None or body.credential is None:
        raise InvalidForm({"ticket" if body.ticket is None else "credential": [REQUIRED]})
    ticket = await tickets.attempt(unit, body.ticket, "enrolment")
    if ticket.session_id != actor.session_id:
        raise errors.InvalidTwoFactorTicket
    place = passkeys.site(unit, visit)
    made = passkeys.made(place, ticket.challenge or b"", body.credential)
    await tickets.spend(unit, ticket)
    return await _take_in(unit, actor, place, made, body.name or _UNNAMED)


async def name_passkey(
    unit: Unit, actor: Actor, visit: Visit, authenticator_id: Snowflake, body: NamePasskey
) -> Authenticator:
    """Call a passkey something else."""
    actor.must_be_person()
    await proving.require(unit, actor, visit)
    if body.name is UNSET:
        rows = await unit.all(queries.PASSKEYS, actor.id)
        row = next((row for row in rows if row["id"] == authenticator_id), None)
    else:
        row = await unit.maybe(queries.NAME_PASSKEY, authenticator_id, actor.id, body.name)
    if row is None:
        raise errors.NotFound
    shown = _shown(row)
    unit.emit(AuthenticatorUpdate(data=shown, to=(actor.id,)))
    return shown


async def remove_passkey(
    unit: Unit, actor: Actor, visit: Visit, authenticator_id: Snowflake
) -> None:
    """Take a passkey out of use."""
    actor.must_be_person()
    await proving.require(unit, actor, visit)
    await users.hold(unit, actor.id)
    if not await unit.run(queries.DROP_PASSKEY, authenticator_id, actor.id):
        raise errors.NotFound
    await _settle(unit, actor)
    unit.emit(AuthenticatorDelete(data=AuthenticatorGone(id=authenticator_id), to=(actor.id,)))


async def _ask_for_passkey(unit: Unit, actor: Actor, visit: Visit) -> PasskeyAdded:
    place, challenge = passkeys.site(unit, visit), passkeys.new_challenge()
    user = await users.hold(unit, actor.id)
    there = await passkeys.of_user(unit, actor.id, place)
    ticket = await tickets.issue(
        unit,
        "enrolment",
        user_id=actor.id,
        session_id=actor.session_id,
        challenge=challenge,
    )
    asked = passkeys.ask_to_make(unit, place, user, there, challenge)
    return PasskeyAdded(ticket=ticket, challenge=asked)


async def _take_in(
    unit: Unit, actor: Actor, place: passkeys.Site, made: passkeys.Made, name: str
) -> PasskeyAdded:
    await users.hold(unit, actor.id)
    if len(await unit.all(queries.PASSKEYS, actor.id)) >= passkeys.MOST:
        raise InvalidForm.at("credential", "TOO_MANY_PASSKEYS", "Remove a passkey first.")
    id_ = unit.new_id()
    await unit.run(queries.INSERT_PASSKEY_FACTOR, id_, actor.id, made.public_key)
    kept = (made.credential_id, place.id, name, str(made.sign_count), made.transports)
    if not await unit.run(queries.INSERT_PASSKEY, id_, *kept):
        raise InvalidForm.at("credential", "PASSKEY_KNOWN", "This passkey is in use already.")
    codes = await backup_codes.ensure(unit, actor.id)
    await _tell(unit, actor)
    shown = Authenticator(id=id_, name=name)
    unit.emit(AuthenticatorCreate(data=shown, to=(actor.id,)))
    return PasskeyAdded(id=id_, type=shown.type, name=name, backup_codes=codes)


async def _codes(unit: Unit, actor: Actor, *, regenerate: bool) -> BackupCodes:
    await users.hold(unit, actor.id)
    there = await backup_codes.shown(unit, actor.id)
    if not there:
        raise errors.TwoFactorNotEnabled
    if regenerate:
        there = await backup_codes.replace(unit, actor.id)
    return BackupCodes(backup_codes=there)


async def _settle(unit: Unit, actor: Actor) -> None:
    """After a factor is gone: with the last one, the codes that stand in for it go too."""
    rows = await unit.all(queries.OF_USER, actor.id)
    if all(row["kind"] == "backup_code" for row in rows):
        await unit.run(queries.DROP_BACKUP_CODES, actor.id)
    await _tell(unit, actor)


async def _tell(unit: Unit, actor: Actor) -> None:
    """Whether one has a second factor is shown to oneself, and to one's bots, who have it too."""
    bots = [row["bot_id"] for row in await unit.all(queries.BOTS, actor.id)]
    for user_id in (actor.id, *bots):
        row = await unit.one(user_queries.CURRENT, user_id)
        unit.emit(UserUpdate(data=account_from_row(row)))


def _shown(row: Row) -> Authenticator:
    return Authenticator(id=row["id"], name=row["name"], last_used=row["used_at"])
