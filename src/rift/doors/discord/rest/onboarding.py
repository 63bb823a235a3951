"""The operations on onboarding, and on the guide for new members."""

from typing import Final

from rift.core.guides import drawing, following
from rift.core.guides import verbs as guides
from rift.core.onboarding import choosing
from rift.core.onboarding import verbs as onboarding
from rift.doors.http.endpoints import WITH_PICTURES, Bucket, get, patch, post, put

_RESPONSES: Final = "/guilds/{guild_id}/onboarding-responses"
_ACTIONS: Final = "/guilds/{guild_id}/new-member-actions"
_DRAW: Final = Bucket("guides.draw", 10, 10.0)
_GUIDE: Final = "/guilds/{guild_id}/new-member-welcome"

ENDPOINTS: Final = (
    get("/guilds/{guild_id}/onboarding", onboarding.fetch),
    put("/guilds/{guild_id}/onboarding", onboarding.modify, Bucket("onboarding.modify", 5, 10.0)),
    post(_RESPONSES, choosing.respond, Bucket("onboarding.respond", 5, 10.0)),
    put(_RESPONSES, choosing.change, Bucket("onboarding.change", 10, 10.0)),
    get(_GUIDE, guides.fetch),
    put(_GUIDE, guides.modify, Bucket("guides.modify", 5, 10.0)),
    patch(
        f"{_ACTIONS}/{{channel_id}}",
        drawing.modify_action,
        _DRAW,
        max_bytes=WITH_PICTURES,
    ),
    put(
        "/guilds/{guild_id}/resource-channels/{channel_id}",
        drawing.modify_resource,
        _DRAW,
        max_bytes=WITH_PICTURES,
    ),
    get(_ACTIONS, following.fetch),
    post(
        "/guilds/{guild_id}/new-member-action/{channel_id}",
        following.complete,
        Bucket("guides.complete", 10, 10.0),
        status=200,
    ),
)
