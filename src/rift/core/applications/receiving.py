"""Takes in a picture that belongs to an application, and to no message."""

from typing import Final

from rift import errors
from rift.core.actor import Actor
from rift.core.applications import verbs as applications
from rift.core.attachments.receiving import FilesOfForm, Shelf
from rift.core.unit import Unit
from rift.snowflake import Snowflake

_ONE: Final = 1


class PictureOfApplication(FilesOfForm):
    """The application's own bot and owner may send one, and people who use it there."""

    most_files = _ONE

    def __init__(self, unit: Unit, actor: Actor, application_id: Snowflake) -> None:
        super().__init__(unit)
        self._actor = actor
        self._application_id = application_id

    async def _most(self) -> int:
        async with Unit(self._unit.house, reading=True) as glance:
            await speaking(glance, self._actor, self._application_id)
        return self._unit.settings.limits.upload_bytes

    async def _shelved(self) -> Shelf:
        return Shelf(self._application_id, self._actor.id, self.most_bytes)


async def speaking(unit: Unit, actor: Actor, application_id: Snowflake) -> None:
    """Let in the application, also where it speaks for somebody who uses it."""
    if actor.grant is None:
        await applications.own(unit, actor, application_id)
    elif actor.grant.application_id != application_id:
        raise errors.NotYourApplication
