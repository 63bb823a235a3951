"""What WebAuthn's library does: the questions to a browser, and whether its answers are true.

It takes a quarter of a second to load, for which no start has to wait: `passkeys` asks for it when
somebody has one.
"""

from base64 import urlsafe_b64encode
from typing import Any, Final

import msgspec
import webauthn
from webauthn.helpers import (
    base64url_to_bytes,
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
from rift.core.factors.passkeys import Made, Site
from rift.core.unit import Row

# What the library raises for what it was sent; some of it comes from JSON, base64 and CBOR below.
_MALFORMED: Final = (WebAuthnException, ValueError, TypeError, KeyError, RecursionError)
_TRANSPORTS: Final = {transport.value: transport for transport in AuthenticatorTransport}


def ask_to_make(name: str, place: Site, user: Row, there: list[Row], challenge: bytes) -> str:
    """What a browser is to make a passkey by, as JSON for `navigator.credentials.create`."""
    options = webauthn.generate_registration_options(
        rp_id=place.id or "localhost",
        rp_name=name,
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
    place: Site, allowed: list[Row], challenge: bytes, *, alone: bool, conditional: bool
) -> str:
    """What a browser is to sign, as JSON for `navigator.credentials.get`."""
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


def read(answer: str) -> AuthenticationCredential:
    """What a browser says a passkey signed; nothing of it is believed yet."""
    try:
        return parse_authentication_credential_json(answer)
    except _MALFORMED as error:
        raise errors.InvalidTwoFactorCode from error


def count_signed(
    place: Site,
    challenge: bytes,
    credential: AuthenticationCredential,
    public_key: str,
    *,
    alone: bool,
) -> int:
    """How often the passkey has signed by now, if it signed this."""
    try:
        verified = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=place.id,
            expected_origin=place.origin,
            credential_public_key=base64url_to_bytes(public_key),
            credential_current_sign_count=0,  # the database compares, one use after the other
            require_user_verification=alone,
        )
    except _MALFORMED as error:
        raise errors.InvalidTwoFactorCode from error
    return verified.new_sign_count


def _descriptor(row: Row) -> PublicKeyCredentialDescriptor:
    known = [_TRANSPORTS[name] for name in row["transports"] if name in _TRANSPORTS]
    return PublicKeyCredentialDescriptor(id=row["credential_id"], transports=known or None)


def _as_json(options: str, **extra: Any) -> str:
    return msgspec.json.encode({"publicKey": msgspec.Raw(options.encode()), **extra}).decode()
