"""The operations on what applications say of their users."""

from typing import Final

from rift.core.role_connections import verbs as role_connections
from rift.doors.http.endpoints import Bucket, delete, get, put
from rift.wire.oauth2 import WRITING

_METADATA: Final = "/applications/{application_id}/role-connections/metadata"
_OWN: Final = "/users/@me/applications/{application_id}/role-connection"
_CHANGE: Final = Bucket("role-connections", 20, 20.0)

ENDPOINTS: Final = (
    get(_METADATA, role_connections.list_metadata),
    put(_METADATA, role_connections.overwrite_metadata, _CHANGE),
    get("/users/@me/applications/role-connections", role_connections.list_own),
    get(_OWN, role_connections.fetch, scopes=WRITING),
    put(_OWN, role_connections.update, _CHANGE, scopes=WRITING),
    delete(_OWN, role_connections.delete, _CHANGE, scopes=WRITING, status=204),
)
