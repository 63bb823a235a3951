"""The scenarios, in the order in which they run."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from bench.figures import Figure
from bench.scenarios import (
    absent,
    compression,
    fanout,
    idle,
    login,
    path,
    people,
    permissions,
    reading,
    ready,
    rest,
    search,
    stored,
    workers,
)
from bench.stage import Stage

SCENARIOS: Final[Mapping[str, Callable[[Stage], Iterator[Figure]]]] = {
    "fanout": fanout.run,
    "path": path.run,
    "compression": compression.run,
    "rest": rest.run,
    "ready": ready.run,
    "reading": reading.run,
    "people": people.run,
    "stored": stored.run,
    "search": search.run,
    "absent": absent.run,
    "permissions": permissions.run,
    "login": login.run,
    "idle": idle.run,
    "workers": workers.run,
}
