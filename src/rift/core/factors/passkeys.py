"""Passkeys as they are kept: made by a browser, and used in place of a code or a password."""

import secrets
from types import ModuleType
from typing import Final
from urllib.parse import urlsplit

import msgspec

from rift import errors
from rift.core.accounts import sessions
from rift.core.actor import Visit
from rift.core.factors import queries
from rift.core.unit import Row, Unit
from rift.snowflake import Snowflake

MOST: Final = 25
"""Passkeys of one account."""
_CHALLENGE_BYTES: Final = 64


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """Where a passkey is good: a browser gives it to no page from elsewhere."""

    id: str
    """The host, by which the authenticator keeps it."""
    origin: str


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A new passkey, as it is kept."""

    credential_id: bytes
    public_key: str
    sign_count: int
    transports: list[str]


def site(unit: Unit, visit: Visit) -> Site:
    """By the operator's word; without one, by the host that the browser asked for."""
    origin = unit.settings.server.public_url.rstrip("/") or visit.origin
    try:
        host = urlsplit(origin).hostname
    except ValueError:
        host = None
    return Site(id=host or "", origin=origin)


async def of_user(unit: Unit, user_id: Snowflake, place: Site) -> list[Row]:
    """Those of a user that are good at a place."""
    rows = await unit.all(queries.PASSKEYS, user_id)
    return [row for row in rows if row["site"] == place.id]


def ask_to_make(unit: Unit, place: Site, user: Row, there: list[Row], challenge: bytes) -> str:
    """What a browser is to make a passkey by, as JSON for `navigator.credentials.create`."""
    name = unit.settings.instance.name
    return str(_ceremonies().ask_to_make(name, place, user, there, challenge))


def ask_to_use(
    place: Site, allowed: list[Row], challenge: bytes, *, alone: bool, conditional: bool = False
) -> str:
    """What a browser is to sign, as JSON for `navigator.credentials.get`.

    Alone, a passkey stands for the password too: then the authenticator must know its user.
    """
    ask = _ceremonies().ask_to_use
    return str(ask(place, allowed, challenge, alone=alone, conditional=conditional))


def made(place: Site, challenge: bytes, answer: str) -> Made:
    """The passkey that a browser made, if it answers what it was asked."""
    found: Made = _ceremonies().made(place, challenge, answer)
    return found


async def use(unit: Unit, place: Site, challenge: bytes, answer: str, *, alone: bool) -> Row:
    """The passkey that signed the challenge, and whose it is; anything else is refused."""
    ceremonies = _ceremonies()
    credential = ceremonies.read(answer)
    row = await unit.maybe(queries.BY_CREDENTIAL, credential.raw_id)
    if row is None or (alone and credential.response.user_handle != row["user_id"].encode()):
        raise errors.InvalidTwoFactorCode
    signed = ceremonies.count_signed(place, challenge, credential, row["public_key"], alone=alone)
    await _count(unit, row, signed)
    return row


async def _count(unit: Unit, row: Row, sign_count: int) -> None:
    if not await unit.run(queries.COUNT_USE, row["id"], str(sign_count)):
        async with Unit(unit.house) as noting:  # it stays noted when the answer is a refusal
            await sessions.note(noting, row["user_id"], "passkey_copied", "")
        raise errors.InvalidTwoFactorCode
    await unit.run(queries.NOTE_USE, row["id"], unit.now())


def new_challenge() -> bytes:
    return secrets.token_bytes(_CHALLENGE_BYTES)


def _ceremonies() -> ModuleType:
    from rift.core.factors import ceremonies  # noqa: PLC0415 - see there

    return ceremonies
