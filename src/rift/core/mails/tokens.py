"""The one-time tokens that letters carry; only their hashes are kept."""

import secrets
from datetime import timedelta
from typing import Final

from rift.core.accounts.tokens import token_hash
from rift.core.mails import queries
from rift.core.mails.orders import Kind
from rift.core.unit import Row, Unit
from rift.errors import InvalidForm
from rift.snowflake import Snowflake

_BYTES: Final = 32
_VERIFY: Final = timedelta(hours=24)


async def make(unit: Unit, kind: Kind, user_id: Snowflake, address: str) -> str:
    """A token that shows that somebody reads the mail of this address."""
    token = secrets.token_urlsafe(_BYTES)
    ends_at = unit.now() + lifetime(unit, kind)
    await unit.run(queries.KEEP, token_hash(token), user_id, kind.value, address, ends_at)
    return token


def lifetime(unit: Unit, kind: Kind) -> timedelta:
    if kind is Kind.RESET:
        return timedelta(minutes=unit.settings.mail.reset_minutes)
    return _VERIFY


async def spend(unit: Unit, kind: Kind, token: str) -> Row:
    """Whose token it is and which address it was sent to; it is good no longer."""
    row = await unit.maybe(queries.SPEND, token_hash(token), kind.value, unit.now())
    if row is None:
        raise invalid()
    await unit.run(queries.FORGET, row["user_id"], kind.value)
    return row


async def look(unit: Unit, kind: Kind, token: str) -> Row:
    """The same, and the token stays good."""
    row = await unit.house.pool.fetchrow(queries.FIND, token_hash(token), kind.value, unit.now())
    if row is None:
        raise invalid()
    return dict(row)


def invalid() -> InvalidForm:
    words = "This link was used already or is too old. Ask for a new one."
    return InvalidForm.at("token", "TOKEN_INVALID", words)


async def forget(unit: Unit, kind: Kind, user_id: Snowflake) -> None:
    """Let every token of this kind be good no longer."""
    await unit.run(queries.FORGET, user_id, kind.value)


async def prune(unit: Unit) -> None:
    await unit.run(queries.PRUNE, unit.now())
