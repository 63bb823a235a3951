"""The operation that publishes a message."""

from typing import Final

from rift.core.crossposts import verbs as crossposts
from rift.doors.http.endpoints import Bucket, post

ENDPOINTS: Final = (
    post(
        "/channels/{channel_id}/messages/{message_id}/crosspost",
        crossposts.publish,
        Bucket("crossposts", 10, 60.0),
    ),
)
