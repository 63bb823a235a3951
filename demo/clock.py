"""The clock the sample community is written on: it stands at whatever moment is being told."""

from datetime import UTC, datetime


class Clock:
    """Called like any clock; it goes forward only, when it is told to."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def __call__(self) -> datetime:
        return self._moment

    def advance(self, moment: datetime) -> None:
        self._moment = max(moment, self._moment)

    def arrive(self) -> None:
        """Stand at the present."""
        self.advance(datetime.now(UTC))
