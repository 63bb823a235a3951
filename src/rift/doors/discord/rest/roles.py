"""The operations on roles."""

from typing import Final

from rift.core.roles import verbs as roles
from rift.doors.http.endpoints import WITH_PICTURES, Bucket, delete, get, patch, post

ENDPOINTS: Final = (
    get("/guilds/{guild_id}/roles", roles.list_all),
    post(
        "/guilds/{guild_id}/roles",
        roles.create,
        Bucket("roles.create", 20, 10.0),
        max_bytes=WITH_PICTURES,
    ),
    patch("/guilds/{guild_id}/roles", roles.reorder, Bucket("roles.reorder", 10, 10.0)),
    get("/guilds/{guild_id}/roles/member-counts", roles.count_members),
    get("/guilds/{guild_id}/roles/{role_id}", roles.fetch),
    patch(
        "/guilds/{guild_id}/roles/{role_id}",
        roles.modify,
        Bucket("roles.modify", 20, 10.0),
        max_bytes=WITH_PICTURES,
    ),
    delete("/guilds/{guild_id}/roles/{role_id}", roles.delete, Bucket("roles.delete", 20, 10.0)),
)
