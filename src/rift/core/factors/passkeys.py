"""The ceremonies of passkeys (WebAuthn): what is asked of a browser, and what it must answer."""

from base64 import urlsafe_b64encode
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec
import webauthn
from webauthn.helpers import (
    base64url_to_bytes,
    generate_challenge,
    options_to_json,
    parse_authentication_credential_json,
    parse_registration_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticationCredential,
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from rift import errors
from rift.core.accounts import sessions
from rift.core.actor import Visit
from rift.core.factors import queries
from rift.core.unit import Row, Unit
from rift.snowflake import Snowflake

# What the library raises for what it was sent; some of it comes from JSON, base64 and CBOR below.
_MALFORMED: Final = (WebAuthnException, ValueError, TypeError, KeyError, RecursionError)
MOST: Final = 25
"""Passkeys of one account."""
_TRANSPORTS: Final = {transport.value: transport for transport in AuthenticatorTransport}


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """Where a passkey is good: a browser gives it to no page from elsewhere."""

    id: str
    """The host, by which the authenticator keeps it."""
    origin: str


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A new passkey, as it is kept."""

    credential_id: bytes
    public_key: str
    sign_count: int
    transports: list[str]


def site(unit: Unit, visit: Visit) -> Site:
    """By the operator's word; without one, by the host that the browser asked for."""
    origin = unit.settings.server.public_url.rstrip("/") or visit.origin
    try:
        host = urlsplit(origin).hostname
    except ValueError:
        host = None
    return Site(id=host or "", origin=origin)


async def of_user(unit: Unit, user_id: Snowflake, place: Site) -> list[Row]:
    """Those of a user that are good at a place."""
    rows = await unit.all(queries.PASSKEYS, user_id)
    return [row for row in rows if row["site"] == place.id]


def ask_to_make(unit: Unit, place: Site, user: Row, there: list[Row], challenge: bytes) -> str:
    """What a browser is to make a passkey by, as JSON for `navigator.credentials.create`."""
    options = webauthn.generate_registration_options(
        rp_id=place.id or "localhost",
        rp_name=unit.settings.instance.name,
        user_id=user["id"].encode(),
        user_name=user["username"],
        user_display_name=user["global_name"] or user["username"],
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=[_descriptor(row) for row in there],
    )
    return _as_json(options_to_json(options))


def ask_to_use(
    place: Site, allowed: list[Row], challenge: bytes, *, alone: bool, conditional: bool = False
) -> str:
    """What a browser is to sign, as JSON for `navigator.credentials.get`.

    Alone, a passkey stands for the password too: then the authenticator must know its user.
    """
    needed = UserVerificationRequirement.REQUIRED
    options = webauthn.generate_authentication_options(
        rp_id=place.id or "localhost",
        challenge=challenge,
        allow_credentials=[_descriptor(row) for row in allowed],
        user_verification=needed if alone else UserVerificationRequirement.PREFERRED,
    )
    extra = {"mediation": "conditional"} if conditional else {}
    return _as_json(options_to_json(options), **extra)


def made(place: Site, challenge: bytes, answer: str) -> Made:
    """The passkey that a browser made, if it answers what it was asked."""
    try:
        credential = parse_registration_credential_json(answer)
        verified = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=place.id,
            expected_origin=place.origin,
        )
    except _MALFORMED as error:
        raise errors.InvalidTwoFactorCode from error
    transports = credential.response.transports or []
    return Made(
        credential_id=verified.credential_id,
        public_key=urlsafe_b64encode(verified.credential_public_key).decode(),
        sign_count=verified.sign_count,
        transports=[transport.value for transport in transports],
    )


async def use(unit: Unit, place: Site, challenge: bytes, answer: str, *, alone: bool) -> Row:
    """The passkey that signed the challenge, and whose it is; anything else is refused."""
    credential = _parse_used(answer)
    row = await unit.maybe(queries.BY_CREDENTIAL, credential.raw_id)
    if row is None or (alone and credential.response.user_handle != row["user_id"].encode()):
        raise errors.InvalidTwoFactorCode
    try:
        verified = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=place.id,
            expected_origin=place.origin,
            credential_public_key=base64url_to_bytes(row["public_key"]),
            credential_current_sign_count=0,  # the database compares, one use after the other
            require_user_verification=alone,
        )
    except _MALFORMED as error:
        raise errors.InvalidTwoFactorCode from error
    await _count(unit, row, verified.new_sign_count)
    return row


async def _count(unit: Unit, row: Row, sign_count: int) -> None:
    if not await unit.run(queries.COUNT_USE, row["id"], str(sign_count)):
        async with Unit(unit.house) as noting:  # it stays noted when the answer is a refusal
            await sessions.note(noting, row["user_id"], "passkey_copied", "")
        raise errors.InvalidTwoFactorCode
    await unit.run(queries.NOTE_USE, row["id"], unit.now())


def _parse_used(answer: str) -> AuthenticationCredential:
    try:
        return parse_authentication_credential_json(answer)
    except _MALFORMED as error:
        raise errors.InvalidTwoFactorCode from error


def _descriptor(row: Row) -> PublicKeyCredentialDescriptor:
    known = [_TRANSPORTS[name] for name in row["transports"] if name in _TRANSPORTS]
    return PublicKeyCredentialDescriptor(id=row["credential_id"], transports=known or None)


def _as_json(options: str, **extra: Any) -> str:
    return msgspec.json.encode({"publicKey": msgspec.Raw(options.encode()), **extra}).decode()


def new_challenge() -> bytes:
    return generate_challenge()
