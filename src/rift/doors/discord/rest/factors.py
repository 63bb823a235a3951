"""The operations on second factors, and the logins that take them."""

from typing import Final

from rift.core.factors import logins
from rift.core.factors import verbs as factors
from rift.doors.http.endpoints import Bucket, delete, get, patch, post

_CHANGING: Final = Bucket("factors.change", 10, 10.0)
_PASSKEYS: Final = "/users/@me/mfa/webauthn/credentials"

ENDPOINTS: Final = (
    post("/auth/mfa/{authenticator_type}", logins.verify, Bucket("login.mfa", 10, 10.0)),
    post("/auth/passwordless/start", logins.start_passwordless, Bucket("passkey", 10, 10.0)),
    post("/auth/conditional/start", logins.start_conditional, Bucket("passkey", 10, 10.0)),
    post("/auth/conditional/finish", logins.finish_passwordless, Bucket("login", 10, 10.0)),
    post("/auth/verify/view-backup-codes-challenge", factors.ask_for_backup_codes, _CHANGING),
    post("/mfa/finish", factors.finish_proof, _CHANGING),
    post("/users/@me/mfa/totp/enable", factors.enable_totp, _CHANGING),
    post("/users/@me/mfa/totp/disable", factors.disable_totp, _CHANGING),
    post("/users/@me/mfa/codes", factors.view_backup_codes, _CHANGING),
    post("/users/@me/mfa/codes-verification", factors.verify_backup_codes, _CHANGING),
    get(_PASSKEYS, factors.list_passkeys),
    post(_PASSKEYS, factors.add_passkey, _CHANGING),
    patch(f"{_PASSKEYS}/{{authenticator_id}}", factors.name_passkey, _CHANGING),
    delete(f"{_PASSKEYS}/{{authenticator_id}}", factors.remove_passkey, _CHANGING, status=204),
)
