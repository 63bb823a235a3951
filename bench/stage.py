"""What scenarios share: how long to measure, one running server, and the people on it."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import TracebackType
from typing import Final, Self

from bench.load import Load
from bench.server import Server
from bench.town import INTENTS, Person, Room, person, room

_WRITERS: Final = 8


@dataclass
class Stage:
    """The frame of a run; the server starts when the first scenario asks for it."""

    quick: bool
    _open: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    @property
    def rounds(self) -> int:
        return 1 if self.quick else 3

    @property
    def seconds(self) -> float:
        return 1.0 if self.quick else 5.0

    @property
    def warmup(self) -> float:
        return 0.3 if self.quick else 1.5

    def size(self, full: int, quick: int) -> int:
        return quick if self.quick else full

    @cached_property
    def server(self) -> Server:
        return self._open.enter_context(Server())

    @cached_property
    def cast(self) -> "Cast":
        return Cast.on(self.server.port)

    def room(self, bots: int) -> Room:
        return self.cast.room(bots)

    def timed(self, load: Load) -> Load:
        """The load with this run's warm-up and duration."""
        return replace(load, warmup=self.warmup, seconds=self.seconds)


@dataclass(frozen=True)
class Cast:
    """The people of one server: somebody with guilds, and those who write."""

    port: int
    owner: Person
    writers: list[Person]

    @classmethod
    def on(cls, port: int) -> Self:
        return cls(port, person(port), [person(port) for _ in range(_WRITERS)])

    def room(self, bots: int) -> Room:
        """A room with an owner of its own, for nobody may have many applications."""
        return room(person(self.port), self.writers, bots)


def message_load(server: Server, rooms: Sequence[Room], readers: int) -> Load:
    """Messages to rooms in turn, with so many sessions reading in each."""
    server.pin()
    places = list(enumerate(rooms))
    turns = zip(
        *([(group, token) for token in place.tokens] for group, place in places), strict=True
    )
    return Load(
        port=server.port,
        subscribers=readers * len(rooms),
        tokens=[pair for turn in turns for pair in turn],
        intents=INTENTS,
        guilds=1,
        requests=[place.guild.post(group) for group, place in places],
        authorizations=rooms[0].authorizations,
        server_pids=server.pids,
        database_pid=server.database_pid,
    )
