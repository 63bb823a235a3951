"""The operations on invites."""

from typing import Final

from rift.core.invites import verbs as invites
from rift.doors.http.endpoints import Bucket, delete, get, patch, post

ENDPOINTS: Final = (
    get("/channels/{channel_id}/invites", invites.list_of_channel),
    post("/channels/{channel_id}/invites", invites.create, Bucket("invites", 10, 10.0)),
    get("/guilds/{guild_id}/invites", invites.list_of_guild),
    get("/invites/{code}", invites.fetch, Bucket("invites.fetch", 20, 5.0)),
    post("/invites/{code}", invites.accept, Bucket("invites.accept", 10, 10.0)),
    delete("/invites/{code}", invites.delete),
    get("/guilds/{guild_id}/vanity-url", invites.fetch_vanity),
    patch("/guilds/{guild_id}/vanity-url", invites.set_vanity, Bucket("vanity", 5, 60.0)),
)
