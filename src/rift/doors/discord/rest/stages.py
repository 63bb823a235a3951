"""The operations on stage instances."""

from typing import Final

from rift.core.stages import verbs as stages
from rift.doors.http.endpoints import Bucket, delete, get, patch, post

_CHANGE: Final = Bucket("stages", 10, 10.0)

ENDPOINTS: Final = (
    post("/stage-instances", stages.create, _CHANGE),
    get("/stage-instances/{channel_id}", stages.fetch),
    patch("/stage-instances/{channel_id}", stages.modify, _CHANGE),
    delete("/stage-instances/{channel_id}", stages.delete, _CHANGE),
)
