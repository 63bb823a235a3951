"""The operations on webhooks, and following."""

from typing import Final

from rift.core.unit import Unit
from rift.core.webhooks import executing, github, slack
from rift.core.webhooks import verbs as webhooks
from rift.core.webhooks.receiving import FilesOfWebhook
from rift.doors.http.endpoints import (
    FORM,
    JSON,
    WITH_PICTURES,
    WRITTEN,
    Bucket,
    delete,
    get,
    patch,
    post,
)
from rift.doors.http.messages import Request
from rift.snowflake import Snowflake
from rift.wire.github import GithubForm
from rift.wire.webhooks import ServiceQuery

_CHANGE: Final = Bucket("webhooks", 5, 5.0)
_WRITE: Final = Bucket("webhooks.execute", 5, 2.0, together=True)
_OWN: Final = Bucket("webhooks.messages", 5, 1.0, together=True)
_FROM_GITHUB: Final = 8 * 1024 * 1024


async def execute_github(
    unit: Unit,
    request: Request,
    webhook_id: Snowflake,
    webhook_token: str,
    query: ServiceQuery,
    body: GithubForm,
) -> None:
    """Post what happened at GitHub."""
    event = request.header(b"x-github-event")
    await github.execute(unit, webhook_id, webhook_token, query, body, event)


BY_TOKEN: Final = (
    get("/webhooks/{webhook_id}/{webhook_token}", webhooks.fetch_by_token, _OWN),
    patch(
        "/webhooks/{webhook_id}/{webhook_token}",
        webhooks.modify_by_token,
        _CHANGE,
        max_bytes=WITH_PICTURES,
    ),
    delete("/webhooks/{webhook_id}/{webhook_token}", webhooks.delete_by_token, _CHANGE),
    post(
        "/webhooks/{webhook_id}/{webhook_token}",
        executing.execute,
        _WRITE,
        hot=True,
        media_types=WRITTEN,
        intake=FilesOfWebhook,
    ),
    post(
        "/webhooks/{webhook_id}/{webhook_token}/slack",
        slack.execute,
        _WRITE,
        media_types=WRITTEN,
    ),
    post(
        "/webhooks/{webhook_id}/{webhook_token}/github",
        execute_github,
        _WRITE,
        media_types=(JSON, FORM),
        max_bytes=_FROM_GITHUB,
    ),
    get(
        "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        executing.fetch_message,
        _OWN,
    ),
    patch(
        "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        executing.edit_message,
        _OWN,
        media_types=WRITTEN,
        intake=FilesOfWebhook,
    ),
    delete(
        "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        executing.delete_message,
        _OWN,
    ),
)
"""What is asked with a token in the address; such addresses are known without a version, too."""

ENDPOINTS: Final = (
    post("/channels/{channel_id}/followers", webhooks.follow, Bucket("webhooks.follow", 10, 60.0)),
    post(
        "/channels/{channel_id}/webhooks",
        webhooks.create,
        Bucket("webhooks.create", 10, 60.0),
        max_bytes=WITH_PICTURES,
    ),
    get("/channels/{channel_id}/webhooks", webhooks.list_of_channel),
    get("/guilds/{guild_id}/webhooks", webhooks.list_of_guild),
    get("/webhooks/{webhook_id}", webhooks.fetch, Bucket("webhooks.fetch", 5, 1.0)),
    patch("/webhooks/{webhook_id}", webhooks.modify, _CHANGE, max_bytes=WITH_PICTURES),
    delete("/webhooks/{webhook_id}", webhooks.delete, _CHANGE),
    *BY_TOKEN,
)
