"""The web client, served from its build folder, with health and metrics beside it."""

from rift.doors.site.front import Front, built_web_client

__all__ = ["Front", "built_web_client"]
