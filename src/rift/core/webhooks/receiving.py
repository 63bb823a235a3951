"""Takes in the files of a webhook's message."""

from rift.core.access import Room
from rift.core.actor import Guest
from rift.core.attachments.receiving import FilesOfMessage
from rift.core.interactions import tokens
from rift.core.interactions.receiving import room as interaction_room
from rift.core.unit import Unit
from rift.core.webhooks import opening
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.webhooks import ThreadQuery


class FilesOfWebhook(FilesOfMessage):
    """Whoever has the token may send them."""

    def __init__(
        self,
        unit: Unit,
        _actor: Guest,
        webhook_id: Snowflake,
        webhook_token: str,
        query: ThreadQuery,
        message_id: Snowflake | None = None,  # noqa: ARG002  # of an edit, which asks no more
    ) -> None:
        super().__init__(unit)
        self._webhook_id = webhook_id
        self._token = webhook_token
        self._thread_id = query.thread_id

    async def _enter(self, needs: Permission) -> Room:
        if tokens.is_one(self._token):
            return await interaction_room(self._unit, self._token)
        row = await opening.held(self._unit, self._webhook_id, self._token)
        room = await opening.room(self._unit, row, self._thread_id)
        room.require(needs)
        return room

    async def _admit(self) -> Room:
        return await self._enter(Permission.ATTACH_FILES)
