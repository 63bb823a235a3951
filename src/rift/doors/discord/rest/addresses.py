"""The operations on e-mail addresses and lost passwords."""

from typing import Final

from rift.core.addresses import verbs as addresses
from rift.doors.http.endpoints import Bucket, post

ENDPOINTS: Final = (
    post("/auth/verify", addresses.verify, Bucket("auth.verify", 10, 10.0)),
    post("/auth/verify/resend", addresses.resend, status=204),
    post("/auth/forgot", addresses.forgot, Bucket("auth.forgot", 20, 10.0)),
    post("/auth/reset", addresses.reset, Bucket("auth.reset", 10, 10.0)),
)
