"""Asking for a letter: it is sent once the unit that asks is committed, and waits in the database.

An order says what is to be written and to whom, never a secret. Whoever carries it makes the
token while writing, so that nothing that lies around lets anybody in.
"""

from enum import StrEnum
from typing import Final

from rift import errors
from rift.core.bells import Bell
from rift.core.mails import queries
from rift.core.unit import Unit
from rift.snowflake import Snowflake

_MOST_WAITING: Final = 10_000
"""Past it nobody is promised a letter that would come tomorrow."""


class Kind(StrEnum):
    """What a letter is about."""

    VERIFY = "verify"
    RESET = "reset"
    ADDRESS_CHANGE = "address_change"
    PASSWORD_RESET = "password_reset"  # noqa: S105  # a name, not a password
    DEPARTURE = "departure"
    HARVEST = "harvest"


def require(unit: Unit) -> None:
    """Refuse what cannot work without mail, in words that say so."""
    if not unit.settings.mail.enabled:
        raise errors.FeatureDisabled(
            "This server sends no mail. Ask whoever runs it, who can set a new password."
        )


async def order(unit: Unit, kind: Kind, user_id: Snowflake, address: str | None = None) -> None:
    """Have a letter sent: to this address, or else to the user's own; nothing where mail is off."""
    if not unit.settings.mail.enabled:
        return
    now = unit.now()
    put = await unit.run(
        queries.ORDER, unit.new_id(), user_id, kind.value, address, now, _MOST_WAITING
    )
    _call(unit, put)


async def order_reset(unit: Unit, login: str) -> None:
    """Have the account that goes by this sent a way back in, if there is one.

    Nobody learns by the answer, nor by the time it takes, whether there is.
    """
    put = await unit.run(
        queries.ORDER_RESET, unit.new_id(), login.strip(), unit.now(), _MOST_WAITING
    )
    _call(unit, put)


def _call(unit: Unit, put: int) -> None:
    """Have who carries letters look for what was put there."""
    if not put:
        raise errors.Overloaded
    unit.rouse(Bell.MAIL)
