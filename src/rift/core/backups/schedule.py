"""When the next backup is due."""

from datetime import datetime, timedelta
from typing import Final

from rift.config.settings import Backup

_DAY: Final = timedelta(days=1)
_SUNDAY: Final = 6


def due_at(given: Backup, last: datetime | None, now: datetime) -> datetime | None:
    """The first moment of the schedule after the last one; the very first backup is due at once."""
    if given.every == "never":
        return None
    if last is None:
        return now
    slot = last.replace(hour=given.hour, minute=0, second=0, microsecond=0)
    while slot <= last or (given.every == "weekly" and slot.weekday() != _SUNDAY):
        slot += _DAY
    return slot
