"""The operations on harvests of one's own data."""

from typing import Final

from rift.core.harvests import verbs as harvests
from rift.doors.http.endpoints import Bucket, get, post

ENDPOINTS: Final = (
    get("/users/@me/harvest", harvests.fetch, Bucket("users.harvest", 20, 10.0)),
    post("/users/@me/harvest", harvests.create, Bucket("users.harvest.make", 5, 60.0)),
)
