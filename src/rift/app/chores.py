"""What a process does now and then: prune, sweep, measure its own lag."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Final

from rift.core.accounts import sessions
from rift.core.auditlog import verbs as auditlog
from rift.core.bells import Bell
from rift.core.channels import verbs as channels
from rift.core.codes import verbs as codes
from rift.core.departures import erasing
from rift.core.expressions import keeping as expressions
from rift.core.happenings import clock as happenings
from rift.core.harvests import collecting as harvesting
from rift.core.history import verbs as history
from rift.core.house import House
from rift.core.interactions import verbs as interactions
from rift.core.invites import verbs as invites
from rift.core.join_requests import verbs as join_requests
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
from rift.core.threads import verbs as threads
from rift.core.unit import Unit
from rift.core.voices import joining as voices
from rift.db import outbox
from rift.db.pool import AWAY
from rift.doors.discord.gateway import GatewayDoor
from rift.errors import Refusal
from rift.files import StoreDown

_log = logging.getLogger(__name__)
_EVERY_S: Final = 60.0
_SWEEP_EVERY: Final = 5
_COLLECT_EVERY: Final = 60
_PATIENCE_S: Final = 15.0
_BREATH_S: Final = 0.01
_PORTIONS: Final = 100
"""So many pieces of deleted channels are erased in one round."""

Step = Callable[[Unit], Awaitable[object]]
"""One transaction's work; what it returns says whether there is more."""

_PRUNINGS: Final[Sequence[Step]] = (
    messages.prune_history,
    auditlog.prune,
    history.prune,
    purges.prune,
    reports.prune,
    sessions.prune,
    oauth2.prune,
    interactions.prune,
    invites.prune,
    join_requests.prune,
    joining.prune,
    codes.prune,
    mailed_tokens.prune,
    happenings.prune,
    harvesting.prune,
    looking.prune,
    errands.prune,
    search.prune,
    opening.gather,
)

_PORTIONED: Final[Sequence[Step]] = (
    channels.erase_forsaken,
    auditlog.erase_forsaken,
    erasing.erase_portion,
    pictures.let_go,
    threads.archive_due,
)
"""What is done piece by piece."""


class Chores:
    """Once a minute; one that fails is tried again the next minute, and keeps no other from it."""

    def __init__(
        self,
        house: House,
        gateway: GatewayDoor,
        outlets: Sequence[str],
        every_s: float = _EVERY_S,
    ) -> None:
        self._house = house
        self._gateway = gateway
        self._outlets = outlets
        self._every_s = every_s

    async def run(self) -> None:
        rounds = 0
        await _attempt("putting out the lost", self._sweep_voices)
        while True:
            await asyncio.sleep(self._every_s)
            rounds += 1
            await self._round()
            if rounds % _COLLECT_EVERY == 1:
                await _attempt("collecting files of nothing", self._collect)
            if rounds % _SWEEP_EVERY == 0:
                self._house.world.sweep(self._gateway.hub.pinned)
                self._house.tokens.sweep()

    async def purge(self) -> None:
        """Go on with what was too much to be deleted at once; each portion lets others in."""
        sleeper = self._house.bells.sleeper(Bell.PURGES)
        while True:
            sleeper.listen()
            more = await _attempt("a purge", partial(self._step, purging.go_on))
            await (asyncio.sleep(_BREATH_S) if more else sleeper.sleep(_PATIENCE_S))

    async def erase(self) -> None:
        """What is to go piece by piece: at once where somebody says so, else once a minute."""
        sleeper = self._house.bells.sleeper(Bell.LEAVINGS)
        while True:
            sleeper.listen()
            for step in _PORTIONED:
                await _attempt(step.__module__, partial(self._portions, step))
            await sleeper.sleep(self._every_s)

    async def _round(self) -> None:
        for step in _PRUNINGS:
            await _attempt(step.__module__, partial(self._step, step))
        await _attempt("putting out the lost", self._sweep_voices)
        await _attempt("pruning the outbox", self._prune_outbox)

    async def _step(self, step: Step) -> bool:
        async with Unit(self._house) as unit:
            return bool(await step(unit))

    async def _portions(self, step: Step) -> bool:
        """Piece after piece, each in a transaction of its own, until none is left."""
        for _ in range(_PORTIONS):
            if not await self._step(step):
                return False
        return True

    async def _collect(self) -> bool:
        await expressions.collect(self._house)
        return False

    async def _sweep_voices(self) -> bool:
        await voices.sweep(self._house)
        return False

    async def _prune_outbox(self) -> bool:
        async with self._house.pool.acquire() as connection:
            await outbox.prune(connection, self._outlets)
        return False


async def _attempt(name: str, work: Callable[[], Awaitable[bool]]) -> bool:
    """Whether there is more to do; what fails is said and left for the next time."""
    try:
        return await work()
    except (*AWAY, Refusal, StoreDown) as error:
        _log.warning("%s has to wait: %s", name, error)
    except Exception:  # noqa: BLE001  # the edge of a task
        _log.exception("%s failed and is tried again", name)
    return False
