"""The operations on bans."""

from typing import Final

from rift.core.bans import verbs as bans
from rift.doors.http.endpoints import Bucket, delete, get, post, put

_CHANGE: Final = Bucket("bans", 10, 10.0)

ENDPOINTS: Final = (
    get("/guilds/{guild_id}/bans", bans.page, Bucket("bans.list", 10, 10.0)),
    get("/guilds/{guild_id}/bans/{user_id}", bans.fetch),
    put("/guilds/{guild_id}/bans/{user_id}", bans.ban, _CHANGE),
    delete("/guilds/{guild_id}/bans/{user_id}", bans.unban, _CHANGE),
    post("/guilds/{guild_id}/bulk-ban", bans.bulk_ban, Bucket("bans.bulk", 5, 10.0)),
)
