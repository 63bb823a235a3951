"""The operations on searches, and on those somebody keeps."""

from typing import Final

from rift.core.search import saved
from rift.core.search import verbs as search
from rift.doors.http.endpoints import Bucket, delete, get, patch, post

_SEARCH: Final = Bucket("search", 10, 10.0)
_KEEP: Final = Bucket("search.saved", 20, 60.0)

ENDPOINTS: Final = (
    get("/guilds/{guild_id}/messages/search", search.of_guild, _SEARCH),
    get("/channels/{channel_id}/messages/search", search.of_channel, _SEARCH),
    get("/users/@me/messages/search", search.everywhere, _SEARCH),
    post("/guilds/{guild_id}/messages/search/tabs", search.tabs_of_guild, _SEARCH),
    post("/channels/{channel_id}/messages/search/tabs", search.tabs_of_channel, _SEARCH),
    post("/users/@me/messages/search/tabs", search.tabs_of_private, _SEARCH),
    get("/users/@me/saved-searches", saved.list_all),
    post("/users/@me/saved-searches", saved.create, _KEEP, status=201),
    patch("/users/@me/saved-searches/{saved_search_id}", saved.modify, _KEEP),
    delete("/users/@me/saved-searches/{saved_search_id}", saved.delete, _KEEP, status=204),
)
