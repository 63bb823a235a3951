"""The operations on threads, posts and those who are in them."""

from typing import Final

from rift.core.attachments.receiving import FilesOfPost
from rift.core.threads import listing
from rift.core.threads import verbs as threads
from rift.doors.http.endpoints import WRITTEN, Bucket, delete, get, patch, post, put

_START: Final = Bucket("threads.start", 10, 10.0)
_SEARCH: Final = Bucket("threads.search", 5, 5.0)
_MEMBERS: Final = Bucket("threads.members", 10, 5.0)

ENDPOINTS: Final = (
    post(
        "/channels/{channel_id}/threads",
        threads.start,
        _START,
        status=201,
        media_types=WRITTEN,
        intake=FilesOfPost,
    ),
    post(
        "/channels/{channel_id}/messages/{message_id}/threads",
        threads.start_from_message,
        _START,
        status=201,
    ),
    get("/guilds/{guild_id}/threads/active", listing.active),
    get("/channels/{channel_id}/threads/archived/public", listing.archived_open),
    get("/channels/{channel_id}/threads/archived/private", listing.archived_private),
    get("/channels/{channel_id}/users/@me/threads/archived/private", listing.archived_joined),
    get("/channels/{channel_id}/threads/search", listing.search, _SEARCH),
    get("/channels/{channel_id}/thread-members", threads.list_members),
    put("/channels/{channel_id}/thread-members/@me", threads.join, _MEMBERS, status=204),
    delete("/channels/{channel_id}/thread-members/@me", threads.leave, _MEMBERS, status=204),
    patch("/channels/{channel_id}/thread-members/@me/settings", threads.modify_member, _MEMBERS),
    get("/channels/{channel_id}/thread-members/{user_id}", threads.fetch_member),
    put("/channels/{channel_id}/thread-members/{user_id}", threads.add, _MEMBERS, status=204),
    delete("/channels/{channel_id}/thread-members/{user_id}", threads.remove, _MEMBERS, status=204),
)
