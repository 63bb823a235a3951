"""The operations on voice states."""

from typing import Final

from rift.core.voices import effects
from rift.core.voices import verbs as voices
from rift.doors.http.endpoints import Bucket, get, patch, post, put

_OWN: Final = "/guilds/{guild_id}/voice-states/@me"
_ONE: Final = "/guilds/{guild_id}/voice-states/{user_id}"
_CHANGE: Final = Bucket("voices", 10, 10.0)

ENDPOINTS: Final = (
    get(_OWN, voices.fetch_own),
    patch(_OWN, voices.modify_own, _CHANGE),
    get(_ONE, voices.fetch),
    patch(_ONE, voices.modify, _CHANGE),
    put("/channels/{channel_id}/voice-status", voices.put_status, _CHANGE),
    post(
        "/channels/{channel_id}/voice-channel-effects",
        effects.throw,
        Bucket("voices.effects", 10, 10.0),
        status=204,
    ),
)
