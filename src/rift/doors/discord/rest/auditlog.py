"""The operations on the audit log."""

from typing import Final

from rift.core.auditlog import verbs as auditlog
from rift.doors.http.endpoints import Bucket, get

ENDPOINTS: Final = (
    get("/guilds/{guild_id}/audit-logs", auditlog.page, Bucket("auditlog", 10, 10.0)),
)
