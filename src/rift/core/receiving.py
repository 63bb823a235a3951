"""One small file as it comes in with its form, held in memory until the verb has seen it."""

from collections.abc import AsyncIterator
from typing import Self

from rift.core.pictures import uris
from rift.protocols.multipart import Head


class SmallFile:
    """Takes one file that is not too large; whether it is taken at all, `let_in` decides."""

    def __init__(self, field: str, most_bytes: int) -> None:
        self._field = field
        self.most_bytes = most_bytes
        self.files: list[bytes] = []

    async def let_in(self) -> None:
        """Refuse who may not send one, before the first byte of it is read."""
        raise NotImplementedError

    async def __aenter__(self) -> Self:
        await self.let_in()
        return self

    async def __aexit__(self, *_: object) -> None:
        """What was held is let go."""

    async def take(self, head: Head, content: AsyncIterator[bytes]) -> None:
        """Hold the file; of anything else that comes nothing is kept."""
        held = bytearray()
        async for piece in content:
            held += piece if head.name == self._field else b""
            if len(held) > self.most_bytes:
                raise uris.too_large(self._field, self.most_bytes)
        if head.name == self._field:
            self.files = [bytes(held)]
