"""Where interactions wait for whoever sees to it that they are answered in time."""

import asyncio
from typing import Final

from msgspec import Struct

from rift.errors import Overloaded
from rift.snowflake import Snowflake

_MOST: Final = 10_000


class Errand(Struct, frozen=True, kw_only=True):
    """An interaction that has just begun; with a URL, its application is called there."""

    id: Snowflake
    token: str
    user_id: Snowflake
    nonce: str | None = None
    session: str = ""
    url: str | None = None
    key: bytes | None = None
    body: bytes = b""


class Desk:
    """One process's share of them."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[Errand] = asyncio.Queue(_MOST)

    def expect(self, errand: Errand) -> None:
        """Hand over what is committed."""
        try:
            self._waiting.put_nowait(errand)
        except asyncio.QueueFull as error:
            raise Overloaded from error

    async def next(self) -> Errand:
        return await self._waiting.get()
