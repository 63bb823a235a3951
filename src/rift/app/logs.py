"""What is written about the running program: lines for people, or JSON for machines."""

import logging
import sys
from datetime import UTC, datetime

import msgspec

from rift.config import Settings


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return msgspec.json.encode(line).decode()


def set_up_logging(settings: Settings) -> None:
    """Send every log line to standard error, in the form the settings ask for."""
    handler = logging.StreamHandler(sys.stderr)
    text = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(_Json() if settings.log.format == "json" else text)
    logging.basicConfig(handlers=[handler], level=settings.log.level.upper(), force=True)
