"""Forms that bring files: read while they come, so that no file is ever held in memory."""

from collections import deque
from collections.abc import AsyncIterator, Sequence
from typing import Any, Final, NoReturn, Self

from rift.doors.http.endpoints import Luggage
from rift.errors import EntityTooLarge, InvalidForm
from rift.protocols.multipart import Head, Malformed, Parser, boundary

Pairs = list[tuple[str, bytes]]

_MOST_PARTS: Final = 200


class Form:
    """The parts of a form, one after the other."""

    def __init__(self, stream: AsyncIterator[bytes], content_type: str) -> None:
        self._stream = stream
        try:
            self._parser = Parser(boundary(content_type))
        except Malformed as error:
            raise _malformed(error) from error
        self._waiting: deque[Head | bytes] = deque()

    async def fields(self, luggage: Luggage, most_bytes: int) -> Pairs:
        """Everything but the files, which go into the luggage on their way."""
        pairs: Pairs = []
        parts, left = 0, most_bytes
        while (head := await self._head()) is not None:
            parts += 1
            if parts > _MOST_PARTS:
                raise _malformed(Malformed("the form has too many parts"))
            if head.filename is not None:
                await luggage.take(head, self._content())
                continue
            value = bytearray()
            async for piece in self._content():
                value += piece
                if len(value) > left:
                    raise EntityTooLarge
            left -= len(value)
            pairs.append((head.name, bytes(value)))
        return pairs

    async def _head(self) -> Head | None:
        """The head of the next part; what was not read of the one before is passed over."""
        while await self._fill():
            event = self._waiting.popleft()
            if isinstance(event, Head):
                return event
        return None

    async def _content(self) -> AsyncIterator[bytes]:
        """The bytes of the part whose head came last."""
        while await self._fill():
            event = self._waiting[0]
            if isinstance(event, Head):
                return
            self._waiting.popleft()
            yield event

    async def _fill(self) -> bool:
        """Whether something waits; at the end of the form nothing does."""
        while not self._waiting:
            chunk = await anext(self._stream, None)
            if chunk is None:
                if not self._parser.is_whole:
                    raise _malformed(Malformed("the form is cut off"))
                return False
            try:
                self._waiting.extend(self._parser.feed(chunk))
            except Malformed as error:
                raise _malformed(error) from error
        return True


class NoLuggage:
    """Of an endpoint that has no use for files."""

    files: Sequence[Any] = ()
    most_bytes = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """There is nothing to be put away."""

    async def take(self, head: Head, content: AsyncIterator[bytes]) -> NoReturn:
        del content
        words = "This operation takes no uploaded files."
        raise InvalidForm.at(head.name, "BASE_TYPE_CONVERT", words)


def _malformed(error: Malformed) -> InvalidForm:
    text = str(error)
    return InvalidForm.at("", "BASE_TYPE_CONVERT", f"{text[0].upper()}{text[1:]}.")
