"""The operations on users."""

from typing import Final

from rift.core.notes import verbs as notes
from rift.core.settings import protos
from rift.core.settings import verbs as settings
from rift.core.users import badges, profiles
from rift.core.users import verbs as users
from rift.doors.http.endpoints import WITH_PICTURES, Bucket, delete, get, patch, put

_MODIFY: Final = Bucket("users.modify", 10, 60.0)
_SETTINGS: Final = Bucket("settings", 30, 60.0)

ENDPOINTS: Final = (
    get(
        "/users/@me",
        users.fetch_current,
        Bucket("users.me", 30, 10.0),
        hot=True,
        scopes=frozenset({"identify"}),
    ),
    patch("/users/@me", users.modify_current, _MODIFY, max_bytes=WITH_PICTURES),
    get("/users/@me/connections", users.list_connections, scopes=frozenset({"connections"})),
    get("/users/{user_id}", users.fetch, Bucket("users.fetch", 30, 30.0), hot=True),
    get("/users/{user_id}/profile", profiles.fetch, Bucket("users.profile", 10, 5.0)),
    patch("/users/@me/profile", profiles.modify, _MODIFY, max_bytes=WITH_PICTURES),
    patch("/guilds/{guild_id}/profile/@me", profiles.modify_in_guild, max_bytes=WITH_PICTURES),
    get("/users/@me/notes", notes.list_own),
    get("/users/@me/notes/{user_id}", notes.fetch),
    put("/users/@me/notes/{user_id}", notes.write, status=204),
    get("/users/@me/settings", settings.fetch),
    patch("/users/@me/settings", settings.modify, _SETTINGS),
    get("/users/@me/settings-proto/{settings_type}", protos.fetch),
    patch("/users/@me/settings-proto/{settings_type}", protos.modify, _SETTINGS),
    put("/instance/users/{user_id}/badges/{badge}", badges.award, status=204),
    delete("/instance/users/{user_id}/badges/{badge}", badges.withdraw, status=204),
)
