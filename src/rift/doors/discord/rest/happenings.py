"""The operations on scheduled events."""

from typing import Final

from rift.core.happenings import crowds, exceptions
from rift.core.happenings import verbs as happenings
from rift.doors.http.endpoints import WITH_PICTURES, Bucket, delete, get, patch, post, put

_ALL: Final = "/guilds/{guild_id}/scheduled-events"
_ONE: Final = f"{_ALL}/{{guild_scheduled_event_id}}"
_OCCURRENCE: Final = f"{_ONE}/{{guild_scheduled_event_exception_id}}"
_EXCEPTION: Final = f"{_ONE}/exceptions/{{exception_id}}"
_CHANGE: Final = Bucket("happenings", 10, 10.0)
_RESPOND: Final = Bucket("happenings.respond", 10, 10.0)

ENDPOINTS: Final = (
    get("/users/@me/scheduled-events", crowds.list_own),
    get(_ALL, happenings.list_all),
    post(_ALL, happenings.create, Bucket("happenings.create", 5, 60.0), max_bytes=WITH_PICTURES),
    get(_ONE, happenings.fetch),
    patch(_ONE, happenings.modify, _CHANGE, max_bytes=WITH_PICTURES),
    delete(_ONE, happenings.delete, _CHANGE),
    post(f"{_ONE}/exceptions", exceptions.create, _CHANGE),
    patch(_EXCEPTION, exceptions.modify, _CHANGE),
    delete(_EXCEPTION, exceptions.delete, _CHANGE),
    get(f"{_ONE}/users", crowds.users),
    get(f"{_ONE}/users/counts", crowds.count),
    put(f"{_ONE}/users/@me", crowds.subscribe, _RESPOND),
    delete(f"{_ONE}/users/@me", crowds.unsubscribe, _RESPOND),
    get(f"{_OCCURRENCE}/users", crowds.users_of_occurrence),
    put(f"{_OCCURRENCE}/users/@me", crowds.respond, _RESPOND),
    delete(f"{_OCCURRENCE}/users/@me", crowds.retract, _RESPOND),
)
