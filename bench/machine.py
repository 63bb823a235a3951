"""The machine under measurement: cores, processes, memory and free ports, read from /proc."""

import contextlib
import os
import socket
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

SERVER_CORE: Final = 0
LOAD_CORE: Final = 1
_PROC: Final = Path("/proc")
_FIRST_PORT: Final = 20_000
_LAST_PORT: Final = 30_000


def pin(pid: int, cores: Iterable[int]) -> None:
    """Binds every thread of a process to some cores; a process that just ended is no matter."""
    wanted = set(cores)
    with contextlib.suppress(FileNotFoundError):
        for thread in (_PROC / str(pid) / "task").iterdir():
            with contextlib.suppress(ProcessLookupError):
                os.sched_setaffinity(int(thread.name), wanted)


def bound(cores: Iterable[int], command: Iterable[str]) -> list[str]:
    """A command which starts bound to some cores."""
    return ["taskset", "--cpu-list", ",".join(map(str, cores)), *command]


def sync_ms(directory: Path, *, times: int, every_s: float) -> list[float]:
    """How long one small write after the other takes to be on the disk, the shortest first."""
    page, taken = bytes(8192), list[float]()
    with tempfile.TemporaryFile(dir=directory) as file:
        file.write(page * times)
        os.fsync(file.fileno())
        for place in range(times):
            os.pwrite(file.fileno(), page, place * len(page))
            start = time.perf_counter()
            os.fdatasync(file.fileno())
            taken.append((time.perf_counter() - start) * 1e3)
            time.sleep(every_s)
    return sorted(taken)


def all_cores() -> list[int]:
    return list(range(os.cpu_count() or 1))


def free_port() -> int:
    """A port outside the ephemeral range, which thousands of sockets are about to use up."""
    for port in range(_FIRST_PORT, _LAST_PORT):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no free port")


def descendants(pid: int) -> list[int]:
    """The processes below a process, at any depth."""
    children: dict[int, list[int]] = {}
    for child, parent in _parents():
        children.setdefault(parent, []).append(child)
    found: list[int] = []
    waiting = [pid]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def name(pid: int) -> str:
    with contextlib.suppress(OSError):
        return (_PROC / str(pid) / "comm").read_text().strip()
    return ""


def working_under(directory: Path) -> list[int]:
    """The processes whose working directory lies in a directory: a database's own, for one."""
    found = []
    for entry in _entries():
        with contextlib.suppress(OSError):
            if (entry / "cwd").readlink().is_relative_to(directory):
                found.append(int(entry.name))
    return found


def resident_kb(pid: int) -> int:
    """The memory a process holds by itself: anonymous pages, without shared libraries."""
    for line in (_PROC / str(pid) / "status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1])
    raise RuntimeError(f"process {pid} tells nothing of its memory")


def parent(pid: int) -> int:
    with contextlib.suppress(OSError):
        return _parent_of(_PROC / str(pid))
    return 0


def _entries() -> Iterator[Path]:
    return (entry for entry in _PROC.iterdir() if entry.name.isdigit())


def _parents() -> Iterator[tuple[int, int]]:
    for entry in _entries():
        with contextlib.suppress(OSError):
            yield int(entry.name), _parent_of(entry)


def _parent_of(entry: Path) -> int:
    after_name = (entry / "stat").read_text().rpartition(")")[2]
    return int(after_name.split()[1])
