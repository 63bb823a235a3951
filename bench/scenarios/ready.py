"""A bot in 100 guilds: from IDENTIFY to the last GUILD_CREATE."""

from collections.abc import Iterator
from statistics import median
from typing import Final

from bench.figures import Figure
from bench.load import Load
from bench.stage import Stage
from bench.town import INTENTS, bot, guild

_GUILDS: Final = 100
_LIMIT_MS: Final = 150


def run(stage: Stage) -> Iterator[Figure]:
    token = bot([guild(stage.cast.owner) for _ in range(_GUILDS)])
    stage.server.restart()
    times = [_once(stage, token) for _ in range(stage.size(11, 4))]
    yield Figure(name="first after a start", value=times[0], unit="ms", note="the world is read in")
    yield Figure(
        name=f"READY and {_GUILDS} GUILD_CREATE", value=median(times[1:]), unit="ms",
        at_most=_LIMIT_MS,
    )  # fmt: skip


def _once(stage: Stage, token: str) -> float:
    load = Load(
        port=stage.server.port, subscribers=1, tokens=[(0, token)], guilds=_GUILDS, intents=INTENTS
    )
    spread = load.run().ready_ms
    assert spread
    return spread.p50
