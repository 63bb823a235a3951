"""Tickets: what one step of a login or a proof hands to the next, for a short time and once."""

import secrets
from datetime import timedelta
from typing import Final, Literal

from msgspec import Struct

from rift import errors
from rift.core.accounts.tokens import token_hash
from rift.core.unit import Unit
from rift.snowflake import Snowflake

_TICKET_BYTES: Final = 32
_LASTS: Final = timedelta(minutes=5)
_TRIES: Final = 5

Purpose = Literal["login", "passwordless", "proof", "enrolment", "codes", "new codes"]

INSERT: Final = """
insert into tickets (
    hash, purpose, user_id, session_id, challenge, instance_id, undelete, expires_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""

# Counted before anything is compared, so that nobody tries six codes at once.
TRY: Final = """
update tickets
set tries = tries + 1
where hash = $1 and purpose = $2 and expires_at > $3 and tries < $4
returning hash, user_id, session_id, challenge, instance_id, undelete
"""

SPEND: Final = """
delete from tickets
where hash = $1
"""

DROP_ALL: Final = """
delete from tickets
where user_id = $1
"""

PRUNE: Final = """
delete from tickets
where expires_at < now()
"""


class Ticket(Struct, frozen=True, kw_only=True):
    """What is kept of one: whose it is, and what they were asked."""

    hash: bytes
    user_id: Snowflake | None = None
    session_id: Snowflake | None = None
    challenge: bytes | None = None
    instance_id: str | None = None
    undelete: bool = False
    """Whether who disabled or deleted their account wants it back."""


async def issue(
    unit: Unit,
    purpose: Purpose,
    *,
    user_id: Snowflake | None = None,
    session_id: Snowflake | None = None,
    challenge: bytes | None = None,
    instance_id: str | None = None,
    undelete: bool = False,
) -> str:
    """A new ticket; what was asked and of whom is kept here, so that nobody changes it."""
    token = secrets.token_urlsafe(_TICKET_BYTES)
    ends_at = unit.now() + _LASTS
    kept = (purpose, user_id, session_id, challenge, instance_id, undelete, ends_at)
    await unit.run(INSERT, token_hash(token), *kept)
    return token


async def attempt(unit: Unit, token: str, purpose: Purpose) -> Ticket:
    """The ticket behind a token, for one of its few tries; the count outlasts a refusal."""
    async with Unit(unit.house) as counting:
        row = await counting.maybe(TRY, token_hash(token), purpose, unit.now(), _TRIES)
    if row is None:
        raise errors.InvalidTwoFactorTicket
    return Ticket(**row)


async def spend(unit: Unit, ticket: Ticket) -> None:
    """Use it up; of two who come at once with the right answer, one is refused."""
    if not await unit.run(SPEND, ticket.hash):
        raise errors.InvalidTwoFactorTicket


async def drop_all(unit: Unit, user_id: Snowflake) -> None:
    """Whatever a user began and did not finish is void."""
    await unit.run(DROP_ALL, user_id)


async def prune(unit: Unit) -> None:
    """Forget those that ended by themselves."""
    await unit.run(PRUNE)
