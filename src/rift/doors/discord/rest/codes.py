"""The operations on registration codes, which are the instance owner's."""

from typing import Final

from rift.core.codes import verbs as codes
from rift.doors.http.endpoints import delete, get, post

ENDPOINTS: Final = (
    get("/instance/codes", codes.list_all),
    post("/instance/codes", codes.create, status=201),
    delete("/instance/codes/{registration_code}", codes.delete),
)
