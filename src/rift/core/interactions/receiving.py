"""Takes in the files of an interaction, and of an application's answer to it."""

from rift.core.access import Room
from rift.core.actor import Actor, Guest
from rift.core.attachments.receiving import FilesOfForm, FilesOfMessage, Shelf
from rift.core.interactions import answering, tokens
from rift.core.unit import Unit
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.interactions import AnswerQuery


class FilesOfInteraction(FilesOfForm):
    """Any person may send them: where to is said in the form itself, and asked after its end."""

    def __init__(self, unit: Unit, actor: Actor) -> None:
        super().__init__(unit)
        self._actor = actor

    async def _most(self) -> int:
        self._actor.must_be_person()
        most = self._unit.settings.limits
        return max(most.upload_bytes, most.message_upload_bytes)

    async def _shelved(self) -> Shelf:
        own = Snowflake(self._actor.id)
        return Shelf(own, own, self._unit.settings.limits.upload_bytes)


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
