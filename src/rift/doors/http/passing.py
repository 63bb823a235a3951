"""Passes a fresh connection to the worker it is for, descriptor and first bytes together."""

import asyncio
import logging
import os
import socket
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_log: Final = logging.getLogger(__name__)
_LONGEST_HEAD: Final = 65_536

Adopt = Callable[[socket.socket, bytes], None]


class Passing:
    """One per worker; `directory` is closed to everybody else."""

    def __init__(self, directory: Path, index: int) -> None:
        self.index = index
        self._directory = directory
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)

    def open(self, adopt: Adopt) -> None:
        """Take connections from the other workers."""
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        (self._directory / _name(self.index)).unlink(missing_ok=True)
        with self._address(self.index) as address:
            self._socket.bind(address)
        asyncio.get_running_loop().add_reader(self._socket, self._take, adopt)

    def close(self) -> None:
        asyncio.get_running_loop().remove_reader(self._socket)
        self._socket.close()
        (self._directory / _name(self.index)).unlink(missing_ok=True)

    def pass_on(self, index: int, descriptor: int, first: bytes) -> bool:
        """Give a connection away; False where that worker is not there to take it."""
        try:
            with self._address(index) as address:
                # socket.send_fds ignores the address it is given
                rights = (socket.SOL_SOCKET, socket.SCM_RIGHTS, array("i", [descriptor]))
                self._socket.sendmsg([first], [rights], 0, address)
        except OSError as error:
            _log.warning("worker %d does not take a connection: %s", index, error)
            return False
        return True

    def _take(self, adopt: Adopt) -> None:
        with suppress(BlockingIOError):
            first, descriptors, _, _ = socket.recv_fds(self._socket, _LONGEST_HEAD, 1)
            for descriptor in descriptors:
                connection = socket.socket(fileno=descriptor)
                connection.setblocking(False)
                adopt(connection, first)

    @contextmanager
    def _address(self, index: int) -> Iterator[str]:
        """By way of an open directory: a Unix socket's own path has at most 107 bytes."""
        directory = os.open(self._directory, os.O_PATH | os.O_DIRECTORY)
        try:
            yield f"/proc/self/fd/{directory}/{_name(index)}"
        finally:
            os.close(directory)


def _name(index: int) -> str:
    return f"worker-{index}"
