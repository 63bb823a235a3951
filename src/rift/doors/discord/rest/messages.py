"""The operations on messages."""

from typing import Final

from rift.core.attachments.receiving import Files, FilesOfEdit
from rift.core.messages import verbs as messages
from rift.doors.http.endpoints import WRITTEN, Bucket, delete, get, patch, post

ENDPOINTS: Final = (
    post(
        "/channels/{channel_id}/messages",
        messages.send,
        Bucket("messages.send", 5, 5.0),
        hot=True,
        media_types=WRITTEN,
        intake=Files,
    ),
    get(
        "/channels/{channel_id}/messages",
        messages.page,
        Bucket("messages.page", 5, 1.0),
        hot=True,
    ),
    get(
        "/channels/{channel_id}/messages/{message_id}",
        messages.fetch,
        Bucket("messages.fetch", 5, 1.0),
        hot=True,
    ),
    patch(
        "/channels/{channel_id}/messages/{message_id}",
        messages.edit,
        Bucket("messages.edit", 5, 5.0),
        media_types=WRITTEN,
        intake=FilesOfEdit,
    ),
    delete(
        "/channels/{channel_id}/messages/{message_id}",
        messages.delete,
        Bucket("messages.delete", 5, 1.0),
    ),
    post(
        "/channels/{channel_id}/messages/bulk-delete",
        messages.bulk_delete,
        Bucket("messages.bulk_delete", 1, 1.0),
    ),
    post(
        "/channels/{channel_id}/typing",
        messages.start_typing,
        Bucket("typing", 5, 5.0),
        hot=True,
    ),
)
