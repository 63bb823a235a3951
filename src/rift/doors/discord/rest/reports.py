"""The operations on reports, which are our own."""

from typing import Final

from rift.core.reports import verbs as reports
from rift.doors.http.endpoints import Bucket, get, patch, post

_REPORT: Final = Bucket("reports.create", 10, 300.0)
_CHANGE: Final = Bucket("reports.change", 30, 60.0)

ENDPOINTS: Final = (
    post("/reports", reports.create, _REPORT, status=201),
    get("/guilds/{guild_id}/reports", reports.page_of_guild),
    patch("/guilds/{guild_id}/reports/{report_id}", reports.modify_of_guild, _CHANGE),
    get("/instance/reports", reports.page_of_instance),
    patch("/instance/reports/{report_id}", reports.modify_of_instance, _CHANGE),
)
