"""The operations on templates of guilds."""

from typing import Final

from rift.core.templates import verbs as templates
from rift.doors.http.endpoints import WITH_PICTURES, Bucket, delete, get, patch, post, put

_CHANGING: Final = Bucket("templates.change", 5, 10.0)

ENDPOINTS: Final = (
    get("/guilds/templates/{template_code}", templates.fetch),
    post(
        "/guilds/templates/{template_code}",
        templates.use,
        Bucket("guilds.create", 10, 60.0),
        status=201,
        max_bytes=WITH_PICTURES,
    ),
    get("/guilds/{guild_id}/templates", templates.list_of_guild),
    post("/guilds/{guild_id}/templates", templates.create, _CHANGING),
    put("/guilds/{guild_id}/templates/{template_code}", templates.synchronise, _CHANGING),
    patch("/guilds/{guild_id}/templates/{template_code}", templates.modify, _CHANGING),
    delete("/guilds/{guild_id}/templates/{template_code}", templates.delete, _CHANGING),
)
