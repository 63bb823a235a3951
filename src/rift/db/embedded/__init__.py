"""A private PostgreSQL next to the program: created, started, watched and stopped by it."""

from rift.db.embedded.binaries import tool
from rift.db.embedded.supervisor import EmbeddedPostgres, find_running

__all__ = ["EmbeddedPostgres", "find_running", "tool"]
