"""The operations on private channels: direct messages, groups and message requests."""

from typing import Final

from rift.core.private_channels import groups, requests
from rift.core.private_channels import verbs as private_channels
from rift.doors.http.endpoints import Bucket, delete, get, post, put

_RECIPIENTS: Final = Bucket("channels.recipients", 10, 10.0)
_REQUESTS: Final = Bucket("message_requests", 10, 10.0)

ENDPOINTS: Final = (
    get("/users/@me/channels", private_channels.list_open),
    post("/users/@me/channels", private_channels.create, Bucket("channels.private", 10, 60.0)),
    get("/users/@me/dms/{user_id}", private_channels.fetch_direct),
    put("/channels/{channel_id}/recipients/@me", requests.consent, _REQUESTS),
    delete("/channels/{channel_id}/recipients/@me", requests.reject, _REQUESTS),
    put("/channels/recipients/@me/batch-reject", requests.reject_many, _REQUESTS),
    get("/users/@me/message-requests/supplemental-data", requests.preview),
    put("/channels/{channel_id}/recipients/{user_id}", groups.add, _RECIPIENTS, status=201),
    delete("/channels/{channel_id}/recipients/{user_id}", groups.remove, _RECIPIENTS, status=204),
)
