"""What zlib-stream and ETF add to a delivery: CPU per message at a fixed rate, N=100."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bench.figures import Figure, interleaved, middle
from bench.load import Load, Report
from bench.stage import Stage, message_load
from bench.town import Room

_READERS: Final = 100
_RATE: Final = 1000


def run(stage: Stage) -> Iterator[Figure]:
    load = _load(stage, stage.room(10))
    variants = {
        "json": load,
        "zlib-stream": replace(load, zlib=True),
        "etf": replace(load, encoding="etf"),
        "etf, zlib-stream": replace(load, encoding="etf", zlib=True),
    }
    results = interleaved(stage.rounds, {name: one.run for name, one in variants.items()})
    cpu = {name: middle(reports, _us) for name, reports in results.items()}
    for name, reports in results.items():
        wire = middle(reports, lambda report: report.wire_bytes / report.deliveries)
        yield Figure(
            name=name, value=cpu[name], unit="us CPU/message", note=f"{wire:.0f} bytes a delivery"
        )
    yield Figure(name="zlib-stream : json", value=cpu["zlib-stream"] / cpu["json"], at_most=1.15)
    yield Figure(
        name="etf : json", value=cpu["etf"] / cpu["json"], at_most=1.15,
        note="near 1: encoded once for all",
    )  # fmt: skip


def _load(stage: Stage, room: Room) -> Load:
    load = stage.timed(message_load(stage.server, [room], _READERS))
    return replace(load, connections=32, rate=_RATE)


def _us(report: Report) -> float:
    return report.us_per_request
