"""The operations on webhooks, and following."""

from typing import Final

from rift.core.webhooks import verbs as webhooks
from rift.doors.http.endpoints import WITH_PICTURES, Bucket, delete, get, patch, post

_CHANGE: Final = Bucket("webhooks", 5, 5.0)

ENDPOINTS: Final = (
    post("/channels/{channel_id}/followers", webhooks.follow, Bucket("webhooks.follow", 10, 60.0)),
    get("/channels/{channel_id}/webhooks", webhooks.list_of_channel),
    get("/guilds/{guild_id}/webhooks", webhooks.list_of_guild),
    get("/webhooks/{webhook_id}", webhooks.fetch, Bucket("webhooks.fetch", 5, 1.0)),
    patch("/webhooks/{webhook_id}", webhooks.modify, _CHANGE, max_bytes=WITH_PICTURES),
    delete("/webhooks/{webhook_id}", webhooks.delete, _CHANGE),
)
