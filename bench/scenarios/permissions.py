"""A permission change in a large guild: how long it keeps everybody else waiting."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from statistics import median
from typing import Final

from bench.database import seed_guild
from bench.figures import Figure
from bench.load import Load, Running, Spread
from bench.rest import Client
from bench.stage import Stage, message_load
from bench.town import Room

_CHANNELS: Final = 499
_SESSIONS: Final = 200
_PINGS: Final = 1000
_LIMIT_MS: Final = 20
_PAUSE_S: Final = 0.3
_VIEW_CHANNEL: Final = 1 << 10
_SEND_MESSAGES: Final = 1 << 11


def run(stage: Stage) -> Iterator[Figure]:
    """Pings every millisecond on four connections; the slowest shows the longest hold.

    They come from a generator of their own: the one with the sessions reads 100,000 events when
    500 channels vanish before 200 sessions, and would time itself.
    """
    room = stage.room(20)
    seed_guild(stage.server.data, room.guild.id, stage.size(50_000, 5_000), _CHANNELS)
    stage.server.restart()
    readers = replace(message_load(stage.server, [room], _SESSIONS), requests=())
    changes: dict[str, Callable[[int], None]] = {
        "no change": lambda _: None,
        "@everyone's permissions": lambda turn: _change_everyone(room, turn),
        "an overwrite": lambda turn: _change_overwrite(room, turn),
    }
    for name, change in changes.items():
        with Running(readers) as reading:
            spreads = [_wait_of(stage, change) for _ in range(stage.rounds)]
            reading.finish().checked()
        yield Figure(
            name=name, value=median(spread.max for spread in spreads) / 1e3, unit="ms longest",
            at_most=None if name == "no change" else _LIMIT_MS,
            note=f"p99 {median(spread.p99 for spread in spreads) / 1e3:.2f} ms",
        )  # fmt: skip


def _pings(stage: Stage, seconds: float) -> Load:
    return Load(
        port=stage.server.port,
        requests=["0 GET /healthz"],
        connections=4,
        rate=_PINGS,
        warmup=0.3,
        seconds=seconds,
        server_pids=stage.server.pids,
        database_pid=stage.server.database_pid,
    )


def _wait_of(stage: Stage, change: Callable[[int], None]) -> Spread:
    turns = stage.size(10, 3)
    with Running(_pings(stage, 0.6 + turns * _PAUSE_S * 2)) as running:
        running.go()
        time.sleep(0.5)
        for turn in range(turns):
            change(turn)
            time.sleep(_PAUSE_S)
        spread = running.finish().checked().http_us
    assert spread
    return spread


def _change_everyone(room: Room, turn: int) -> None:
    """Takes the sight of every channel without an overwrite away, and gives it back."""
    client, guild = room.guild.owner.client, room.guild.id
    bits = _SEND_MESSAGES | (_VIEW_CHANNEL if turn % 2 else 0)
    client.patch(f"/guilds/{guild}/roles/{guild}", {"permissions": str(bits)})


def _change_overwrite(room: Room, turn: int) -> None:
    client: Client = room.guild.owner.client
    path = f"/channels/{room.guild.channel_id}/permissions/{room.guild.id}"
    bits = {"allow": str(_VIEW_CHANNEL), "deny": "0"}
    swapped = {"allow": "0", "deny": str(_VIEW_CHANNEL)}
    client.put(path, {"type": 0, **(bits if turn % 2 else swapped)})
