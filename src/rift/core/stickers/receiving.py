"""The file of a sticker as it comes in with its form."""

from typing import Final

from rift.core import access
from rift.core.actor import Actor
from rift.core.expressions import rights
from rift.core.receiving import SmallFile
from rift.core.unit import Unit
from rift.snowflake import Snowflake

FIELD: Final = "file"


class Receiver(SmallFile):
    """Lets in who may make stickers."""

    def __init__(self, unit: Unit, actor: Actor, guild_id: Snowflake) -> None:
        super().__init__(FIELD, unit.settings.limits.sticker_bytes)
        self._unit, self._actor, self._guild_id = unit, actor, guild_id

    async def let_in(self) -> None:
        await access.guild(self._unit, self._actor, self._guild_id, rights.MAKE)
