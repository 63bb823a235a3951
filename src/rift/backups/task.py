"""What a server has the process of a backup do, and what it hears of it."""

from typing import Final

from msgspec import Struct

from rift.config import Settings

MAKE: Final = 0
CHECK: Final = 1


class Task(Struct, frozen=True, kw_only=True):
    """Make one, or read the one of that name through."""

    settings: Settings
    dsn: str
    check: str | None = None


class Told(Struct, frozen=True, kw_only=True, tag=True):
    step: str
    done: int
    total: int


class Ended(Struct, frozen=True, kw_only=True, tag=True):
    """The name of what was made, or why there is none."""

    name: str | None = None
    problem: str | None = None


Report = Told | Ended
