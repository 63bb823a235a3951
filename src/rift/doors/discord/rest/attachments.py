"""The operations on attachments by themselves."""

from typing import Final

from rift.core.attachments import verbs as attachments
from rift.doors.http.endpoints import Bucket, delete, post

ENDPOINTS: Final = (
    post(
        "/channels/{channel_id}/attachments",
        attachments.create,
        Bucket("attachments.create", 10, 10.0),
    ),
    post(
        "/attachments/refresh-urls",
        attachments.refresh_urls,
        Bucket("attachments.refresh", 10, 10.0),
    ),
    delete(
        "/attachments/{upload_filename}",
        attachments.delete,
        Bucket("attachments.delete", 20, 10.0),
    ),
)
