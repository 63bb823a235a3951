"""The operations on linked roles."""

from typing import Final

from rift.core.role_links import verbs as role_links
from rift.doors.http.endpoints import Bucket, get, post, put

_OF_ROLE: Final = "/guilds/{guild_id}/roles/{role_id}/connections"
_CHANGE: Final = Bucket("role-links", 20, 20.0)

ENDPOINTS: Final = (
    get("/guilds/{guild_id}/roles/connections-configurations", role_links.list_all),
    get(f"{_OF_ROLE}/configuration", role_links.fetch),
    put(f"{_OF_ROLE}/configuration", role_links.put, _CHANGE),
    get(f"{_OF_ROLE}/eligibility", role_links.judge),
    put(f"{_OF_ROLE}/assign", role_links.assign, _CHANGE),
    post(f"{_OF_ROLE}/unassign", role_links.unassign, _CHANGE),
)
