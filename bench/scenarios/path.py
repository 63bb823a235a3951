"""The whole way of a message: POST, permission, durable INSERT, and N subscribers that read it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bench.figures import Figure, interleaved, middle
from bench.load import Load, Report, Spread
from bench.machine import sync_ms
from bench.stage import Stage, message_load
from bench.town import Room

_AT_ONCE: Final = 64
_ROOMS: Final = 16
_RATE: Final = 1000
_LEAST: Final = {10: 8_000, 100: 1_500}
_SATURATED: Final = 800_000
_P50_US: Final = 2_000
_P99_US: Final = {10: 5_000, 100: 20_000}


def run(stage: Stage) -> Iterator[Figure]:
    """One hot channel and sixteen guilds side by side, flat out; then a fixed rate."""
    hot = [stage.room(10)]
    many = [stage.room(2) for _ in range(stage.size(_ROOMS, 4))]
    for readers in (10, 100):
        results = interleaved(
            stage.rounds,
            {
                "one channel": _flat_out(stage, hot, readers).run,
                f"{len(many)} guilds": _flat_out(stage, many, readers).run,
                "fixed": _fixed(stage, hot, readers).run,
            },
        )
        fixed = results.pop("fixed")
        for name, reports in results.items():
            yield _throughput(name, readers, reports)
        if readers == 100:
            yield _saturated(results["one channel"])
        yield from _latency(readers, fixed)
    yield _disk(stage)


def _flat_out(stage: Stage, rooms: Sequence[Room], readers: int) -> Load:
    return replace(stage.timed(message_load(stage.server, rooms, readers)), connections=_AT_ONCE)


def _fixed(stage: Stage, rooms: Sequence[Room], readers: int) -> Load:
    load = stage.timed(message_load(stage.server, rooms, readers))
    return replace(load, connections=32, rate=_RATE)


def _throughput(name: str, readers: int, reports: list[Report]) -> Figure:
    cpu = middle(reports, lambda report: report.us_per_request)
    database = middle(reports, lambda report: report.database_us_per_request)
    busy = middle(reports, lambda report: report.server_ns / report.seconds / 1e9)
    return Figure(
        name=f"N={readers}, {name}",
        value=middle(reports, lambda report: report.per_second),
        unit="messages/s",
        at_least=_LEAST[readers],
        note=f"{cpu:.0f} us CPU each, database {database:.0f} us, server core {busy:.0%} busy",
    )


def _saturated(reports: list[Report]) -> Figure:
    return Figure(
        name="hot channel, N=100",
        value=middle(reports, lambda report: report.deliveries_per_second),
        unit="deliveries/s",
        at_least=_SATURATED,
        note=f"{middle(reports, lambda report: _spread(report).p99) / 1e3:.1f} ms p99",
    )


def _latency(readers: int, reports: list[Report]) -> Iterator[Figure]:
    busy = middle(reports, lambda report: report.server_ns / report.seconds / 1e9)
    answer = middle(reports, lambda report: report.http_us.p50 if report.http_us else 0)
    yield Figure(
        name=f"N={readers}, {_RATE}/s, p50",
        value=middle(reports, lambda report: _spread(report).p50) / 1e3,
        unit="ms",
        at_most=_P50_US / 1e3,
        note=f"server core {busy:.0%} busy; answer p50 {answer / 1e3:.2f} ms",
    )
    yield Figure(
        name=f"N={readers}, {_RATE}/s, p99",
        value=middle(reports, lambda report: _spread(report).p99) / 1e3,
        unit="ms",
        at_most=_P99_US[readers] / 1e3,
    )


def _disk(stage: Stage) -> Figure:
    """The floor below every message: what is acknowledged lies on the disk."""
    taken = sync_ms(stage.server.data, times=stage.size(2000, 300), every_s=1 / _RATE)
    return Figure(
        name=f"the disk alone, {_RATE}/s, p99",
        value=taken[len(taken) * 99 // 100],
        unit="ms",
        note=f"p50 {taken[len(taken) // 2]:.2f} ms; one write of 8 KB, synchronised",
    )


def _spread(report: Report) -> Spread:
    assert report.delivery_us
    return report.delivery_us
