"""The server under measurement: its start, its processes, its end."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from bench import machine

_ROOT: Final = Path(__file__).parent.parent
_START_S: Final = 60.0
_STOP_S: Final = 60.0


class Server:
    """`rift up` on one core, its database on the other; or both everywhere, with two workers."""

    def __init__(self, *, workers: int = 1, pinned: bool = True) -> None:
        self.port = machine.free_port()
        self._home = Path(tempfile.mkdtemp(prefix="rift-bench-"))
        self._home.chmod(0o755)  # the database's own user must pass through
        self.data = self._home / "data"
        self.log = self._home / "log"
        self._workers = workers
        self._pinned = pinned
        self._output = self.log.open("wb")

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()
        self._output.close()
        shutil.rmtree(self._home, ignore_errors=True)

    def restart(self) -> None:
        """Stops and starts it on the same data, so that it sees what was seeded behind it."""
        self._stop()
        self._start()

    @property
    def pids(self) -> list[int]:
        """The processes that serve: the first one and what it started, but not the database."""
        below = machine.descendants(self._process.pid)
        database = set(self._database())
        return [self._process.pid, *(pid for pid in below if pid not in database)]

    @property
    def database_pid(self) -> int:
        """The first process of the database, the parent of the others."""
        found = self._database()
        return next((pid for pid in found if machine.parent(pid) not in found), 0)

    def pin(self) -> None:
        """The database begins as a child of the server, and so on its core: move it away."""
        if not self._pinned:
            return
        for pid in self._database():
            machine.pin(pid, [machine.LOAD_CORE])

    def _database(self) -> list[int]:
        found = {*machine.descendants(self._process.pid), *machine.working_under(self.data)}
        return sorted(pid for pid in found if machine.name(pid).startswith("postgres"))

    def _start(self) -> None:
        command = [
            str(Path(sys.executable).with_name("rift")), "up", "--host", "127.0.0.1",
            "--port", str(self.port), "--data", str(self.data),
        ]  # fmt: skip
        if self._workers > 1:
            command += ["--workers", str(self._workers)]
        cores = [machine.SERVER_CORE] if self._pinned else machine.all_cores()
        self._process = subprocess.Popen(
            machine.bound(cores, command),
            cwd=_ROOT,
            env={**os.environ, "RIFT_RATE_LIMITS": "off"},
            stdout=self._output,
            stderr=self._output,
        )
        self._wait()
        self.pin()

    def _wait(self) -> None:
        deadline = time.monotonic() + _START_S
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2).close()
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
            else:
                return
        self._process.kill()
        raise RuntimeError(f"the server did not start:\n{self.log.read_text()[-4000:]}")

    def _stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
