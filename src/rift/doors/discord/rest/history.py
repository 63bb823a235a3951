"""The operations on the history of messages, which are our own."""

from typing import Final

from rift.core.history import verbs as history
from rift.doors.http.endpoints import Bucket, get

_DELETED: Final = Bucket("history.deleted", 10, 10.0)

ENDPOINTS: Final = (
    get(
        "/channels/{channel_id}/messages/{message_id}/history",
        history.revisions,
        Bucket("history.revisions", 10, 10.0),
    ),
    get("/channels/{channel_id}/deleted-messages", history.of_channel, _DELETED),
    get("/guilds/{guild_id}/deleted-messages", history.of_guild, _DELETED),
    get("/guilds/{guild_id}/deleted-messages/readings", history.readings),
)
