"""The operations of OAuth2: consent, and what a bot asks of it at its start."""

from typing import Final

from rift.core.applications import installing
from rift.core.applications import verbs as applications
from rift.doors.http.endpoints import get, post
from rift.errors import Unauthorized
from rift.wire.applications import CurrentAuthorization


async def current_authorization() -> CurrentAuthorization:
    """What an OAuth2 access token allows; nobody has one while no codes are granted."""
    raise Unauthorized


ENDPOINTS: Final = (
    get("/oauth2/@me", current_authorization),
    get("/oauth2/applications/@me", applications.fetch_current),
    get("/oauth2/authorize", installing.show),
    post("/oauth2/authorize", installing.authorize),
)
