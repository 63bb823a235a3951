"""The data directory: made private, and lived in by one server at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rift.app.failure import CannotStart


@contextmanager
def occupied(directory: Path) -> Iterator[None]:
    """The directory is ours until we leave or die."""
    handle = _open(directory)
    try:
        _claim(handle, directory)
        yield
    finally:
        os.close(handle)


def _open(directory: Path) -> int:
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.open(directory / "lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise CannotStart(
            f"The data directory {directory} cannot be used: {error.strerror}.",
            "Choose one that this user may write to with --data (or DATA=... for make up).",
        ) from error


def _claim(handle: int, directory: Path) -> None:
    """Take the lock; the number in the file is only for the message."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(handle, 32, 0).decode(errors="replace").strip()
        raise CannotStart(
            f"Another Rift (process {holder}) is already running with the data in {directory}.",
            "Stop it first, or choose another data directory with --data.",
        ) from error
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
