"""The operations on saved messages."""

from typing import Final

from rift.core.saved_messages import verbs as saved_messages
from rift.doors.http.endpoints import Bucket, delete, get, put

_CHANGE: Final = Bucket("saved_messages", 20, 10.0)

ENDPOINTS: Final = (
    get("/users/@me/saved-messages", saved_messages.page),
    put("/users/@me/saved-messages/{channel_id}/{message_id}", saved_messages.save, _CHANGE),
    delete(
        "/users/@me/saved-messages/{channel_id}/{message_id}",
        saved_messages.forget,
        _CHANGE,
        status=204,
    ),
)
