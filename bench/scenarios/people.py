"""A person's client: READY with everything in it."""

from collections.abc import Iterator
from statistics import median
from typing import Final

from bench.database import seed_reader
from bench.figures import Figure
from bench.gateway import Session
from bench.stage import Stage
from bench.town import Person, guild, person

_GUILDS: Final = 100
_CHANNELS: Final = 500
_READY_MS: Final = 150


def run(stage: Stage) -> Iterator[Figure]:
    reader, owner = person(stage.server.port), stage.cast.owner
    guilds = [guild(owner).id for _ in range(stage.size(_GUILDS, 20))]
    seed_reader(stage.server.data, reader.id, owner.id, guilds, _CHANNELS)
    stage.server.restart()
    times = [_opened(stage, reader) for _ in range(stage.size(11, 4))]
    size = times[0][1]
    yield Figure(
        name="a person's first READY after a start", value=times[0][0], unit="ms",
        note="the world is read in",
    )  # fmt: skip
    yield Figure(
        name=f"READY of a person in {len(guilds)} guilds of {_CHANNELS} channels",
        value=median(ms for ms, _ in times[1:]), unit="ms", at_most=_READY_MS,
        note=f"{size / 1e6:.0f} MB, with all that supplements it",
    )  # fmt: skip


def _opened(stage: Stage, reader: Person) -> tuple[float, int]:
    token = reader.authorization.removeprefix("Bearer ")
    with Session(stage.server.port, token) as session:
        return session.identify()
