"""What lies in the letter box: letters that are due, with all that is to be said in them."""

import hashlib
from datetime import datetime, timedelta
from typing import Final

import msgspec

from rift.core.mails import queries, tokens
from rift.core.mails.orders import Kind
from rift.core.unit import Row, Unit
from rift.snowflake import Snowflake

_PAUSES: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)
_LINKS: Final = {Kind.VERIFY: "verify", Kind.RESET: "reset"}
"""The letters that carry a token, and the page of the web client that takes it."""


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """One letter, before it is put into words."""

    kind: Kind
    to: str
    name: str
    locale: str
    link: str
    until: datetime | None = None
    """Until when the link is good, or what it tells of."""
    address: str = ""
    """The address it speaks of, with most of it hidden."""
    key: str = ""
    """The same at every attempt, for providers that know not to send a letter twice."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """An order that is being carried out, for the so-and-so-many-th time."""

    id: Snowflake
    user_id: Snowflake | None
    kind: Kind
    address: str | None
    attempts: int
    asked_at: datetime

    @property
    def is_last(self) -> bool:
        return self.attempts > len(_PAUSES)


async def take(unit: Unit, most: int) -> list[Order]:
    """Some orders that are due; nobody else gets them until their next attempt is due."""
    rows = await unit.all(queries.TAKE, unit.now(), list(_PAUSES), most)
    return msgspec.convert(rows, list[Order])


async def write(unit: Unit, order: Order) -> Letter | None:
    """The letter, with its token; None where there is nobody to write to or nothing to say now."""
    if order.user_id is None or _is_stale(unit, order):
        return None
    person = await unit.maybe(queries.ADDRESSEE, order.user_id)
    to = None if person is None else order.address or person["email"]
    if person is None or to is None or not _still_wanted(order, person):
        return None
    return Letter(
        kind=order.kind,
        to=to,
        name=person["global_name"] or person["username"],
        locale=person["locale"],
        link=await _link(unit, order, to),
        until=_until(unit, order, person),
        address=hidden(person["pending_email"] or person["email"] or ""),
        key=hashlib.sha256(f"mail {order.id}".encode()).hexdigest()[:32],
    )


async def done(unit: Unit, order: Order) -> None:
    """It is sent, or never will be."""
    await unit.run(queries.DONE, order.id)


def hidden(address: str) -> str:
    """An address that its owner recognises, and nobody else could write to."""
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}" if name else ""


def _is_stale(unit: Unit, order: Order) -> bool:
    """Nobody waits for a way back in longer than the way would have been open."""
    return order.kind is Kind.RESET and unit.now() > order.asked_at + tokens.lifetime(
        unit, Kind.RESET
    )


def _still_wanted(order: Order, person: Row) -> bool:
    """Whether what the letter is about is still so."""
    if order.kind is Kind.VERIFY:
        return order.address in (person["email"], person["pending_email"])
    return order.kind is not Kind.DEPARTURE or person["leaves_at"] is not None


async def _link(unit: Unit, order: Order, to: str) -> str:
    public = unit.settings.server.public_url.rstrip("/")
    page = _LINKS.get(order.kind)
    if page is None or order.user_id is None:
        return f"{public}/"
    # Behind the #, where no server and no proxy on the way sees it.
    return f"{public}/{page}#token={await tokens.make(unit, order.kind, order.user_id, to)}"


def _until(unit: Unit, order: Order, person: Row) -> datetime | None:
    if order.kind is Kind.DEPARTURE:
        ends: datetime = person["leaves_at"]
        return ends
    return unit.now() + tokens.lifetime(unit, order.kind) if order.kind in _LINKS else None
