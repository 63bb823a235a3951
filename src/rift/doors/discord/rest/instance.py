"""The operations on the instance as a whole."""

from typing import Final

from rift.core.instance import verbs as instance
from rift.doors.http.endpoints import get

ENDPOINTS: Final = (get("/instance", instance.describe),)
