"""A person in 100 guilds of 500 channels: reading ten thousand at once, and opening a client."""

import time
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final

from bench.database import seed_reader
from bench.figures import Figure
from bench.load import Load
from bench.stage import Stage
from bench.town import INTENTS, Person, guild, person

_CHANNELS: Final = 500
_AT_ONCE: Final = 10_000
_ACK_MS: Final = 1_000
_READY_MS: Final = 150


def run(stage: Stage) -> Iterator[Figure]:
    reader = person(stage.server.port)
    owner = stage.cast.owner
    guilds = [guild(owner).id for _ in range(stage.size(100, 20))]
    unread = seed_reader(stage.server.data, reader.id, owner.id, guilds, _CHANNELS)
    stage.server.restart()
    fresh = _opened(stage, reader, len(guilds))
    times = [_ack(reader, unread[at : at + _AT_ONCE]) for at in range(0, len(unread), _AT_ONCE)]
    yield Figure(
        name=f"{_AT_ONCE:,} channels read in one call", value=median(times), unit="ms",
        at_most=_ACK_MS, note=f"the slowest {max(times):.0f} ms; each told to its own sessions",
    )  # fmt: skip
    for guild_id, start in zip(guilds, range(0, len(unread), _CHANNELS), strict=True):
        _override(reader, guild_id, unread[start : start + _CHANNELS])
    yield Figure(name="opening, nothing read", value=fresh, unit="ms")
    yield Figure(
        name=f"opening, {len(unread):,} read states and overrides",
        value=_opened(stage, reader, len(guilds)), unit="ms",
        note=f"READY and {len(guilds)} GUILD_CREATE of {_CHANNELS} channels",
    )  # fmt: skip
    yield Figure(
        name="of that, until READY", value=_ready(stage, reader), unit="ms", at_most=_READY_MS,
    )  # fmt: skip


def _ack(reader: Person, entries: Sequence[tuple[str, str]]) -> float:
    body = {"read_states": [{"channel_id": one, "message_id": other} for one, other in entries]}
    start = time.perf_counter()
    reader.client.post("/read-states/ack-bulk", body)
    return (time.perf_counter() - start) * 1e3


def _override(reader: Person, guild_id: str, entries: Sequence[tuple[str, str]]) -> None:
    muted = {"muted": True, "mute_config": {"selected_time_window": -1, "end_time": None}}
    body = {"channel_overrides": {channel_id: muted for channel_id, _ in entries}}
    reader.client.patch(f"/users/@me/guilds/{guild_id}/settings", body)


def _opened(stage: Stage, reader: Person, guilds: int) -> float:
    """From IDENTIFY to the last guild, once the world is read in."""
    return median([_once(stage, reader, guilds, INTENTS) for _ in range(stage.size(9, 4))][1:])


def _ready(stage: Stage, reader: Person) -> float:
    """Without the intent for guilds READY is all there is."""
    return median([_once(stage, reader, 0, 1 << 9) for _ in range(stage.size(9, 4))][1:])


def _once(stage: Stage, reader: Person, guilds: int, intents: int) -> float:
    load = Load(
        port=stage.server.port,
        subscribers=1,
        tokens=[(0, reader.authorization)],
        guilds=guilds,
        intents=intents,
    )
    spread = load.run().ready_ms
    assert spread
    return spread.p50
