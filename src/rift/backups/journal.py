"""The note that a restore leaves in the data directory until it is done, or to say how it went."""

from datetime import datetime
from pathlib import Path
from typing import Final, Literal

import msgspec
from msgspec import Struct

from rift.backups.manifest import put_private

_NAME: Final = "restore.json"

Phase = Literal["wanted", "preparing", "replacing", "done", "failed"]


class Restore(Struct, frozen=True, kw_only=True):
    """Until something is replaced, what was here before is as it was."""

    source: str
    by: Literal["shell", "console"]
    at: datetime
    phase: Phase
    problem: str | None = None

    @property
    def is_open(self) -> bool:
        return self.phase not in ("done", "failed")


def read(data: Path) -> Restore | None:
    """The restore that is to be, under way or over."""
    try:
        return msgspec.json.decode((data / _NAME).read_bytes(), type=Restore)
    except FileNotFoundError:
        return None


def write(data: Path, restore: Restore) -> None:
    """Durable, and never half there."""
    put_private(data / _NAME, msgspec.json.encode(restore) + b"\n")


def forget(data: Path) -> None:
    (data / _NAME).unlink(missing_ok=True)
