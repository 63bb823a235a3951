"""Two workers beside one on the same two cores, which load and database share."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Final

from bench.figures import Figure, interleaved, middle
from bench.load import Load, Report
from bench.machine import all_cores
from bench.server import Server
from bench.stage import Cast, Stage, message_load

_GUILDS: Final = 64
_READERS: Final = 10
_LEAST: Final = 1.25


def run(stage: Stage) -> Iterator[Figure]:
    with ExitStack() as stack:
        loads = {
            str(count): _load(stage, stack.enter_context(Server(workers=count, pinned=False)))
            for count in (1, 2)
        }
        results = interleaved(stage.rounds, {count: one.run for count, one in loads.items()})
    rate = {count: middle(reports, _rate) for count, reports in results.items()}
    for count, reports in results.items():
        cpu, database, load = (middle(reports, part) for part in (_own, _database, _generator))
        yield Figure(
            name=f"workers: {count}",
            value=rate[count],
            unit="messages/s",
            note=f"CPU each: {cpu:.0f} us, bus included; database {database:.0f}, load {load:.0f}",
        )
    yield Figure(name="2 workers : 1", value=rate["2"] / rate["1"], at_least=_LEAST)


def _load(stage: Stage, server: Server) -> Load:
    cast = Cast.on(server.port)
    rooms = [cast.room(2) for _ in range(_GUILDS)]
    load = stage.timed(message_load(server, rooms, _READERS))
    return replace(load, connections=64, cores=all_cores())


def _rate(report: Report) -> float:
    return report.per_second


def _own(report: Report) -> float:
    return report.us_per_request


def _database(report: Report) -> float:
    return report.database_us_per_request


def _generator(report: Report) -> float:
    return report.own_ns / report.requests / 1e3
