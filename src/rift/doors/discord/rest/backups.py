"""The operations of backups, which are our own."""

from typing import Final

from rift.core.backups import verbs as backups
from rift.doors.http.endpoints import Bucket, delete, get, post

_CHANGE: Final = Bucket("backups.change", 30, 60.0)
_LOOK: Final = Bucket("backups.look", 120, 60.0)

ENDPOINTS: Final = (
    get("/instance/backups", backups.describe, _LOOK),
    post("/instance/backups", backups.order, _CHANGE),
    post("/instance/backups/upload", backups.invite, _CHANGE),
    delete("/instance/backups/{backup_name}", backups.delete, _CHANGE),
    post("/instance/backups/{backup_name}/check", backups.check, _CHANGE),
    post("/instance/backups/{backup_name}/download", backups.lend, _CHANGE),
    post("/instance/backups/{backup_name}/restore", backups.restore, _CHANGE),
)
