"""The operations on the soundboard."""

from typing import Final

from rift.core.sounds import verbs as sounds
from rift.doors.http.endpoints import Bucket, delete, get, patch, post

_OF_GUILD: Final = "/guilds/{guild_id}/soundboard-sounds"

ENDPOINTS: Final = (
    get("/soundboard-default-sounds", sounds.list_default),
    get(_OF_GUILD, sounds.list_all),
    post(_OF_GUILD, sounds.create, Bucket("sounds.create", 5, 10.0), status=201),
    get(f"{_OF_GUILD}/{{sound_id}}", sounds.fetch),
    patch(f"{_OF_GUILD}/{{sound_id}}", sounds.modify, Bucket("sounds.modify", 10, 10.0)),
    delete(f"{_OF_GUILD}/{{sound_id}}", sounds.delete, Bucket("sounds.delete", 10, 10.0)),
    post("/channels/{channel_id}/send-soundboard-sound", sounds.play, status=204),
)
