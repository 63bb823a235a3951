"""Runs the load generator and reads its report."""

import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Self

import msgspec

from bench.build import LOAD
from bench.machine import LOAD_CORE, bound

STAMP: Final = "@TIME@@@@@@@@@@@"
"""Replaced in each request's body by the time it was due."""


class WrongAnswerError(Exception):
    """The server lost, doubled, refused or garbled something: a figure of it would mean nothing."""


class Spread(msgspec.Struct, frozen=True):
    """A distribution of samples."""

    count: int
    p50: float
    p90: float
    p99: float
    max: float


class Report(msgspec.Struct, frozen=True):
    """What the generator saw between two moments at which nothing was under way."""

    seconds: float
    requests: int
    refused: int
    broken: int
    reconnects: int
    deliveries: int
    expected: int
    wire_bytes: int
    frames: int
    payload_size: int
    gaps: int
    bad_frames: int
    lost_sockets: int
    last_close: int
    differing: int
    server_ns: int
    database_ns: int
    own_ns: int
    segments: int
    statuses: dict[str, int]
    http_us: Spread | None
    delivery_us: Spread | None
    ready_ms: Spread | None

    def checked(self) -> Self:
        """Itself, if every request was answered and every subscriber has every message once."""
        wrong = (self.refused, self.broken, self.gaps, self.bad_frames, self.lost_sockets)
        if any(wrong) or self.differing or self.deliveries != self.expected:
            raise WrongAnswerError(msgspec.json.encode(self).decode())
        return self

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds

    @property
    def deliveries_per_second(self) -> float:
        return self.deliveries / self.seconds

    @property
    def us_per_request(self) -> float:
        return self.server_ns / self.requests / 1e3

    @property
    def database_us_per_request(self) -> float:
        return self.database_ns / self.requests / 1e3

    @property
    def us_per_delivery(self) -> float:
        return self.server_ns / self.deliveries / 1e3


class _Ready(msgspec.Struct, frozen=True):
    ready: int
    last_close: int


@dataclass(frozen=True, kw_only=True)
class Load:
    """One run of the generator; groups number the guilds whose messages are counted apart."""

    port: int
    subscribers: int = 0
    tokens: Sequence[tuple[int, str]] = ()
    intents: int | None = None
    encoding: Literal["json", "etf"] = "json"
    zlib: bool = False
    raw: bool = False
    guilds: int = 0
    requests: Sequence[str] = ()
    authorizations: Sequence[str] = ()
    connections: int = 0
    rate: float = 0
    lockstep: bool = False
    awake: bool = False
    warmup: float = 0
    seconds: float = 0
    events: int = 0
    server_pids: Iterable[int] = ()
    database_pid: int = 0
    cores: Sequence[int] = field(default=(LOAD_CORE,))

    def run(self) -> Report:
        with Running(self) as running:
            return running.finish().checked()


class Running:
    """A generator whose subscribers are ready and which waits for the word to go on."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._files = tempfile.TemporaryDirectory(prefix="rift-load-")

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            bound(self._load.cores, _command(self._load, Path(self._files.name))),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout
        line = self._process.stdout.readline()
        ready = msgspec.json.decode(line, type=_Ready) if line else _Ready(0, 0)
        if ready.ready < self._load.subscribers:
            self.__exit__(None, None, None)
            raise WrongAnswerError(
                f"{ready.ready} of {self._load.subscribers} subscribers became ready, "
                f"the last close code was {ready.last_close}"
            )
        return self

    def go(self) -> None:
        assert self._process.stdin
        self._process.stdin.write(b"go\n")
        self._process.stdin.flush()

    def finish(self) -> Report:
        """Lets it run, or run on, to its end."""
        out, _ = self._process.communicate(b"go\n")
        if self._process.returncode:
            raise WrongAnswerError(f"the generator ended with {self._process.returncode}")
        return msgspec.json.decode(out, type=Report)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()
        self._files.cleanup()


def _command(load: Load, directory: Path) -> list[str]:
    tokens = _file(directory / "tokens", (f"{group} {token}" for group, token in load.tokens))
    options: dict[str, object] = {
        "port": load.port,
        "subscribers": load.subscribers,
        "tokens": tokens,
        "intents": "" if load.intents is None else load.intents,
        "guilds": load.guilds,
        "requests": _file(directory / "requests", load.requests),
        "authorizations": _file(directory / "authorizations", load.authorizations),
        "connections": load.connections,
        "rate": load.rate,
        "warmup": load.warmup,
        "seconds": load.seconds,
        "events": load.events,
        "server-pids": ",".join(map(str, load.server_pids)),
        "database-pid": load.database_pid,
    }
    flags = {
        "wait": True,
        "raw": load.raw,
        "lockstep": load.lockstep,
        "awake": load.awake,
        "etf": load.encoding == "etf",
        "zlib": load.zlib,
    }
    words = [f"--{option}={value}" for option, value in options.items()]
    return [str(LOAD), *words, *(f"--{flag}" for flag, is_on in flags.items() if is_on)]


def _file(path: Path, lines: Iterable[str]) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines))
    return path
