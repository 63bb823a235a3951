"""What can be done with an application's first answer, by the token of its interaction."""

from collections.abc import Sequence

from rift import errors
from rift.core.attachments.receiving import Received
from rift.core.interactions import following, tokens
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire.messages import Message, ModifyMessage
from rift.wire.webhooks import EditQuery


async def fetch(unit: Unit, webhook_id: Snowflake, webhook_token: str) -> Message:
    """Read the first answer."""
    _check(webhook_token)
    return await following.fetch(unit, webhook_id, webhook_token, following.ORIGINAL)


async def edit(
    unit: Unit,
    webhook_id: Snowflake,
    webhook_token: str,
    query: EditQuery,  # noqa: ARG001  # an application's components are shown in any case
    body: ModifyMessage,
    files: Sequence[Received] = (),
) -> Message:
    """Change the first answer."""
    _check(webhook_token)
    original = following.ORIGINAL
    return await following.edit(unit, webhook_id, webhook_token, original, body, files)


async def delete(unit: Unit, webhook_id: Snowflake, webhook_token: str) -> None:
    """Take the first answer away."""
    _check(webhook_token)
    await following.delete(unit, webhook_id, webhook_token, following.ORIGINAL)


def _check(token: str) -> None:
    """Other webhooks answer nothing, so they have no first answer."""
    if not tokens.is_one(token):
        raise errors.UnknownMessage
