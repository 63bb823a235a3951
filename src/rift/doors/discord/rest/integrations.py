"""The operations on integrations."""

from typing import Final

from rift.core.integrations import verbs as integrations
from rift.doors.http.endpoints import Bucket, delete, get

_ALL: Final = "/guilds/{guild_id}/integrations"

ENDPOINTS: Final = (
    get(_ALL, integrations.list_all),
    delete(f"{_ALL}/{{integration_id}}", integrations.delete, Bucket("integrations", 5, 10.0)),
)
