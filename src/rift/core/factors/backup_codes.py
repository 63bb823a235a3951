"""Backup codes: ten, shown when they are made, each good once."""

import secrets
from typing import Final

from rift.core.factors import queries
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire.factors import BackupCode

_HOW_MANY: Final = 10
_LENGTH: Final = 8
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_UNKNOWN: Final = "*" * _LENGTH


async def ensure(unit: Unit, user_id: Snowflake) -> list[BackupCode]:
    """Those there are, or new ones."""
    return await shown(unit, user_id) or await replace(unit, user_id)


async def replace(unit: Unit, user_id: Snowflake) -> list[BackupCode]:
    """New ones in place of all earlier ones; the only time that they can be read."""
    codes = [_new() for _ in range(_HOW_MANY)]
    await unit.run(queries.DROP_BACKUP_CODES, user_id)
    hashes = [unit.house.vault.digests(code, _about(user_id))[0] for code in codes]
    ids = [unit.new_id() for _ in codes]
    await unit.run(queries.INSERT_BACKUP_CODES, user_id, ids, hashes)
    return [BackupCode(user_id=user_id, code=code) for code in codes]


async def shown(unit: Unit, user_id: Snowflake) -> list[BackupCode]:
    """How many there are, and how many of them are used."""
    rows = await unit.all(queries.OF_USER, user_id)
    return [
        BackupCode(user_id=user_id, code=_UNKNOWN, consumed=row["used_at"] is not None)
        for row in rows
        if row["kind"] == "backup_code"
    ]


async def spend(unit: Unit, user_id: Snowflake, given: str) -> bool:
    """Use one up; whether it was one, and not used before."""
    code = "".join(given.split()).replace("-", "").lower()
    if len(code) != _LENGTH:
        return False
    hashes = unit.house.vault.digests(code, _about(user_id))
    return bool(await unit.run(queries.SPEND_BACKUP_CODE, user_id, hashes, unit.now()))


def _new() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def _about(user_id: Snowflake) -> str:
    return f"backup code of {user_id}"
