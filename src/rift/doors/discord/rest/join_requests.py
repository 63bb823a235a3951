"""The operations on the form of a guild, and on the requests of those who come."""

from typing import Final

from rift.core.join_requests import verbs as join_requests
from rift.doors.http.endpoints import Bucket, get, patch, put

_FORM: Final = "/guilds/{guild_id}/member-verification"
_REQUESTS: Final = "/guilds/{guild_id}/requests"

ENDPOINTS: Final = (
    get(_FORM, join_requests.fetch_form),
    patch(_FORM, join_requests.modify_form, Bucket("join_requests.form", 5, 10.0)),
    get(_REQUESTS, join_requests.list_all),
    get(f"{_REQUESTS}/@me", join_requests.fetch_own),
    put(f"{_REQUESTS}/@me", join_requests.submit, Bucket("join_requests.submit", 5, 10.0)),
    patch(
        f"{_REQUESTS}/{{request_id}}",
        join_requests.review,
        Bucket("join_requests.review", 10, 10.0),
    ),
)
