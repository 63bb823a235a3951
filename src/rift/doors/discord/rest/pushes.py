"""The operations on push subscriptions, which are our own."""

from typing import Final

from rift.core.pushes import verbs as pushes
from rift.doors.http.endpoints import Bucket, delete, get, patch, post

_CHANGE: Final = Bucket("pushes", 10, 60.0)
_TEST: Final = Bucket("pushes.test", 5, 60.0)
_RECEIPT: Final = Bucket("pushes.receipt", 60, 60.0)

_ONE: Final = "/users/@me/push-subscriptions/{subscription_id}"

ENDPOINTS: Final = (
    get("/users/@me/push-subscriptions", pushes.list_own),
    post("/users/@me/push-subscriptions", pushes.subscribe, _CHANGE),
    patch(_ONE, pushes.modify, _CHANGE),
    delete(_ONE, pushes.unsubscribe, _CHANGE),
    post(f"{_ONE}/test", pushes.test, _TEST),
    post(f"{_ONE}/receipt", pushes.confirm, _RECEIPT),
)
