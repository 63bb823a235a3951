"""Accounts as they come from the database."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from rift.wire.users import CurrentUser

_OF_PEOPLE: Final = ("authenticator_types", "admin")


def account_from_row(row: Mapping[str, Any]) -> CurrentUser:
    """A user as shown to themselves; bots have nothing of what is only for people."""
    shown = {
        name: value for name, value in row.items() if value is not None or name not in _OF_PEOPLE
    }
    return msgspec.convert(shown, CurrentUser)
