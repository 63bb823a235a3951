"""Registration codes, as the instance's owner makes and sees them."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from rift.snowflake import Snowflake


class RegistrationCode(Struct, frozen=True, kw_only=True):
    code: str
    creator_id: Snowflake | None
    """None where it was made from the shell, or by an account that is gone."""
    note: str
    max_uses: int
    uses: int
    created_at: datetime
    expires_at: datetime | None


class CreateCode(Struct, frozen=True, kw_only=True):
    """Without hours it is good until it is used up or withdrawn."""

    max_uses: Annotated[int, Meta(ge=1, le=10_000)] = 1
    expires_in_hours: Annotated[int, Meta(ge=1, le=87_600)] | None = None
    note: Annotated[str, Meta(max_length=200)] = ""
