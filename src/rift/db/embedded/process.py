"""Starts, recognises, watches and ends PostgreSQL processes."""

import asyncio
import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Self

from rift.db.embedded.account import Account
from rift.db.failure import DatabaseFailure

# Nothing of ours leaks into the server: no PG* variables, no locale, no time zone.
ENVIRONMENT: Final = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}

Steps = Sequence[tuple[signal.Signals, float]]

# Fast shutdown (roll back, checkpoint), then immediate (recovery at the next start), then force.
GENTLY: Final[Steps] = ((signal.SIGINT, 30.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))
AT_ONCE: Final[Steps] = ((signal.SIGQUIT, 2.0), (signal.SIGKILL, 5.0))

_PROGRAMS: Final = frozenset({"postgres", "initdb"})
_PR_SET_PDEATHSIG: Final = 1
_POLL_S: Final = 0.05


class Process:
    """A process that can be waited for and signalled without mistaking a recycled pid for it."""

    def __init__(self, pid: int, child: subprocess.Popen[bytes] | None = None) -> None:
        self.pid = pid
        self._child = child
        self._fd: int | None = os.pidfd_open(pid) if sys.platform == "linux" else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    async def gone(self, timeout_s: float) -> bool:
        """Waits for the end of the process; False when it still runs after `timeout_s`."""
        try:
            async with asyncio.timeout(timeout_s):
                await (self._polled() if self._fd is None else self._readable(self._fd))
        except TimeoutError:
            return False
        if self._child is not None:
            self._child.wait()
        return True

    async def end(self, steps: Steps) -> None:
        for number, patience_s in steps:
            with contextlib.suppress(ProcessLookupError):
                self._signal(number)
            if await self.gone(patience_s):
                return
        raise DatabaseFailure(f"PostgreSQL (process {self.pid}) does not end, not even by force.")

    def _signal(self, number: signal.Signals) -> None:
        if sys.platform == "linux" and self._fd is not None:
            signal.pidfd_send_signal(self._fd, number)
        else:
            os.kill(self.pid, number)

    async def _readable(self, handle: int) -> None:
        loop, readable = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(handle, readable.set)
        try:
            await readable.wait()
        finally:
            loop.remove_reader(handle)

    async def _polled(self) -> None:
        while self._alive():  # noqa: ASYNC110 - without pidfd nothing tells
            await asyncio.sleep(_POLL_S)

    def _alive(self) -> bool:
        if self._child is not None:
            return self._child.poll() is None
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True


def spawn(command: Sequence[str], *, cwd: Path, output: int, account: Account) -> Process:
    """Starts a server that shuts down when we die, however we die.

    Call it from the thread of the event loop: the kernel ties the child to the *thread* that
    made it. Its own session keeps the terminal's Ctrl-C away from it; we stop it ourselves.
    """
    child = subprocess.Popen(
        command,
        cwd=cwd,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
        preexec_fn=_tie_to_parent() if sys.platform == "linux" else None,  # noqa: PLW1509 - see there
        **account.switch,
    )
    return Process(child.pid, child)


def _tie_to_parent() -> Callable[[], None]:
    """One system call between fork and exec; it takes no lock another thread could hold."""
    parent = os.getpid()
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def tie() -> None:  # runs in the child after it changed user (which would undo it)
        prctl(_PR_SET_PDEATHSIG, int(signal.SIGINT), 0, 0, 0)
        if os.getppid() != parent:  # the parent was gone before the tie
            os._exit(1)

    return tie


def run(command: Sequence[str], *, cwd: Path, account: Account, text: str = "") -> None:
    """Runs one of PostgreSQL's programs (or a shell) to its end as `account`."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=ENVIRONMENT,
        input=text,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=600,
        **account.switch,
    )
    if done.returncode != 0:
        tail = "\n".join(done.stdout.strip().splitlines()[-10:])
        raise DatabaseFailure(f"{Path(command[0]).name} failed:\n{tail}")


def find(pid: int, cluster: Path) -> Process | None:
    """The process, if it exists and is a PostgreSQL of this very cluster."""
    try:
        process = Process(pid)
    except OSError:
        return None
    # Looked at only now that the handle is held, so that it cannot be another one meanwhile.
    if _works_in(pid, cluster):
        return process
    process.close()
    return None


async def end_all(cluster: Path) -> None:
    """Ends every process of this cluster: backends and initdb can outlive who started them."""
    while strays := _find_all(cluster):
        for process in strays:
            with process:
                await process.end(AT_ONCE)


def _find_all(cluster: Path) -> list[Process]:
    if sys.platform != "linux":
        return []
    pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]
    return [process for pid in pids if (process := find(pid, cluster)) is not None]


def _works_in(pid: int, cluster: Path) -> bool:
    """PostgreSQL's processes stay in their data directory for life: that identifies them.

    Stronger than the start time in postmaster.pid, which lies after the clock was set.
    """
    try:
        if sys.platform == "linux":
            name = Path(f"/proc/{pid}/comm").read_text().strip()
            return name in _PROGRAMS and Path(f"/proc/{pid}/cwd").samefile(cluster)
        else:  # noqa: RET505 - mypy sees one platform at a time
            listed = _listed(pid)
            return "postgres" in listed and str(cluster) in listed
    except OSError:
        return False


def _listed(pid: int) -> str:
    command = ["/bin/ps", "-o", "command=", "-p", str(pid)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout
