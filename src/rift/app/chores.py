"""What a process does now and then: prune, sweep, measure its own lag."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Final

from rift.core.accounts import sessions
from rift.core.auditlog import verbs as auditlog
from rift.core.channels import verbs as channels
from rift.core.codes import verbs as codes
from rift.core.departures import erasing
from rift.core.expressions import keeping as expressions
from rift.core.harvests import collecting as harvesting
from rift.core.history import verbs as history
from rift.core.house import House
from rift.core.invites import verbs as invites
from rift.core.mails import tokens as mailed_tokens
from rift.core.members import joining
from rift.core.messages import verbs as messages
from rift.core.oauth2 import verbs as oauth2
from rift.core.pictures import keeping as pictures
from rift.core.previews import errands, looking
from rift.core.purges import running as purging
from rift.core.purges import verbs as purges
from rift.core.reading import opening
from rift.core.reports import verbs as reports
from rift.core.search import indexing as search
from rift.core.unit import Unit
from rift.db import outbox
from rift.db.pool import AWAY
from rift.doors.discord.gateway import GatewayDoor
from rift.errors import Refusal
from rift.files import StoreDown

_log = logging.getLogger(__name__)
_EVERY_S: Final = 60.0
_SWEEP_EVERY: Final = 5
_COLLECT_EVERY: Final = 60
_PURGES_EVERY_S: Final = 1.0
_BREATH_S: Final = 0.01
_PORTIONS: Final = 100
"""So many pieces of deleted channels are erased in one round."""


class Chores:
    """Once a minute; one that fails is tried again the next minute."""

    def __init__(self, house: House, gateway: GatewayDoor, outlets: Sequence[str]) -> None:
        self._house = house
        self._gateway = gateway
        self._outlets = outlets

    async def run(self) -> None:
        rounds = 0
        while True:
            await asyncio.sleep(_EVERY_S)
            rounds += 1
            try:
                await self._prune()
            except (*AWAY, Refusal) as error:
                _log.warning("pruning failed and is tried again: %s", error)
            if rounds % _COLLECT_EVERY == 1:
                await self._collect()
            if rounds % _SWEEP_EVERY == 0:
                self._house.world.sweep(self._gateway.hub.pinned)
                self._house.tokens.sweep()

    async def purge(self) -> None:
        """Go on with what was too much to be deleted at once; each portion lets others in."""
        while True:
            try:
                async with Unit(self._house) as unit:
                    more = await purging.go_on(unit)
            except (*AWAY, Refusal) as error:
                _log.warning("a purge was interrupted and goes on later: %s", error)
                more = False
            await asyncio.sleep(_BREATH_S if more else _PURGES_EVERY_S)

    async def _collect(self) -> None:
        try:
            await expressions.collect(self._house)
        except (*AWAY, Refusal, StoreDown) as error:
            _log.warning("files of nothing could not be collected yet: %s", error)

    async def _prune(self) -> None:
        async with Unit(self._house) as unit:
            await messages.prune_history(unit)
            await auditlog.prune(unit)
            await history.prune(unit)
            await purges.prune(unit)
            await reports.prune(unit)
            await sessions.prune(unit)
            await oauth2.prune(unit)
            await invites.prune(unit)
            await joining.prune(unit)
            await codes.prune(unit)
            await mailed_tokens.prune(unit)
            await harvesting.prune(unit)
            await looking.prune(unit)
            await errands.prune(unit)
            await search.prune(unit)
        async with Unit(self._house) as unit:
            await opening.gather(unit)
        for _ in range(_PORTIONS):
            async with Unit(self._house) as unit:
                if not (await channels.erase_forsaken(unit) or await auditlog.erase_forsaken(unit)):
                    break
        for _ in range(_PORTIONS):
            async with Unit(self._house) as unit:
                if not await erasing.erase_portion(unit):
                    break
        async with self._house.pool.acquire() as connection:
            await outbox.prune(connection, self._outlets)
        for _ in range(_PORTIONS):
            async with Unit(self._house) as unit:
                if not await pictures.let_go(unit):
                    break
