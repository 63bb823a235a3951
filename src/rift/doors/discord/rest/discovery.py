"""The operations on guilds that want to be found."""

from typing import Final

from rift.core.discovery import verbs as discovery
from rift.doors.http.endpoints import Bucket, delete, get, patch, put

_METADATA: Final = "/guilds/{guild_id}/discovery-metadata"
_CATEGORY: Final = "/guilds/{guild_id}/discovery-categories/{category_id}"
_LOOKING: Final = Bucket("discovery", 20, 10.0)

ENDPOINTS: Final = (
    get("/discoverable-guilds", discovery.list_all, _LOOKING),
    get("/discoverable-guilds/search", discovery.search, _LOOKING),
    get("/discovery/categories", discovery.list_categories),
    put("/guilds/{guild_id}/members/@me", discovery.join, Bucket("discovery.join", 10, 10.0)),
    get(_METADATA, discovery.fetch_metadata),
    patch(_METADATA, discovery.modify_metadata, Bucket("discovery.modify", 5, 10.0)),
    put(_CATEGORY, discovery.add_category, status=204),
    delete(_CATEGORY, discovery.remove_category, status=204),
)
