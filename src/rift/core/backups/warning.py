"""Whether an owner of the instance should look after its backups."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from rift.backups.shelf import Backup
from rift.config import Settings

_LATE: Final = {"daily": timedelta(days=2), "weekly": timedelta(days=9)}
"""A schedule and some patience."""
_OLD: Final = timedelta(days=30)
"""Without a schedule somebody else may make them, but then they would not be here."""


def warnings(settings: Settings, backups: Sequence[Backup], now: datetime) -> Iterator[str]:
    """What is wrong with the ones there are, the newest first."""
    most = _LATE.get(settings.backup.every, _OLD)
    if not backups:
        yield "no_backup"
    elif now - backups[0].manifest.made_at > most:
        yield "backup_late"
    if any(one.checked is not None and one.checked.problem for one in backups):
        yield "backup_damaged"
