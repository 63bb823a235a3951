"""Cost must not grow with what is stored: a channel of a million messages beside one of 1,000."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Final

from bench.database import seed_messages
from bench.figures import Figure, interleaved, middle
from bench.load import Load, Report
from bench.rest import API
from bench.stage import Stage, message_load
from bench.town import Room

_SMALL: Final = 1_000
_LIMIT: Final = 1.3
_PAGES: Final = 200


def run(stage: Stage) -> Iterator[Figure]:
    counts = {"small": _SMALL, "large": stage.size(1_000_000, 100_000)}
    rooms = {name: stage.room(1) for name in counts}
    firsts = {name: _seed(stage, rooms[name], count) for name, count in counts.items()}
    stage.server.restart()
    posting = {name: _posting(stage, room) for name, room in rooms.items()}
    paging = {
        name: replace(posting[name], subscribers=0, requests=_pages(room, firsts[name], count))
        for (name, room), count in zip(rooms.items(), counts.values(), strict=True)
    }
    for what, loads in (("posting", posting), ("paging", paging)):
        results = interleaved(stage.rounds, {name: load.run for name, load in loads.items()})
        yield from _figures(what, counts, results)


def _seed(stage: Stage, room: Room, count: int) -> int:
    author = stage.cast.writers[0].id
    place = room.guild
    return seed_messages(stage.server.data, place.channel_id, place.id, author, count)


def _posting(stage: Stage, room: Room) -> Load:
    return replace(stage.timed(message_load(stage.server, [room], 1)), connections=16)


def _pages(room: Room, first: int, count: int) -> list[str]:
    """The latest page, and pages before ids from all over the channel, in a fixed order."""
    path = f"0 GET {API}/channels/{room.guild.channel_id}/messages?limit=50"
    numbers = Random(count).sample(range(100, count), _PAGES)
    return [path, *(f"{path}&before={first + (number << 22)}" for number in numbers)]


def _figures(
    what: str, counts: dict[str, int], results: dict[str, list[Report]]
) -> Iterator[Figure]:
    cpu = {name: middle(reports, _us) for name, reports in results.items()}
    for name, reports in results.items():
        wait = middle(reports, lambda report: report.http_us.p50 if report.http_us else 0)
        yield Figure(
            name=f"{what}, {counts[name]:,} messages", value=cpu[name],
            unit="us CPU", note=f"server and database; answer p50 {wait / 1e3:.2f} ms",
        )  # fmt: skip
    yield Figure(name=f"{what}, large : small", value=cpu["large"] / cpu["small"], at_most=_LIMIT)


def _us(report: Report) -> float:
    return report.us_per_request + report.database_us_per_request
