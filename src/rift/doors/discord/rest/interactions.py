"""The operations on interactions and on what applications answer."""

from typing import Final

from rift.core.interactions import originals
from rift.core.interactions import verbs as interactions
from rift.core.interactions.receiving import FilesOfAnswer, FilesOfInteraction
from rift.core.webhooks.receiving import FilesOfWebhook
from rift.doors.http.endpoints import WRITTEN, Bucket, delete, get, patch, post

_ANSWER: Final = Bucket("interactions.answer", 500, 1.0, counts_globally=False, is_told=False)
_OWN: Final = Bucket("interactions.original", 5, 1.0, counts_globally=False, together=True)
_ORIGINAL: Final = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"

ENDPOINTS: Final = (
    post(
        "/interactions",
        interactions.create,
        Bucket("interactions.create", 30, 10.0),
        media_types=WRITTEN,
        intake=FilesOfInteraction,
        status=204,
    ),
    post(
        "/interactions/{interaction_id}/{interaction_token}/callback",
        interactions.answer,
        _ANSWER,
        media_types=WRITTEN,
        intake=FilesOfAnswer,
    ),
    get(_ORIGINAL, originals.fetch, _OWN),
    patch(_ORIGINAL, originals.edit, _OWN, media_types=WRITTEN, intake=FilesOfWebhook),
    delete(_ORIGINAL, originals.delete, _OWN),
)
