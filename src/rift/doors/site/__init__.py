"""The web client, served from its build folder, with files, health and metrics beside it."""

from rift.doors.site.cdn import Cdn
from rift.doors.site.front import Front, built_web_client

__all__ = ["Cdn", "Front", "built_web_client"]
