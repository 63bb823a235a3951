"""A NATS server for tests of several workers."""

import asyncio
import logging
import secrets
import shutil
import socket
import sys
from pathlib import Path
from types import TracebackType
from typing import Final, Self

_logger = logging.getLogger(__name__)
_READY_S: Final = 10.0
_STOP_S: Final = 5.0
_PAUSE_S: Final = 0.2
_PAYLOAD_BYTES: Final = 4 * 1024 * 1024


class Broker:
    """Listens on loopback only and wants a token that never shows in a process list.

    `url` says where, token included. A fallen one is started again where it was.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.url = ""
        self._process: asyncio.subprocess.Process | None = None
        self._watching: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        program = self._program()
        port, token = _free_port(), secrets.token_urlsafe(24)
        settings = self._write_settings(port, token)
        await self._start(program, settings)
        try:
            await self._answering(port)
        except TimeoutError as error:
            await self._end()
            raise RuntimeError(f"The message broker does not answer: see {self._log}.") from error
        self._watching = asyncio.create_task(self._watch(program, settings), name="broker")
        self.url = f"nats://{token}@127.0.0.1:{port}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
        await self._end()

    def kill(self) -> None:
        """Like a crash; it is started again at once."""
        if self._process is not None:
            self._process.kill()

    @property
    def _log(self) -> Path:
        return self._directory / "nats.log"

    async def _start(self, program: str, settings: Path) -> None:
        self._process = await asyncio.create_subprocess_exec(
            *(program, "-c", str(settings)),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=None,
            start_new_session=True,
        )

    async def _watch(self, program: str, settings: Path) -> None:
        while self._process is not None:
            code = await self._process.wait()
            _logger.error("the message broker ended with %s and is started again", code)
            await asyncio.sleep(_PAUSE_S)
            await self._start(program, settings)

    async def _end(self) -> None:
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), _STOP_S)
        except TimeoutError:
            process.kill()
            await process.wait()

    @staticmethod
    def _program() -> str:
        beside = Path(sys.executable).parent / "nats-server"
        program = str(beside) if beside.exists() else shutil.which("nats-server")
        if program is None:
            raise RuntimeError("no NATS server is installed")
        return program

    def _write_settings(self, port: int, token: str) -> Path:
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._directory / "nats.conf"
        path.touch(mode=0o600)
        path.write_text(
            f'listen: "127.0.0.1:{port}"\n'
            f'authorization {{ token: "{token}" }}\n'
            f"max_payload: {_PAYLOAD_BYTES}\n"
            f'log_file: "{self._log}"\n'
            "logfile_size_limit: 1048576\n"
        )
        return path

    async def _answering(self, port: int) -> None:
        async with asyncio.timeout(_READY_S):
            while True:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                except OSError:
                    await asyncio.sleep(0.02)
                else:
                    writer.close()
                    return


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
