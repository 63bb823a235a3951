"""What is written so that it is there after a power failure, and for our eyes only."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

_PRIVATE_DIRECTORY: Final = 0o700


def write_all(descriptor: int, piece: bytes) -> int:
    """All of it, however little the system takes at a time; how much that was."""
    rest = memoryview(piece)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    return len(piece)


def make_folder(folder: Path) -> None:
    """Make what is missing on the way, each part of it durable in the one above."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    with suppress(FileNotFoundError):  # it went in this very moment; who needs it comes again
        folder.mkdir(_PRIVATE_DIRECTORY, exist_ok=True)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in it durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
