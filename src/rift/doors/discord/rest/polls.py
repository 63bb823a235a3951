"""The operations on polls."""

from typing import Final

from rift.core.polls import verbs as polls
from rift.doors.http.endpoints import Bucket, get, post, put

ENDPOINTS: Final = (
    get("/channels/{channel_id}/polls/{message_id}/answers/{answer_id}", polls.voters),
    put(
        "/channels/{channel_id}/polls/{message_id}/answers/@me",
        polls.vote,
        Bucket("polls.vote", 5, 5.0),
    ),
    post(
        "/channels/{channel_id}/polls/{message_id}/expire",
        polls.expire,
        Bucket("polls.expire", 5, 5.0),
    ),
)
