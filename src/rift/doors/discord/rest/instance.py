"""The operations on the instance as a whole."""

from typing import Final

from rift.core.instance import verbs as instance
from rift.doors.http.endpoints import get, post

ENDPOINTS: Final = (
    get("/instance", instance.describe),
    get("/voice/regions", instance.list_voice_regions),
    get("/experiments", instance.describe_experiments),
    post("/science", instance.decline_telemetry, status=204),
    post("/metrics/v2", instance.decline_telemetry, status=204),
)
