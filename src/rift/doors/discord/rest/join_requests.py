"""The operations on the form of a guild, and on the requests of those who come."""

from typing import Final

from rift.core.join_requests import verbs as join_requests
from rift.doors.http.endpoints import Bucket, delete, get, patch, post, put

_FORM: Final = "/guilds/{guild_id}/member-verification"
_REQUESTS: Final = "/guilds/{guild_id}/requests"
_OWN: Final = f"{_REQUESTS}/@me"
_SUBMIT: Final = Bucket("join_requests.submit", 5, 10.0)
_REVIEW: Final = Bucket("join_requests.review", 10, 10.0)

ENDPOINTS: Final = (
    get(_FORM, join_requests.fetch_form),
    patch(_FORM, join_requests.modify_form, Bucket("join_requests.form", 5, 10.0)),
    get(_REQUESTS, join_requests.list_all),
    patch(_REQUESTS, join_requests.review_all, _REVIEW, status=204),
    get(_OWN, join_requests.fetch_own),
    get(f"{_OWN}/cooldown", join_requests.fetch_cooldown),
    post(f"{_OWN}/ack", join_requests.acknowledge_own, _SUBMIT, status=204),
    post(f"{_REQUESTS}/{{request_id}}/ack", join_requests.acknowledge, _SUBMIT, status=204),
    put(_OWN, join_requests.submit, _SUBMIT),
    post(_OWN, join_requests.reset, _SUBMIT),
    # Where a server can be looked at without being in it, there is nothing else to take back.
    delete(_OWN, join_requests.reset, _SUBMIT),
    get(f"{_REQUESTS}/users/{{user_id}}", join_requests.list_of),
    patch(f"{_REQUESTS}/{{request_id}}", join_requests.review, _REVIEW),
    get("/join-requests/{request_id}", join_requests.fetch),
)
