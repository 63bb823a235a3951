"""The operations on accounts and their sessions."""

from typing import Final

from rift.core.accounts import refreshing
from rift.core.accounts import verbs as accounts
from rift.doors.http.endpoints import Bucket, get, post

ENDPOINTS: Final = (
    post("/auth/register", accounts.register, Bucket("register", 10, 10.0), status=201),
    post("/auth/login", accounts.login, Bucket("login", 10, 10.0)),
    post("/auth/refresh", refreshing.refresh, Bucket("refresh", 10, 10.0)),
    post("/auth/logout", accounts.logout, status=204),
    get("/auth/sessions", accounts.list_sessions),
    post("/auth/sessions/logout", accounts.revoke_sessions, status=204),
)
