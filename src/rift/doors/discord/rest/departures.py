"""The operations on whole accounts, by who has them and by the owner of the instance."""

from typing import Final

from rift.core.departures import verbs as departures
from rift.doors.http.endpoints import Bucket, post

ENDPOINTS: Final = (
    post("/users/@me/disable", departures.disable, Bucket("users.leave", 5, 60.0), status=204),
    post("/users/@me/delete", departures.delete, Bucket("users.leave", 5, 60.0), status=204),
    post("/instance/users/{user_id}/disable", departures.disable_user, status=204),
    post("/instance/users/{user_id}/enable", departures.enable_user, status=204),
    post("/instance/users/{user_id}/delete", departures.delete_user, status=204),
)
