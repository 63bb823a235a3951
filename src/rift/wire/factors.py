"""Second factors: the forms that set them up and prove them, and what is answered."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake
from rift.wire.users import GivenPassword, LoginSettings

Code = Annotated[str, Meta(max_length=16_384)]
"""Digits, a backup code, or a passkey's answer as JSON text."""
Credential = Annotated[str, Meta(max_length=16_384)]
GivenTicket = Annotated[str, Meta(max_length=256)]
KeyName = Annotated[str, Meta(min_length=1, max_length=32)]

Method = Literal["totp", "backup", "webauthn", "password"]


class BackupCode(Struct, frozen=True, kw_only=True):
    user_id: Snowflake
    code: str
    """Stars once it was shown: it is not kept."""
    consumed: bool = False


class BackupCodes(Struct, frozen=True, kw_only=True):
    backup_codes: list[BackupCode]


class EnableTotp(Struct, frozen=True, kw_only=True):
    """Without secret and code it only asks whether the password is right."""

    password: GivenPassword
    secret: Annotated[str, Meta(max_length=256)] | None = None
    code: Annotated[str, Meta(max_length=16)] | None = None


class TotpEnabled(BackupCodes, frozen=True, kw_only=True):
    token: str


class TotpDisabled(Struct, frozen=True, kw_only=True):
    token: str


class ViewBackupCodes(Struct, frozen=True, kw_only=True):
    password: GivenPassword
    regenerate: bool = False


class AskForBackupCodes(Struct, frozen=True, kw_only=True):
    password: GivenPassword


class BackupCodesChallenge(Struct, frozen=True, kw_only=True):
    nonce: str
    regenerate_nonce: str


class VerifyBackupCodes(Struct, frozen=True, kw_only=True):
    key: Code
    """A code of the authenticator: nothing is sent by mail for this."""
    nonce: GivenTicket
    regenerate: bool = False


class VerifyLogin(Struct, frozen=True, kw_only=True):
    ticket: GivenTicket
    code: Code
    login_instance_id: Annotated[str, Meta(max_length=64)] | None = None


class LoginVerified(Struct, frozen=True, kw_only=True):
    token: str
    refresh_token: str
    user_id: Snowflake
    user_settings: LoginSettings = LoginSettings()


class FinishProof(Struct, frozen=True, kw_only=True):
    ticket: GivenTicket
    mfa_type: Method
    data: Code


class Proven(Struct, frozen=True, kw_only=True):
    """The token goes into `X-Discord-MFA-Authorization` of what needed it."""

    token: str


class ProofMethod(Struct, frozen=True, kw_only=True, omit_defaults=True):
    type: Method
    challenge: str | UnsetType = UNSET
    backup_codes_allowed: bool | UnsetType = UNSET


class PasswordlessChallenge(Struct, frozen=True, kw_only=True):
    ticket: str
    challenge: str


class FinishPasswordless(Struct, frozen=True, kw_only=True):
    ticket: GivenTicket
    credential: Credential


class Authenticator(Struct, frozen=True, kw_only=True):
    """A passkey, as its owner sees it."""

    id: Snowflake
    name: str
    type: int = 1
    last_used: datetime | None = None


class AddPasskey(Struct, frozen=True, kw_only=True):
    """Empty, it asks for a challenge."""

    name: KeyName | None = None
    ticket: GivenTicket | None = None
    credential: Credential | None = None


class PasskeyAdded(Struct, frozen=True, kw_only=True):
    """First the challenge and its ticket, then the passkey that answered it."""

    ticket: str | UnsetType = UNSET
    challenge: str | UnsetType = UNSET
    id: Snowflake | UnsetType = UNSET
    type: int | UnsetType = UNSET
    name: str | UnsetType = UNSET
    backup_codes: list[BackupCode] | UnsetType = UNSET


class NamePasskey(Struct, frozen=True, kw_only=True):
    name: KeyName | UnsetType = UNSET


class AuthenticatorGone(Struct, frozen=True, kw_only=True):
    id: Snowflake
    type: int = 1
