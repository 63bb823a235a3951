"""What an application answers with: good for a quarter of an hour, and told by its look."""

import base64
import secrets
from datetime import timedelta
from typing import Final

from rift import errors
from rift.core.accounts.tokens import token_hash
from rift.core.interactions import queries
from rift.core.unit import Row, Unit
from rift.snowflake import Snowflake

LASTS: Final = timedelta(minutes=15)
SOON: Final = timedelta(seconds=3)
"""Until then something must be said."""

_WORD: Final = "interaction:"
_LOOK: Final = base64.b64encode(_WORD.encode()).decode().rstrip("=")
_BYTES: Final = 45


def fresh(id_: Snowflake) -> str:
    """As at Discord: what it is, whose it is and a secret."""
    text = f"{_WORD}{id_}:{secrets.token_urlsafe(_BYTES)}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def is_one(token: str) -> bool:
    """Whether a token looks like an interaction's; a webhook's does not."""
    return token.startswith(_LOOK)


async def found(unit: Unit, token: str) -> Row:
    """The interaction of a token that is still good."""
    return _good(unit, await unit.maybe(queries.KNOWN, token_hash(token)))


async def held(unit: Unit, token: str) -> Row:
    """The same, while nobody else answers it."""
    return _good(unit, await unit.maybe(queries.HOLD, token_hash(token)))


def _good(unit: Unit, row: Row | None) -> Row:
    if row is None:
        raise errors.UnknownWebhook
    if row["created_at"] + LASTS < unit.now():
        raise errors.InvalidWebhookToken
    return row
