"""PostgreSQL's log file: readable by us alone, and never larger than it should be."""

import os
import shutil
from pathlib import Path
from typing import Final

_LARGEST_BYTES: Final = 4 * 1024 * 1024
_OPEN_FLAGS: Final = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC


class ServerLog:
    """The file and one older generation of it; the server itself only ever appends."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def open(self) -> int:
        self._path.parent.mkdir(mode=0o700, exist_ok=True)
        self.trim()
        return os.open(self._path, _OPEN_FLAGS, 0o600)

    def trim(self) -> None:
        """Copies and empties a file that grew too large; the server keeps its handle."""
        if not self._path.exists() or self._path.stat().st_size < _LARGEST_BYTES:
            return
        older = self._path.with_suffix(".log.1")
        older.unlink(missing_ok=True)
        shutil.copy(self._path, older)
        os.truncate(self._path, 0)

    def tail(self) -> str:
        """The last lines, for an error message."""
        with self._path.open("rb") as file:
            file.seek(max(0, self._path.stat().st_size - 2048))
            return "\n".join(file.read().decode(errors="replace").splitlines()[-8:])
