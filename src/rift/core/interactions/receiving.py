"""Takes in the files of an application's answer."""

from rift.core.access import Room
from rift.core.actor import Guest
from rift.core.attachments.receiving import FilesOfMessage
from rift.core.interactions import answering, tokens
from rift.core.unit import Unit
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.interactions import AnswerQuery


class FilesOfAnswer(FilesOfMessage):
    """Whoever has the token may send them."""

    def __init__(
        self,
        unit: Unit,
        _actor: Guest,
        interaction_id: Snowflake,  # noqa: ARG002  # the token says it too
        interaction_token: str,
        query: AnswerQuery,  # noqa: ARG002  # as the verb is called
    ) -> None:
        super().__init__(unit)
        self._token = interaction_token

    async def _enter(self, needs: Permission) -> Room:  # noqa: ARG002  # an answer needs none
        return await room(self._unit, self._token)

    async def _admit(self) -> Room:
        return await room(self._unit, self._token)


async def room(unit: Unit, token: str) -> Room:
    """Where what is said with a token is said."""
    async with Unit(unit.house, reading=True) as glance:
        row = await tokens.found(glance, token)
    return (await answering.turn(unit, row)).room
