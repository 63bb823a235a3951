"""Memory of a gateway session that does nothing."""

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bench.figures import Figure
from bench.load import Running
from bench.machine import resident_kb
from bench.server import Server
from bench.stage import Cast, Stage, message_load

_LIMIT_KB: Final = 16
_SETTLE_S: Final = 3.0


def run(stage: Stage) -> Iterator[Figure]:
    """On a server of its own, whose memory nothing else has touched."""
    sessions = stage.size(10_000, 1_000)
    with Server() as server:
        room = Cast.on(server.port).room(10)
        load = replace(message_load(server, [room], sessions), requests=())
        replace(load, subscribers=100).run()
        before = _memory_kb(server)
        with Running(load) as running:
            time.sleep(stage.size(1, 0) * _SETTLE_S)
            held = _memory_kb(server) - before
            running.finish().checked()
    yield Figure(
        name=f"{sessions:,} idle sessions", value=held / sessions, unit="KB each",
        at_most=_LIMIT_KB, note=f"{before / 1024:.0f} MB before them",
    )  # fmt: skip


def _memory_kb(server: Server) -> int:
    return sum(resident_kb(pid) for pid in server.pids)
