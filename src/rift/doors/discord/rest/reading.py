"""The operations on what somebody has read, and on what called them."""

from typing import Final

from rift.core.reading import inbox
from rift.core.reading import verbs as reading
from rift.doors.http.endpoints import Bucket, delete, get, post

_ACK: Final = Bucket("reading.ack", 20, 5.0)
_MANY: Final = Bucket("reading.bulk", 5, 5.0)
_MANY_BYTES: Final = 2 * 1024 * 1024
"""Ten thousand entries, with room for clients that write them at length."""

ENDPOINTS: Final = (
    post("/channels/{channel_id}/messages/{message_id}/ack", reading.ack_message, _ACK),
    delete("/channels/{channel_id}/messages/ack", reading.forget, _ACK),
    post("/channels/{channel_id}/pins/ack", reading.ack_pins, _ACK),
    post("/guilds/{guild_id}/ack", reading.ack_guild, _MANY),
    post("/guilds/{guild_id}/ack/{read_state_type}/{entity_id}", reading.ack_guild_feature, _ACK),
    post("/users/@me/{read_state_type}/{entity_id}/ack", reading.ack_user_feature, _ACK),
    post("/read-states/ack-bulk", reading.ack_bulk, _MANY, max_bytes=_MANY_BYTES),
    get("/users/@me/mentions", inbox.page, Bucket("mentions", 5, 5.0)),
    delete("/users/@me/mentions/{message_id}", inbox.dismiss, Bucket("mentions.dismiss", 20, 5.0)),
)
