"""The operations on guilds."""

from typing import Final

from rift.core.guilds import verbs as guilds
from rift.doors.http.endpoints import WITH_PICTURES, Bucket, delete, get, patch, post

_DELETING: Final = Bucket("guilds.delete", 10, 10.0)

ENDPOINTS: Final = (
    post(
        "/guilds",
        guilds.create,
        Bucket("guilds.create", 10, 60.0),
        status=201,
        max_bytes=WITH_PICTURES,
    ),
    get("/guilds/{guild_id}", guilds.fetch),
    patch(
        "/guilds/{guild_id}",
        guilds.modify,
        Bucket("guilds.modify", 10, 10.0),
        max_bytes=WITH_PICTURES,
    ),
    delete("/guilds/{guild_id}", guilds.delete, _DELETING, status=204),
    post("/guilds/{guild_id}/delete", guilds.delete, _DELETING, status=204),
    post("/guilds/{guild_id}/mfa", guilds.modify_mfa_level, Bucket("guilds.mfa", 5, 60.0)),
    get("/guilds/{guild_id}/preview", guilds.preview),
    get("/guilds/{guild_id}/regions", guilds.list_regions),
)
