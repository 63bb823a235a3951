"""The operations on channels and their overwrites."""

from typing import Final

from rift.core.channels import verbs as channels
from rift.doors.http.endpoints import WITH_PICTURES, Bucket, delete, get, patch, post, put

_OVERWRITES: Final = Bucket("channels.overwrites", 10, 5.0)

ENDPOINTS: Final = (
    get("/guilds/{guild_id}/channels", channels.list_all),
    post(
        "/guilds/{guild_id}/channels",
        channels.create,
        Bucket("channels.create", 20, 10.0),
        status=201,
    ),
    patch(
        "/guilds/{guild_id}/channels",
        channels.reorder,
        Bucket("channels.reorder", 10, 10.0),
        status=204,
    ),
    get("/channels/{channel_id}", channels.fetch, hot=True),
    patch(
        "/channels/{channel_id}",
        channels.modify,
        Bucket("channels.modify", 10, 10.0),
        max_bytes=WITH_PICTURES,
    ),
    delete("/channels/{channel_id}", channels.delete, Bucket("channels.delete", 20, 10.0)),
    put(
        "/channels/{channel_id}/permissions/{overwrite_id}",
        channels.put_overwrite,
        _OVERWRITES,
        status=204,
    ),
    delete(
        "/channels/{channel_id}/permissions/{overwrite_id}",
        channels.delete_overwrite,
        _OVERWRITES,
        status=204,
    ),
)
