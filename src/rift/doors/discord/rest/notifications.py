"""The operations on notification settings."""

from typing import Final

from rift.core.notifications import everywhere
from rift.core.notifications import verbs as notifications
from rift.doors.http.endpoints import Bucket, get, patch

_CHANGE: Final = Bucket("notifications", 10, 10.0)

ENDPOINTS: Final = (
    get("/users/@me/notification-settings", everywhere.fetch),
    patch("/users/@me/notification-settings", everywhere.modify, _CHANGE),
    get("/users/@me/guilds/settings", notifications.list_all),
    patch("/users/@me/guilds/settings", notifications.modify_many, _CHANGE),
    get("/users/@me/guilds/@me/settings", notifications.fetch_private),
    patch("/users/@me/guilds/@me/settings", notifications.modify_private, _CHANGE),
    get("/users/@me/guilds/{guild_id}/settings", notifications.fetch),
    patch("/users/@me/guilds/{guild_id}/settings", notifications.modify, _CHANGE),
)
