"""What owners of an instance see of its backups, all of it our own."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from rift.snowflake import Snowflake


class Backup(Struct, frozen=True, kw_only=True):
    """One that is whole; its size is that of all it holds, also where it shares files."""

    name: str
    made_at: datetime
    version: str
    size_bytes: int
    files: int
    has_files: bool
    """Whether it holds the files, and not only their names."""
    restorable: bool
    """Whether this version of the program understands it."""
    checked_at: datetime | None
    problem: str | None
    """What was wrong with it when it was read through last."""


class BackupRun(Struct, frozen=True, kw_only=True):
    """One that is being made or read through, or how that went; without a total nobody knows."""

    id: Snowflake
    kind: Literal["make", "check"]
    name: str | None
    begun_at: datetime | None
    ended_at: datetime | None
    step: str | None
    done: int
    total: int
    problem: str | None


class RestoreState(Struct, frozen=True, kw_only=True):
    """The last restore: wanted, under way, done or failed."""

    name: str
    at: datetime
    phase: Literal["wanted", "preparing", "replacing", "done", "failed"]
    problem: str | None


class Backups(Struct, frozen=True, kw_only=True):
    """The newest first. `problem` is why none can be kept in the directory."""

    directory: str
    problem: str | None
    free_bytes: int | None
    same_disk: bool
    """Whether they would be lost together with the data."""
    backups: list[Backup]
    run: BackupRun | None
    next_at: datetime | None
    restore: RestoreState | None


class BackupLink(Struct, frozen=True, kw_only=True):
    """Where a backup can be fetched or brought, for some minutes and without a token."""

    url: str
    expires_at: datetime
