"""The operations on reactions."""

from typing import Final

from rift.core.reactions import verbs as reactions
from rift.doors.http.endpoints import Bucket, delete, get, put

_CHANGE: Final = Bucket("reactions", 1, 0.25)
_CLEAR: Final = Bucket("reactions.clear", 1, 0.25)

ENDPOINTS: Final = (
    put(
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me",
        reactions.add,
        _CHANGE,
    ),
    delete(
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me",
        reactions.remove_own,
        _CHANGE,
    ),
    delete(
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/{user_id}",
        reactions.remove,
        _CHANGE,
    ),
    delete(
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}",
        reactions.remove_emoji,
        _CLEAR,
    ),
    delete(
        "/channels/{channel_id}/messages/{message_id}/reactions",
        reactions.remove_all,
        _CLEAR,
    ),
    get(
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}",
        reactions.users,
        Bucket("reactions.users", 5, 1.0),
    ),
)
