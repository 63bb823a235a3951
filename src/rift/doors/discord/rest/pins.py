"""The operations on pins, in the shape of today and in the one before."""

from typing import Final

from rift.core.pins import verbs as pins
from rift.doors.http.endpoints import Bucket, delete, get, put

_CHANGE: Final = Bucket("pins", 5, 5.0)
_READ: Final = Bucket("pins.page", 5, 1.0)

ENDPOINTS: Final = (
    get("/channels/{channel_id}/messages/pins", pins.page, _READ),
    put("/channels/{channel_id}/messages/pins/{message_id}", pins.pin, _CHANGE),
    delete("/channels/{channel_id}/messages/pins/{message_id}", pins.unpin, _CHANGE),
    get("/channels/{channel_id}/pins", pins.list_, _READ),
    put("/channels/{channel_id}/pins/{message_id}", pins.pin, _CHANGE),
    delete("/channels/{channel_id}/pins/{message_id}", pins.unpin, _CHANGE),
)
