"""Many log in at once while others talk: what that does to the time a message takes."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bench.figures import Figure, interleaved, middle
from bench.load import Load, Report, Running, Spread
from bench.rest import API, Client
from bench.stage import Stage, message_load
from bench.town import Room

_RATE: Final = 300
_READERS: Final = 10
_ACCOUNTS: Final = 8
_AT_ONCE: Final = 48
_PASSWORD: Final = "correct horse battery staple"
_P50: Final = 1.5
_P99: Final = 2.0


def run(stage: Stage) -> Iterator[Figure]:
    """Messages at a fixed rate, alone and beside logins as fast as they are answered."""
    room = stage.room(_READERS)
    storm = _storm(stage, room)
    logins: list[Report] = []

    def beside() -> Report:
        with Running(storm) as running:
            running.go()
            report = _messages(stage, room).run()
            logins.append(running.finish().checked())
        return report

    calm, stormy = "alone", "beside logins"
    results = interleaved(stage.rounds, {calm: _messages(stage, room).run, stormy: beside})
    for name, read, limit in (("p50", _p50, _P50), ("p99", _p99, _P99)):
        values = {which: middle(reports, read) for which, reports in results.items()}
        for which, value in values.items():
            yield Figure(name=f"{_RATE}/s, {which}, {name}", value=value / 1e3, unit="ms")
        yield Figure(
            name=f"{name}, beside logins : alone",
            value=values[stormy] / values[calm],
            at_most=limit,
            note=f"{middle(logins, lambda report: report.per_second):.0f} logins/s",
        )


def _messages(stage: Stage, room: Room) -> Load:
    load = stage.timed(message_load(stage.server, [room], _READERS))
    return replace(load, connections=16, rate=_RATE)


def _storm(stage: Stage, room: Room) -> Load:
    """It begins before the messages and ends after them."""
    guest = Client(stage.server.port)
    lines = []
    for number in range(_ACCOUNTS):
        name = f"storm{number}"
        guest.post("/auth/register", {"username": name, "password": _PASSWORD})
        lines.append(f'0 POST {API}/auth/login {{"login":"{name}","password":"{_PASSWORD}"}}')
    return Load(
        port=stage.server.port,
        requests=lines,
        authorizations=room.authorizations,
        connections=_AT_ONCE,
        warmup=0.1,
        seconds=stage.warmup + stage.seconds + 1.0,
        server_pids=stage.server.pids,
    )


def _p50(report: Report) -> float:
    return _spread(report).p50


def _p99(report: Report) -> float:
    return _spread(report).p99


def _spread(report: Report) -> Spread:
    assert report.delivery_us
    return report.delivery_us
