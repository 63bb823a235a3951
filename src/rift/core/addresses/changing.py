"""What becomes of the address a user gives: it counts when its owner confirms it."""

from typing import Any

from rift.core.accounts import rules
from rift.core.addresses import queries
from rift.core.mails import orders, tokens
from rift.core.mails.orders import Kind
from rift.core.unit import Unit
from rift.errors import InvalidForm
from rift.snowflake import Snowflake


async def given(unit: Unit, user_id: Snowflake, email: str | None) -> dict[str, Any]:
    """The columns to change for a new address.

    Where mail is sent, an address that was confirmed stays until the new one is confirmed too, and
    hears of it. Where none is sent nothing can be confirmed, and the new one is simply kept.
    """
    row = await unit.one(queries.OF_USER, user_id)
    if email == row["email"]:
        return {"pending_email": None}
    if email is None:
        if row["verified"]:
            await orders.order(unit, Kind.ADDRESS_CHANGE, user_id, row["email"])
        return {"email": None, "verified": False, "pending_email": None}
    if (await unit.one(queries.TAKEN, email, user_id))["taken"]:
        raise InvalidForm({"email": [rules.EMAIL_TAKEN]})
    await tokens.forget(unit, Kind.VERIFY, user_id)
    await orders.order(unit, Kind.VERIFY, user_id, email)
    if row["verified"] and unit.settings.mail.enabled:
        await orders.order(unit, Kind.ADDRESS_CHANGE, user_id, row["email"])
        return {"pending_email": email}
    return {"email": email, "verified": False, "pending_email": None}
