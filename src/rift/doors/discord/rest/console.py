"""The operations of those who own the instance, which are our own."""

from typing import Final

from rift.core.console import accounts, deeds, governing, health, jobs, storage
from rift.doors.http.endpoints import Bucket, delete, get, patch, post, put

_CHANGE: Final = Bucket("console.change", 30, 60.0)
_LOOK: Final = Bucket("console.look", 60, 60.0)

ENDPOINTS: Final = (
    get("/instance/users", accounts.page, _LOOK),
    put("/instance/users/{user_id}/admin", accounts.make_admin, _CHANGE),
    delete("/instance/users/{user_id}/admin", accounts.revoke_admin, _CHANGE),
    post("/instance/users/{user_id}/password-link", accounts.link_to_password, _CHANGE),
    get("/instance/storage", storage.describe, _LOOK),
    get("/instance/jobs", jobs.describe, _LOOK),
    post("/instance/jobs/{job}/retry", jobs.retry, _CHANGE),
    delete("/instance/jobs/{job}", jobs.drop, _CHANGE),
    delete("/instance/purges/{purge_id}", jobs.stop_purge, _CHANGE),
    post("/instance/harvests/{harvest_id}/retry", jobs.retry_harvest, _CHANGE, status=204),
    get("/instance/settings", governing.fetch, _LOOK),
    patch("/instance/settings", governing.modify, _CHANGE),
    get("/instance/health", health.describe, _LOOK),
    get("/instance/log", deeds.page, _LOOK),
)
