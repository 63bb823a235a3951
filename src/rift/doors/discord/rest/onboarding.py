"""The operations on onboarding, and on the guide for new members."""

from typing import Final

from rift.core.guides import verbs as guides
from rift.core.onboarding import choosing
from rift.core.onboarding import verbs as onboarding
from rift.doors.http.endpoints import Bucket, get, post, put

_RESPONSES: Final = "/guilds/{guild_id}/onboarding-responses"
_GUIDE: Final = "/guilds/{guild_id}/new-member-welcome"

ENDPOINTS: Final = (
    get("/guilds/{guild_id}/onboarding", onboarding.fetch),
    put("/guilds/{guild_id}/onboarding", onboarding.modify, Bucket("onboarding.modify", 5, 10.0)),
    post(_RESPONSES, choosing.respond, Bucket("onboarding.respond", 5, 10.0)),
    put(_RESPONSES, choosing.change, Bucket("onboarding.change", 10, 10.0)),
    get(_GUIDE, guides.fetch),
    put(_GUIDE, guides.modify, Bucket("guides.modify", 5, 10.0)),
)
