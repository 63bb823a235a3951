"""The operations on emojis."""

from typing import Final

from rift.core.emojis import of_applications
from rift.core.emojis import verbs as emojis
from rift.doors.http.endpoints import Bucket, delete, get, patch, post

_OF_GUILD: Final = "/guilds/{guild_id}/emojis"
_OF_APPLICATION: Final = "/applications/{application_id}/emojis"

ENDPOINTS: Final = (
    get(_OF_GUILD, emojis.list_all),
    post(_OF_GUILD, emojis.create, Bucket("emojis.create", 10, 10.0), status=201),
    get(f"{_OF_GUILD}/{{emoji_id}}", emojis.fetch),
    patch(f"{_OF_GUILD}/{{emoji_id}}", emojis.modify, Bucket("emojis.modify", 10, 10.0)),
    delete(f"{_OF_GUILD}/{{emoji_id}}", emojis.delete, Bucket("emojis.delete", 10, 10.0)),
    get(_OF_APPLICATION, of_applications.list_all),
    post(
        _OF_APPLICATION,
        of_applications.create,
        Bucket("application emojis.create", 10, 10.0),
        status=201,
    ),
    get(f"{_OF_APPLICATION}/{{emoji_id}}", of_applications.fetch),
    patch(f"{_OF_APPLICATION}/{{emoji_id}}", of_applications.modify),
    delete(f"{_OF_APPLICATION}/{{emoji_id}}", of_applications.delete),
)
