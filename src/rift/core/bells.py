"""Calls those who sleep until there is something to do, in this process and in the others."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from enum import StrEnum
from typing import Final

from rift.db.claims import Claims
from rift.db.pool import AWAY
from rift.events import Event

_log = logging.getLogger(__name__)
_GATHER_S: Final = 0.05
"""The other processes are called no more often than this, of all that was rung for meanwhile."""
_COMMA: Final = ","


class Bell(StrEnum):
    """What there is something new of."""

    BACKUPS = "backups"
    DEVICES = "devices"
    EVENTS = "scheduled events"
    FILES = "unshown files"
    FILMS = "previews of videos"
    HARVESTS = "harvest"
    LEAVINGS = "what is to be erased"
    MAIL = "mail"
    OUTBOX = "outbox"
    POLLS = "polls"
    PREVIEWS = "previews"
    PURGES = "purges"
    PUSHES = "pushes"
    ROLE_LINKS = "linked roles"
    SCHEDULES = "scheduled messages"
    SEARCH = "search"
    SETTINGS = "settings"
    STAGES = "stages"


class Sleeper:
    """One task that is called when its bell rings.

    It listens first and looks for work then: what is committed while it looks calls it again.
    """

    def __init__(self) -> None:
        self._called = asyncio.Event()
        self.serves = False
        """Whether nobody else does the same, so that no other process needs to be called."""

    def listen(self) -> None:
        """Be called for what happens from now on."""
        self._called.clear()

    async def sleep(self, most_s: float) -> bool:
        """Return when called, or when that was not for so long; whether called."""
        with suppress(TimeoutError):
            async with asyncio.timeout(most_s):
                await self._called.wait()
        return self._called.is_set()

    def call(self) -> None:
        self._called.set()


class Bells:
    """Those of one process. Who rings one has committed what it is rung for.

    A call can be lost, with the database's session or with a process. So nobody sleeps for ever,
    and who is called finds the work in the database, not in the call.
    """

    def __init__(self, claims: Claims) -> None:
        self._claims = claims
        self._sleepers: defaultdict[str, list[Sleeper]] = defaultdict(list)
        self._rung_by: defaultdict[type[Event], set[Bell]] = defaultdict(set)
        self._outward: set[Bell] = set()
        self._work = asyncio.Event()
        claims.on_call = self.hear

    def sleeper(self, bell: Bell, rung_by: Sequence[type[Event]] = ()) -> Sleeper:
        """Somebody new who sleeps; their bell is rung by events of these types as well."""
        sleeper = Sleeper()
        self._sleepers[bell].append(sleeper)
        for event in rung_by:
            self._rung_by[event].add(bell)
        return sleeper

    def ring(self, bell: Bell) -> None:
        """Call everybody, here and elsewhere."""
        sleepers = self._sleepers[bell]
        for sleeper in sleepers:
            sleeper.call()
        if not sleepers or not all(sleeper.serves for sleeper in sleepers):
            self._outward.add(bell)
            self._work.set()

    def happened(self, type_: type[Event]) -> None:
        """Ring what an event that was committed rings."""
        for bell in self._rung_by.get(type_, ()):
            self.ring(bell)

    def hear(self, called: str) -> None:
        """Another process rang; for nothing in particular when calls may have been lost."""
        for bell in called.split(_COMMA) if called else list(self._sleepers):
            for sleeper in self._sleepers.get(bell, ()):  # a newer version has others
                sleeper.call()

    async def run(self) -> None:
        """Call the other processes for ever; a task of the application."""
        while True:
            await self._work.wait()
            self._work.clear()
            outward, self._outward = self._outward, set()
            try:
                await self._claims.call(_COMMA.join(sorted(outward)))
            except AWAY as error:
                _log.warning("the other processes could not be called: %s", error)
            await asyncio.sleep(_GATHER_S)
