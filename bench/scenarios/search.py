"""Searching a guild of one and of ten million messages, and how late the index is under load."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, pairwise
from threading import Event, Thread
from typing import Final
from urllib.parse import quote

from bench.figures import Figure
from bench.library import Library, stock
from bench.load import Load
from bench.rest import Client
from bench.server import Server
from bench.stage import Stage
from bench.town import Guild, Person, guild, person

_CHANNELS: Final = 20
_RATE: Final = 500
_SELECTIVE_MS: Final = 50
_COMMON_MS: Final = 250
_GROWTH: Final = 2.0
_LAG_MS: Final = 1000
_marks = count(1)


@dataclass
class Shelf:
    """A guild with so many messages, and somebody who searches it."""

    size: int
    owner: Person
    place: Guild
    library: Library

    def took_ms(self, query: str) -> float:
        path = f"/guilds/{self.place.id}/messages/search?{query}"
        start = time.perf_counter()
        found = self.owner.client.get(path)
        assert "messages" in found, found
        return (time.perf_counter() - start) * 1e3


def run(stage: Stage) -> Iterator[Figure]:
    """Each size on a server of its own: what is measured is not beside the other."""
    sizes = (stage.size(1_000_000, 100_000), stage.size(10_000_000, 300_000))
    times: dict[str, list[float]] = {}
    for size in sizes:
        with Server(pinned=False) as server:
            shelf = _stocked(server, size)
            for name, queries in _questions(shelf.library).items():
                found = _p95(shelf, queries, stage.size(3, 1))
                times.setdefault(name, []).append(found)
                yield _figure(name, size, found)
            if size == sizes[0]:
                yield _lag(stage, server, shelf)
    for name in ("a rare word", "a common word"):
        small, large = times[name]
        yield Figure(
            name=f"{name}, {sizes[1]:,} : {sizes[0]:,}", value=large / small, at_most=_GROWTH
        )


def _figure(name: str, size: int, found: float) -> Figure:
    targets = {"a rare word": _SELECTIVE_MS, "a common word": _COMMON_MS}
    return Figure(
        name=f"{name}, {size:,} messages, p95", value=found, unit="ms", at_most=targets.get(name)
    )


def _stocked(server: Server, size: int) -> Shelf:
    owner = person(server.port)
    place = guild(owner)
    path = f"/guilds/{place.id}/channels"
    made = [owner.client.post(path, {"name": f"c{n}", "type": 0}) for n in range(_CHANNELS - 1)]
    library = Library(place.id, [place.channel_id, *(it["id"] for it in made)], size)
    took = stock(server, library)
    print(f"  {size:,} messages written and indexed in {took:.0f} s", flush=True)
    server.restart()
    return Shelf(size, owner, place, library)


def _questions(library: Library) -> dict[str, list[str]]:
    """The kinds of questions, of each as many as make a p95."""
    words, needles = library.words, library.needles
    return {
        "a rare word": [f"content={needle}" for needle in needles[:100]],
        "a common word": [f"content={word}" for word in words[:40]],
        "a middling word": [f"content={word}" for word in words[200:2000:45]],
        "two common words": [
            f"content={one}%20{other}" for one, other in zip(words[:40], words[40:80], strict=True)
        ],
        "two common words as a phrase": [
            "content=" + quote(f'"{one} {other}"') for one, other in pairwise(words[:41])
        ],
        "a common word by relevance": [f"content={word}&sort_by=relevance" for word in words[:40]],
        "a rare word with a slip": [
            f"content={needle[:4]}{needle[5:]}%20" for needle in needles[:40]
        ],
        "the latest page of somebody": [f"author_id={it}" for it in library.authors[:40]],
        "400 pages of a common word": [f"content={word}&offset=9975" for word in words[:40]],
    }


def _p95(shelf: Shelf, queries: Sequence[str], rounds: int) -> float:
    for query in queries[:10]:
        shelf.took_ms(query)
    times = sorted(shelf.took_ms(query) for _ in range(rounds) for query in queries)
    return times[int(len(times) * 0.95)]


def _lag(stage: Stage, server: Server, shelf: Shelf) -> Figure:
    """From the answer to a message to the first search that finds it, while others write."""
    writers = [person(server.port) for _ in range(8)]
    invite = shelf.owner.client.post(f"/channels/{shelf.place.channel_id}/invites", {"max_age": 0})
    for one in writers:
        one.client.post(f"/invites/{invite['code']}", {})
    load = Load(
        port=server.port,
        requests=[shelf.place.post()],
        authorizations=[one.authorization for one in writers],
        connections=16,
        rate=_RATE,
        warmup=1,
        seconds=stage.size(20, 3),
        server_pids=server.pids,
        database_pid=server.database_pid,
    )
    over = Event()
    lags: list[float] = []
    probe = Thread(target=_until(over, lambda: lags.append(_once(server.port, shelf))))
    probe.start()
    try:
        report = replace(load).run()
    finally:
        over.set()
        probe.join()
    lags.sort()
    return Figure(
        name=f"from stored to found, {_RATE} messages/s, p99",
        value=lags[min(int(len(lags) * 0.99), len(lags) - 1)], unit="ms", at_most=_LAG_MS,
        note=f"p50 {lags[len(lags) // 2]:.0f} ms of {len(lags)}; {report.per_second:.0f}/s came",
    )  # fmt: skip


def _until(over: Event, step: Callable[[], None]) -> Callable[[], None]:
    def loop() -> None:
        while not over.is_set():
            step()

    return loop


def _once(port: int, shelf: Shelf) -> float:
    word = f"probe{next(_marks)}x"
    client = Client(port, shelf.owner.authorization)
    client.post(f"/channels/{shelf.place.channel_id}/messages", {"content": word})
    start = time.perf_counter()
    path = f"/guilds/{shelf.place.id}/messages/search?content={quote(word)}%20"
    while not client.get(path)["messages"]:
        time.sleep(0.005)
    return (time.perf_counter() - start) * 1e3
