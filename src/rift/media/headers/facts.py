"""What a header may tell, and the file it is read from."""

import os
from typing import BinaryIO, NamedTuple

from rift.media.failure import Unreadable


class Facts(NamedTuple):
    """What is not told is None."""

    width: int | None = None
    height: int | None = None
    duration_secs: float | None = None


class Bytes:
    """A file as a row of bytes: what does not lie in it is not there."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.size = file.seek(0, os.SEEK_END)

    def at(self, start: int, length: int) -> bytes:
        """As many as there are, up to this length."""
        self._file.seek(start)
        return self._file.read(length)

    def exactly(self, start: int, length: int) -> bytes:
        found = self.at(start, length)
        if len(found) < length:
            raise Unreadable("it ends in the middle of its header")
        return found

    def number(self, start: int, length: int) -> int:
        """Unsigned, the highest byte first."""
        return int.from_bytes(self.exactly(start, length), "big")
