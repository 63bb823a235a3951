"""What a process tells Prometheus about itself; nothing of it is about a person."""

import asyncio
import os
import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from rift.core.house import House
from rift.doors.discord.gateway import GatewayDoor
from rift.fetching import FETCHED, REFUSALS

_PAGE_BYTES: Final = os.sysconf("SC_PAGE_SIZE")
_BEAT_S: Final = 0.01
_ASKED_S: Final = 300.0


class Lag:
    """How long the loop was held at worst since the last question.

    It is measured from the first question on, and no longer when nobody has asked for a while: a
    hundred beats a second are most of what a process does that has nothing to do.
    """

    def __init__(self) -> None:
        self._worst = 0.0
        self._due = 0.0
        self._asked_at = 0.0
        self._loop = asyncio.get_running_loop()

    def take(self) -> float:
        self._asked_at = self._loop.time()
        if not self._due:
            self._beat()
        worst, self._worst = self._worst, 0.0
        return worst

    def _beat(self) -> None:
        now = self._loop.time()
        if self._due:
            self._worst = max(self._worst, now - self._due)
        if now - self._asked_at > _ASKED_S:
            self._due = self._worst = 0.0
            return
        self._due = now + _BEAT_S
        self._loop.call_at(self._due, self._beat)


class Gauges:
    """The figures of one process; `worker` tells them apart where several share a port."""

    def __init__(self, index: int, house: House, gateway: GatewayDoor) -> None:
        self._index = index
        self._house = house
        self._gateway = gateway
        self._lag = Lag()

    def text(self) -> str:
        """The page that Prometheus scrapes."""
        return "".join(
            f"# HELP {name} {meaning}\n# TYPE {name} {kind}\n"
            f'{name}{{worker="{self._index}"}} {value}\n'
            for name, kind, meaning, value in self._figures()
        )

    def _figures(self) -> Iterator[tuple[str, str, str, float]]:
        usage = resource.getrusage(resource.RUSAGE_SELF)
        hub, pool = self._gateway.hub, self._house.pool
        gauge, counter = "gauge", "counter"
        yield (
            "rift_gateway_sessions",
            gauge,
            "Gateway sessions, listening or away.",
            len(hub.sessions),
        )
        yield "rift_gateway_guilds", gauge, "Guilds with sessions here.", len(hub.guilds)
        yield "rift_messages_total", counter, "Messages stored.", self._house.inbox.stored
        yield (
            "rift_inbox_waiting",
            gauge,
            "Messages waiting to be stored.",
            (self._house.inbox.waiting),
        )
        outcomes = self._house.fetcher.outcomes
        refused = sum(outcomes[why] for why in REFUSALS)
        failed = outcomes.total() - outcomes[FETCHED] - refused
        yield "rift_fetches_total", counter, "Fetched from other sites.", outcomes[FETCHED]
        yield "rift_fetches_refused_total", counter, "URLs that were not called.", refused
        yield "rift_fetches_failed_total", counter, "Calls to sites that failed.", failed
        yield "rift_database_connections", gauge, "Open connections.", pool.get_size()
        yield (
            "rift_loop_lag_seconds",
            gauge,
            "Longest hold of the loop since the last scrape.",
            (self._lag.take()),
        )
        yield "process_resident_memory_bytes", gauge, "Resident memory.", _resident()
        yield "process_cpu_seconds_total", counter, "CPU time.", (usage.ru_utime + usage.ru_stime)


def _resident() -> int:
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * _PAGE_BYTES
