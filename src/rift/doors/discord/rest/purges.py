"""The operations on purges, which are our own."""

from typing import Final

from rift.core.purges import verbs as purges
from rift.doors.http.endpoints import Bucket, delete, get, post

ENDPOINTS: Final = (
    post(
        "/channels/{channel_id}/purges",
        purges.start,
        Bucket("purges.start", 2, 10.0),
        status=202,
    ),
    get("/channels/{channel_id}/purges/{purge_id}", purges.fetch),
    delete("/channels/{channel_id}/purges/{purge_id}", purges.stop),
)
