"""Starts the private PostgreSQL, restarts it when it dies, and stops it with us."""

import asyncio
import fcntl
import logging
import os
import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Self
from urllib.parse import quote

from rift.db.embedded.account import Account, choose_account
from rift.db.embedded.binaries import SHARED_COPIES, Binaries, reachable_binaries
from rift.db.embedded.cluster import (
    DATABASE,
    PORT,
    ROLE,
    SOCKET,
    Layout,
    close_run_directory,
    open_run_directory,
    prepare_cluster,
    server_command,
)
from rift.db.embedded.log import ServerLog
from rift.db.embedded.process import AT_ONCE, GENTLY, Process, Steps, end_all, find, spawn
from rift.db.failure import DatabaseFailure

_LOCK_TRIES: Final = 20
_LOCK_PAUSE_S: Final = 0.01
_LOOK_AT_LOG_S: Final = 60.0
_LOOK_AT_READINESS_S: Final = 0.005
_WORTH_MENTIONING_S: Final = 3.0
_LONGEST_RECOVERY_S: Final = 1800.0
_FIRST_PAUSE_S: Final = 0.1
_LONGEST_PAUSE_S: Final = 30.0
_STABLE_AFTER_S: Final = 60.0

_logger = logging.getLogger(__name__)


def find_running(directory: Path) -> str | None:
    """The DSN of the database another process runs in `directory`; None when there is none."""
    layout = Layout(directory.resolve())
    return _dsn(layout) if (layout.socket_directory / SOCKET).exists() else None


class EmbeddedPostgres:
    """A PostgreSQL in `directory` that lives as long as this object is started."""

    def __init__(
        self,
        directory: Path,
        *,
        progress: Callable[[str], None],
        settings: Mapping[str, str] | None = None,
        program_copies: Path = SHARED_COPIES,
    ) -> None:
        self._layout = Layout(directory.resolve())
        self._progress = progress
        self._overrides = settings or {}
        self._program_copies = program_copies
        self._log = ServerLog(self._layout.log)
        self._ready = asyncio.Event()
        self._lock: int | None = None
        self._postmaster: Process | None = None
        self._watch: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def pid(self) -> int | None:
        return self._postmaster.pid if self._postmaster else None

    @property
    def dsn(self) -> str:
        return _dsn(self._layout)

    async def wait_ready(self, timeout_s: float) -> None:
        """Returns when the server takes connections, which after a crash it does again soon."""
        async with asyncio.timeout(timeout_s):
            await self._ready.wait()

    async def start(self) -> str:
        """Starts the server, making the cluster when needed; the answer is its DSN."""
        self._lock = _lock(self._layout)
        try:
            account = choose_account(self._layout.cluster)
            _open_to(account, self._layout.root)
            await self._clear_unfinished()
            await self._clear_leftovers(GENTLY)
            binaries = await asyncio.to_thread(self._prepare, account)
            open_run_directory(self._layout, account)
            await self._launch(account, binaries)
        except BaseException:
            await self.stop()
            raise
        self._watch = asyncio.create_task(self._supervise(account, binaries))
        return self.dsn

    async def stop(self) -> None:
        """Shuts the server down cleanly, or after its deadline anyhow; may be called twice."""
        if self._lock is None:
            return
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
            self._watch = None
        try:
            if self._postmaster is not None:
                await self._postmaster.end(GENTLY)
                self._forget()
            close_run_directory(self._layout)
        finally:
            os.close(self._lock)
            self._lock = None

    def _prepare(self, account: Account) -> Binaries:
        binaries = reachable_binaries(account, self._program_copies, self._progress)
        prepare_cluster(self._layout, account, binaries, self._progress)
        return binaries

    async def _launch(self, account: Account, binaries: Binaries) -> None:
        command = server_command(self._layout, account, binaries, self._overrides)
        output = self._log.open()
        try:
            self._postmaster = spawn(
                command, cwd=self._layout.cluster, output=output, account=account
            )
        finally:
            os.close(output)
        await self._await_readiness(self._postmaster)
        self._ready.set()

    async def _await_readiness(self, postmaster: Process) -> None:
        mention_at = time.monotonic() + _WORTH_MENTIONING_S
        give_up_at = time.monotonic() + _LONGEST_RECOVERY_S
        while not self._says_ready(postmaster.pid):
            if await postmaster.gone(_LOOK_AT_READINESS_S):
                self._forget()
                raise DatabaseFailure(
                    f"PostgreSQL does not start. Its last words:\n{self._log.tail()}",
                    f"The whole log is {self._layout.log}.",
                )
            if time.monotonic() > mention_at:
                self._progress("The database recovers from an unclean stop; this can take a while")
                mention_at = give_up_at
            if time.monotonic() > give_up_at:
                raise DatabaseFailure(f"PostgreSQL does not get ready; see {self._layout.log}.")

    def _says_ready(self, pid: int) -> bool:
        lines = _pid_file(self._layout)
        return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"

    async def _supervise(self, account: Account, binaries: Binaries) -> None:
        pause_s = _FIRST_PAUSE_S
        while True:
            started = time.monotonic()
            await self._until_death()
            _logger.error("PostgreSQL is not running; starting it again in %.1f s", pause_s)
            await asyncio.sleep(pause_s)
            try:
                await self._clear_leftovers(AT_ONCE)
                await self._launch(account, binaries)
                _logger.warning("PostgreSQL is back")
            except Exception:  # the edge of this task: whatever it was, there is another attempt
                _logger.exception("PostgreSQL could not be started again")
            steady = time.monotonic() - started > _STABLE_AFTER_S
            pause_s = _FIRST_PAUSE_S if steady else min(pause_s * 2, _LONGEST_PAUSE_S)

    async def _until_death(self) -> None:
        while self._postmaster is not None and not await self._postmaster.gone(_LOOK_AT_LOG_S):
            self._log.trim()
        self._ready.clear()
        self._forget()

    async def _clear_leftovers(self, steps: Steps) -> None:
        """Ends what an earlier life left running, and removes the files that speak of it.

        We hold the lock, so whatever still works in the cluster has lost its supervisor. A stale
        pid file would stop PostgreSQL when its number was given to somebody else meanwhile.
        """
        lines = _pid_file(self._layout)
        if not lines:
            return
        former = find(int(lines[0]), self._layout.cluster) if lines[0].isdecimal() else None
        if former is not None:
            self._progress("Stopping the database an earlier run left behind")
            with former:
                await former.end(steps)
        await end_all(self._layout.cluster)
        self._layout.pid_file.unlink(missing_ok=True)
        for name in (SOCKET, f"{SOCKET}.lock"):
            (self._layout.socket_directory / name).unlink(missing_ok=True)

    async def _clear_unfinished(self) -> None:
        """Removes the attempts of programs that died while they made the cluster."""
        for directory in self._layout.unfinished():
            await end_all(directory)
            shutil.rmtree(directory, ignore_errors=True)

    def _forget(self) -> None:
        if self._postmaster is not None:
            self._postmaster.close()
            self._postmaster = None


def _dsn(layout: Layout) -> str:
    host = quote(str(layout.socket_directory), safe="")
    return f"postgresql://{ROLE}@/{DATABASE}?host={host}&port={PORT}"


def _pid_file(layout: Layout) -> list[str]:
    try:
        return layout.pid_file.read_text(errors="replace").split("\n")
    except FileNotFoundError:
        return []


def _lock(layout: Layout) -> int:
    """Held until we stop or die; the number in the file is only for the message."""
    try:
        layout.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(layout.lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise DatabaseFailure(
            f"The database directory {layout.root} cannot be used: {error.strerror}.",
            "Choose a data directory that this user may write to.",
        ) from error
    if not _take(handle):
        holder = os.pread(handle, 32, 0).decode(errors="replace").strip()
        os.close(handle)
        raise DatabaseFailure(
            f"Another Rift (process {holder}) is already using the database in {layout.root}.",
            "Stop it first, or choose another data directory.",
        )
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
    return handle


def _take(handle: int) -> bool:
    """Whether the lock is ours; a child that is just becoming another program may hold it still."""
    for _ in range(_LOCK_TRIES):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_LOCK_PAUSE_S)
        else:
            return True
    return False


def _open_to(account: Account, root: Path) -> None:
    """Lets the database user walk through our own directory, and nothing above it, to its parts."""
    if account.foreign and root.stat().st_uid == os.geteuid():
        os.chown(root, -1, account.gid)
        root.chmod(0o710)
