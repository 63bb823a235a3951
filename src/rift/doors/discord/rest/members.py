"""The operations on members, and on the guilds one is in oneself."""

from typing import Final

from rift.core.members import own, pruning, searching
from rift.core.members import verbs as members
from rift.doors.http.endpoints import WITH_PICTURES, Bucket, delete, get, patch, post, put

_ROLES: Final = Bucket("members.roles", 10, 10.0)

ENDPOINTS: Final = (
    get("/guilds/{guild_id}/members", members.page, Bucket("members", 10, 10.0)),
    get("/guilds/{guild_id}/members/search", searching.by_name, Bucket("members.search", 10, 10.0)),
    post(
        "/guilds/{guild_id}/members-search",
        searching.by_filter,
        Bucket("members.filter", 10, 10.0),
    ),
    get("/guilds/{guild_id}/members/{user_id}", members.fetch),
    put("/guilds/{guild_id}/members/{user_id}", members.add, status=201),
    patch("/guilds/{guild_id}/members/{user_id}", members.modify, Bucket("member", 10, 10.0)),
    delete("/guilds/{guild_id}/members/{user_id}", members.kick),
    patch("/guilds/{guild_id}/members/@me", members.modify_current, max_bytes=WITH_PICTURES),
    patch("/guilds/{guild_id}/members/@me/nick", members.rename_current),
    put(
        "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
        members.add_role,
        _ROLES,
    ),
    delete(
        "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
        members.remove_role,
        _ROLES,
    ),
    get("/guilds/{guild_id}/prune", pruning.count, Bucket("prune.count", 5, 10.0)),
    post("/guilds/{guild_id}/prune", pruning.prune, Bucket("prune", 2, 10.0)),
    get(
        "/users/@me/guilds",
        own.list_guilds,
        Bucket("users.guilds", 10, 10.0),
        scopes=frozenset({"guilds"}),
    ),
    get(
        "/users/@me/guilds/{guild_id}/member",
        own.fetch,
        Bucket("users.member", 10, 10.0),
        scopes=frozenset({"guilds.members.read"}),
    ),
    delete("/users/@me/guilds/{guild_id}", own.leave),
)
