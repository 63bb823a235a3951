"""What Rift is compared with, each doing the same work in its usual way."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench import machine
from bench.build import EPOLL_FANOUT, HERE

_PEERS: Final = HERE / "peers"


@dataclass(frozen=True)
class Peer:
    """A running peer."""

    port: int
    pid: int


@contextmanager
def epoll_fanout(size: int) -> Iterator[Peer]:
    """A C server: what the kernel alone costs."""
    with _running(machine.free_port(), [str(EPOLL_FANOUT)], str(size)) as peer:
        yield peer


@contextmanager
def ws_fanout(size: int) -> Iterator[Peer]:
    """The `ws` package of Node."""
    with _running(machine.free_port(), ["node", str(_PEERS / "ws_fanout.mjs")], str(size)) as peer:
        yield peer


@contextmanager
def starlette(scene: Path) -> Iterator[Peer]:
    """Starlette under uvicorn, answering the requests of a scene file."""
    command = [sys.executable, "-m", "bench.peers.starlette_app"]
    with _running(machine.free_port(), command, str(scene)) as peer:
        yield peer


@contextmanager
def _running(port: int, command: list[str], *arguments: str) -> Iterator[Peer]:
    process = subprocess.Popen(
        machine.bound([machine.SERVER_CORE], [*command, str(port), *arguments]),
        cwd=HERE.parent,
        stdout=subprocess.PIPE,
    )
    try:
        assert process.stdout
        if process.stdout.readline() != b"ready\n":
            raise RuntimeError(f"{command} did not start")
        yield Peer(port, process.pid)
    finally:
        process.kill()
        process.wait()
