"""Carries the letters that are due, some at a time, and tries again what could not be delivered.

Not fed by the outbox: that is read in order, and one server that does not answer would hold up
everybody's letters. Each order waits for its own next attempt instead.
"""

import asyncio
import logging
from typing import Final

from rift.config import Settings
from rift.core.bells import Bell
from rift.core.house import House
from rift.core.mails import letters, queries
from rift.core.mails.letters import Letter, Order
from rift.core.offices import Office, Officer
from rift.core.unit import Unit
from rift.outlets.mail.carriers import Carrier, NotSent, Provider, Smtp
from rift.outlets.mail.composing import compose

_log = logging.getLogger(__name__)
_AT_ONCE: Final = 8


def make_carrier(settings: Settings) -> Carrier | None:
    """The way mail leaves this instance, if there is one."""
    mail, name = settings.mail, settings.instance.name
    if not mail.enabled:
        return None
    return Smtp(mail, name) if mail.host else Provider(mail, name)


class Postman(Officer):
    """One process of the instance has one at work."""

    office = bell = Bell.MAIL
    next_due = queries.NEXT_DUE
    pace_s = 0.5

    def __init__(self, house: House, carrier: Carrier, holds: Office) -> None:
        super().__init__(house, holds)
        self._carrier = carrier

    async def step(self) -> bool:
        """Carry what is due; whether that was anything."""
        async with Unit(self._house) as unit:
            orders = await letters.take(unit, _AT_ONCE)
        async with asyncio.TaskGroup() as group:
            for order in orders:
                group.create_task(self._deliver(order))
        return bool(orders)

    async def _deliver(self, order: Order) -> None:
        async with Unit(self._house) as unit:
            letter = await letters.write(unit, order)
        if letter is None or await self._carried(order, letter):
            async with Unit(self._house) as unit:
                await letters.done(unit, order)

    async def _carried(self, order: Order, letter: Letter) -> bool:
        """Whether nothing is left to be tried."""
        written = compose(letter, self._house.choices.settings.instance.name)
        try:
            await self._carrier.carry(written)
        except NotSent as error:
            over = error.final or order.is_last
            _log.warning(
                "letter %s (%s) was not sent at attempt %d%s: %s",
                order.id,
                order.kind.value,
                order.attempts,
                " and is given up" if over else "",
                error,
            )
            return over
        return True
