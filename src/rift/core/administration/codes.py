"""The administrator's registration codes, as the shell makes and shows them."""

from typing import Final

import msgspec

from rift.core.administration.commands import (
    CreateRegistrationCode,
    DeleteRegistrationCode,
    ListRegistrationCodes,
)
from rift.core.codes import verbs as codes
from rift.core.unit import Unit
from rift.errors import InvalidForm
from rift.wire.codes import CreateCode, RegistrationCode

_TIME: Final = "%Y-%m-%d %H:%M UTC"


async def create(unit: Unit, command: CreateRegistrationCode) -> str:
    """A new code, which is the answer."""
    fields = {
        "max_uses": command.uses,
        "expires_in_hours": command.hours,
        "note": command.note,
    }
    try:
        body = msgspec.convert(fields, CreateCode)
    except msgspec.ValidationError as error:
        raise InvalidForm.from_validation(error) from error
    return (await codes.make(unit, body)).code


async def list_all(unit: Unit, _: ListRegistrationCodes) -> str:
    """A line for each code: the code, its uses, its end, and what was noted."""
    return "\n".join(map(_line, await codes.listed(unit)))


async def delete(unit: Unit, command: DeleteRegistrationCode) -> str:
    """Nobody registers by it any more."""
    await codes.withdraw(unit, command.registration_code)
    return f"{command.registration_code} is withdrawn."


def _line(code: RegistrationCode) -> str:
    ends = "" if code.expires_at is None else f"until {code.expires_at.strftime(_TIME)}"
    parts = [code.code, f"{code.uses} of {code.max_uses} used", ends, code.note]
    return "  ".join(filter(None, parts))
