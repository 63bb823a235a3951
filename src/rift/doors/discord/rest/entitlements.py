"""The operations on purchases, which client libraries ask about."""

from typing import Final

from rift.core.entitlements import verbs as entitlements
from rift.doors.http.endpoints import get
from rift.wire.oauth2 import SCOPES

ENDPOINTS: Final = (
    get("/applications/{application_id}/entitlements", entitlements.list_all),
    get(
        "/users/@me/applications/{application_id}/entitlements",
        entitlements.list_own,
        scopes=SCOPES,
    ),
    get("/skus/{sku_id}/subscriptions", entitlements.list_subscriptions),
)
