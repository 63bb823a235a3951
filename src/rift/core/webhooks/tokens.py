"""The secrets of webhooks: whoever has one writes, so the database holds them sealed.

They are not hashed, because whoever manages a webhook is shown its address again.
"""

import hmac
import secrets
from collections.abc import Mapping
from typing import Any, Final

from rift.core.accounts.keys import CannotOpen
from rift.core.house import House

_BYTES: Final = 51
"""So many make 68 letters, as long as such tokens are."""


def fresh() -> str:
    return secrets.token_urlsafe(_BYTES)


def sealed(house: House, webhook_id: str, token: str) -> str:
    """What the database keeps."""
    return house.vault.seal(token, _about(webhook_id))


def opened(house: House, row: Mapping[str, Any]) -> str | None:
    """The token of a webhook; none of a follower, nor where the key is gone."""
    if row["token"] is None:
        return None
    try:
        return house.vault.open(row["token"], _about(row["id"]))
    except CannotOpen:
        return None


def matches(house: House, row: Mapping[str, Any], given: str) -> bool:
    token = opened(house, row)
    return token is not None and hmac.compare_digest(token.encode(), given.encode())


def _about(webhook_id: str) -> str:
    return f"webhook {webhook_id}"
