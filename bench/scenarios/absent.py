"""Cost must not grow with who is absent: 50,000 members beside a few, ten of them online."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bench.database import seed_guild
from bench.figures import Figure, interleaved, middle
from bench.load import Load, Report
from bench.stage import Stage, message_load
from bench.town import Room

_CONNECTED: Final = 10
_LIMIT: Final = 1.2


def run(stage: Stage) -> Iterator[Figure]:
    members = stage.size(50_000, 5_000)
    rooms = {"small": stage.room(_CONNECTED), "large": stage.room(_CONNECTED)}
    seed_guild(stage.server.data, rooms["large"].guild.id, members)
    stage.server.restart()
    loads = {name: _posting(stage, room) for name, room in rooms.items()}
    results = interleaved(stage.rounds, {name: load.run for name, load in loads.items()})
    cpu = {name: middle(reports, _us) for name, reports in results.items()}
    yield Figure(name="only those connected", value=cpu["small"], unit="us CPU/message")
    yield Figure(name=f"{members:,} members more", value=cpu["large"], unit="us CPU/message")
    yield Figure(name="large : small", value=cpu["large"] / cpu["small"], at_most=_LIMIT)


def _posting(stage: Stage, room: Room) -> Load:
    load = message_load(stage.server, [room], _CONNECTED)
    return replace(stage.timed(load), connections=16)


def _us(report: Report) -> float:
    return report.us_per_request + report.database_us_per_request
