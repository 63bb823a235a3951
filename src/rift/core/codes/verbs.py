"""What can be done with registration codes: make, list and withdraw them, and register by one."""

import secrets
from datetime import timedelta
from typing import Final

import msgspec

from rift import errors
from rift.core import access
from rift.core.actor import Actor
from rift.core.codes import queries
from rift.core.console import deeds
from rift.core.unit import Unit
from rift.errors import InvalidForm
from rift.snowflake import Snowflake
from rift.wire.codes import CreateCode, RegistrationCode

_ALPHABET: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that look alike on paper."""
_LENGTH: Final = 12
_KEPT: Final = timedelta(days=30)


async def create(unit: Unit, actor: Actor, body: CreateCode) -> RegistrationCode:
    """A new code for so many accounts, good for so many hours."""
    await access.instance(unit, actor)
    made = await make(unit, body, actor.id)
    await deeds.note(unit, actor, "code_create", note=body.note, max_uses=body.max_uses)
    return made


async def make(
    unit: Unit, body: CreateCode, creator_id: Snowflake | None = None
) -> RegistrationCode:
    """The same for whoever may do so anyway."""
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    now = unit.now()
    hours = body.expires_in_hours
    ends_at = None if hours is None else now + timedelta(hours=hours)
    row = await unit.one(queries.INSERT, code, creator_id, body.note, body.max_uses, now, ends_at)
    return msgspec.convert(row, RegistrationCode)


async def list_all(unit: Unit, actor: Actor) -> list[RegistrationCode]:
    """Every code, the newest first."""
    await access.instance(unit, actor)
    return await listed(unit)


async def listed(unit: Unit) -> list[RegistrationCode]:
    return msgspec.convert(await unit.all(queries.ALL), list[RegistrationCode])


async def delete(unit: Unit, actor: Actor, registration_code: str) -> None:
    """Withdraw a code; who registered by it stays."""
    await access.instance(unit, actor)
    await withdraw(unit, registration_code)
    await deeds.note(unit, actor, "code_delete")


async def withdraw(unit: Unit, code: str) -> None:
    if not await unit.run(queries.DELETE, _read(code)):
        raise errors.NotFound("Unknown Registration Code")


async def spend(unit: Unit, code: str) -> None:
    """Use a code for one account; it counts if the unit is committed."""
    if not await unit.run(queries.USE, _read(code), unit.now()):
        words = "This code is unknown, used up or no longer valid."
        raise InvalidForm.at("registration_code", "REGISTRATION_CODE_INVALID", words)


async def prune(unit: Unit) -> None:
    """Forget codes that ended long ago."""
    await unit.run(queries.PRUNE, unit.now() - _KEPT)


def _read(code: str) -> str:
    """A code as it is kept, however somebody copied it from paper."""
    return code.strip().upper().replace("-", "").replace(" ", "")
