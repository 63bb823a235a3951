"""The operations on users."""

from typing import Final

from rift.core.users import verbs as users
from rift.doors.http.endpoints import Bucket, get, patch

ENDPOINTS: Final = (
    get(
        "/users/@me",
        users.fetch_current,
        Bucket("users.me", 30, 10.0),
        hot=True,
        scopes=frozenset({"identify"}),
    ),
    patch("/users/@me", users.modify_current, Bucket("users.modify", 10, 60.0)),
    get("/users/@me/connections", users.list_connections, scopes=frozenset({"connections"})),
    get("/users/{user_id}", users.fetch, Bucket("users.fetch", 30, 30.0), hot=True),
    get("/users/{user_id}/profile", users.fetch_profile, Bucket("users.profile", 10, 5.0)),
)
