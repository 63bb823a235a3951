"""The file of a sticker as it comes in with its form: a small one, held in memory."""

from collections.abc import AsyncIterator
from typing import Self

from rift.core import access
from rift.core.actor import Actor
from rift.core.expressions import rights
from rift.core.pictures import uris
from rift.core.unit import Unit
from rift.protocols.multipart import Head
from rift.snowflake import Snowflake

FIELD = "file"


class Receiver:
    """Lets in who may make stickers, and takes one file that is not too large."""

    def __init__(self, unit: Unit, actor: Actor, guild_id: Snowflake) -> None:
        self._unit = unit
        self._actor = actor
        self._guild_id = guild_id
        self.most_bytes = unit.settings.limits.sticker_bytes
        self.files: list[bytes] = []

    async def __aenter__(self) -> Self:
        await access.guild(self._unit, self._actor, self._guild_id, rights.MAKE)
        return self

    async def __aexit__(self, *_: object) -> None:
        """What was held is let go."""

    async def take(self, head: Head, content: AsyncIterator[bytes]) -> None:
        """Hold the file; of anything else that comes nothing is kept."""
        held = bytearray()
        async for piece in content:
            held += piece if head.name == FIELD else b""
            if len(held) > self.most_bytes:
                raise uris.too_large(FIELD, self.most_bytes)
        if head.name == FIELD:
            self.files = [bytes(held)]
