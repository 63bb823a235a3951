"""The operations on relationships, and on who may approach somebody."""

from typing import Final

from rift.core.privacy import verbs as privacy
from rift.core.relationships import verbs as relationships
from rift.doors.http.endpoints import Bucket, delete, get, patch, post, put

_ASK: Final = Bucket("relationships.ask", 20, 60.0)
_CHANGE: Final = Bucket("relationships.change", 30, 60.0)

ENDPOINTS: Final = (
    get("/users/@me/relationships", relationships.list_own),
    post("/users/@me/relationships", relationships.request, _ASK, status=204),
    delete("/users/@me/relationships", relationships.remove_requests, _CHANGE, status=204),
    put("/users/@me/relationships/{user_id}", relationships.put, _ASK, status=204),
    patch("/users/@me/relationships/{user_id}", relationships.modify, _CHANGE, status=204),
    delete("/users/@me/relationships/{user_id}", relationships.remove, _CHANGE, status=204),
    put("/users/@me/relationships/{user_id}/ignore", relationships.ignore, _CHANGE, status=204),
    delete(
        "/users/@me/relationships/{user_id}/ignore", relationships.unignore, _CHANGE, status=204
    ),
    get("/users/{user_id}/relationships", relationships.list_mutual),
    get("/users/@me/privacy", privacy.fetch),
    patch("/users/@me/privacy", privacy.modify, _CHANGE),
)
