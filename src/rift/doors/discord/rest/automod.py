"""The operations on automatic moderation and incidents."""

from typing import Final

from rift.core.automod import alerts, trying
from rift.core.automod import verbs as automod
from rift.core.incidents import verbs as incidents
from rift.doors.http.endpoints import Bucket, delete, get, patch, post, put

_RAID: Final = Bucket("incidents.raid", 5, 10.0)
_CHANGE: Final = Bucket("automod.change", 10, 20.0)

ENDPOINTS: Final = (
    get("/guilds/{guild_id}/auto-moderation/rules", automod.list_of_guild),
    post("/guilds/{guild_id}/auto-moderation/rules", automod.create, _CHANGE),
    post(
        "/guilds/{guild_id}/auto-moderation/rules/validate",
        trying.validate,
        Bucket("automod.validate", 10, 10.0),
    ),
    post(
        "/guilds/{guild_id}/auto-moderation/rules/dry-run",
        trying.dry_run,
        Bucket("automod.dry_run", 3, 10.0),
    ),
    get("/guilds/{guild_id}/auto-moderation/rules/{rule_id}", automod.fetch),
    patch("/guilds/{guild_id}/auto-moderation/rules/{rule_id}", automod.modify, _CHANGE),
    delete("/guilds/{guild_id}/auto-moderation/rules/{rule_id}", automod.delete, _CHANGE),
    post(
        "/guilds/{guild_id}/auto-moderation/alert-action",
        alerts.act,
        Bucket("automod.alert", 10, 10.0),
    ),
    post(
        "/guilds/{guild_id}/auto-moderation/false-alarm",
        incidents.resolve,
        Bucket("incidents.resolve", 5, 10.0),
    ),
    post("/guilds/{guild_id}/auto-moderation/report-raid", incidents.report, _RAID),
    post("/guilds/{guild_id}/auto-moderation/clear-mention-raid", incidents.clear, _RAID),
    put(
        "/guilds/{guild_id}/incident-actions",
        incidents.modify,
        Bucket("incidents.modify", 5, 10.0),
    ),
)
