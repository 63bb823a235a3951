"""The operations on scheduled messages, which are our own."""

from typing import Final

from rift.core.schedules import verbs as schedules
from rift.doors.http.endpoints import Bucket, delete, get, patch, post

_CHANGE: Final = Bucket("schedules", 10, 10.0)
_ONE: Final = "/channels/{channel_id}/scheduled-messages/{scheduled_message_id}"

ENDPOINTS: Final = (
    get("/users/@me/scheduled-messages", schedules.list_own),
    get("/channels/{channel_id}/scheduled-messages", schedules.list_of_channel),
    post("/channels/{channel_id}/scheduled-messages", schedules.create, _CHANGE, status=201),
    patch(_ONE, schedules.modify, _CHANGE),
    delete(_ONE, schedules.delete, _CHANGE, status=204),
)
