"""Forms about e-mail addresses, and what is answered to them."""

from typing import Annotated

from msgspec import Meta, Struct

from rift.snowflake import Snowflake
from rift.wire.users import Password

MailedToken = Annotated[str, Meta(min_length=1, max_length=256)]


class VerifyAddress(Struct, frozen=True, kw_only=True):
    token: MailedToken


class Verified(Struct, frozen=True, kw_only=True):
    """Without a session: the letter shows whose the address is, not who opened it."""

    user_id: Snowflake
    token: str | None = None


class ForgotPassword(Struct, frozen=True, kw_only=True):
    """By address or username."""

    login: Annotated[str, Meta(min_length=1, max_length=254)]


class Forgotten(Struct, frozen=True, kw_only=True):
    method: str


class ResetPassword(Struct, frozen=True, kw_only=True):
    token: MailedToken
    password: Password
