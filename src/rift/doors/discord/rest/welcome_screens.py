"""The operations on welcome screens."""

from typing import Final

from rift.core.welcome_screens import verbs as welcome_screens
from rift.doors.http.endpoints import Bucket, get, patch

ENDPOINTS: Final = (
    get("/guilds/{guild_id}/welcome-screen", welcome_screens.fetch),
    patch(
        "/guilds/{guild_id}/welcome-screen",
        welcome_screens.modify,
        Bucket("welcome_screens.modify", 5, 10.0),
    ),
)
