"""The operations on applications and their bots."""

from typing import Final

from rift.core.applications import attaching
from rift.core.applications import verbs as applications
from rift.core.applications.receiving import PictureOfApplication
from rift.doors.http.endpoints import MULTIPART, WITH_PICTURES, Bucket, delete, get, patch, post
from rift.wire.oauth2 import SCOPES

ENDPOINTS: Final = (
    get("/applications", applications.list_own),
    post(
        "/applications",
        applications.create,
        Bucket("applications", 10, 10.0),
        status=201,
        max_bytes=WITH_PICTURES,
    ),
    get("/applications/@me", applications.fetch_current),
    patch("/applications/@me", applications.modify_current, max_bytes=WITH_PICTURES),
    get("/applications/{application_id}", applications.fetch),
    patch("/applications/{application_id}", applications.modify, max_bytes=WITH_PICTURES),
    delete("/applications/{application_id}", applications.delete, status=204),
    get(
        "/applications/{application_id}/activity-instances/{instance_id}",
        applications.fetch_activity,
    ),
    post(
        "/applications/{application_id}/attachment",
        attaching.attach,
        Bucket("application.attachment", 10, 10.0),
        media_types=(MULTIPART,),
        scopes=SCOPES,
        intake=PictureOfApplication,
    ),
    post("/applications/{application_id}/bot", applications.fetch_bot),
    post(
        "/applications/{application_id}/bot/reset",
        applications.reset_bot,
        Bucket("bot.reset", 10, 10.0),
    ),
    post(
        "/applications/{application_id}/reset",
        applications.reset_secret,
        Bucket("application.reset", 10, 10.0),
    ),
)
