"""Asks a ClamAV daemon about a file, if the operator has one (clamd's INSTREAM command)."""

import asyncio
import logging
from collections.abc import AsyncIterable
from contextlib import suppress
from typing import Final, Literal, NamedTuple, Self

_log = logging.getLogger(__name__)

_AT_ONCE: Final = 4
_DEADLINE_S: Final = 120.0
_CHUNK_BYTES: Final = 256 * 1024
_ANSWER_BYTES: Final = 4096
_COMMAND: Final = b"zINSTREAM\0"


class Verdict(NamedTuple):
    """What the daemon found, or that it could not be asked."""

    outcome: Literal["clean", "infected", "unavailable"]
    name: str = ""
    """Of what was found."""


class Clamd:
    """The daemon behind a Unix socket (a path) or a TCP port (`host:port`)."""

    def __init__(
        self, address: str, *, is_required: bool = False, deadline_s: float = _DEADLINE_S
    ) -> None:
        self._address = address
        self._is_required = is_required
        self._deadline_s = deadline_s
        self._turns = asyncio.Semaphore(_AT_ONCE)

    @classmethod
    def at(cls, address: str, *, is_required: bool) -> Self | None:
        """None where the operator has no daemon."""
        return cls(address, is_required=is_required) if address else None

    def lets_pass(self, verdict: Verdict) -> bool:
        """Whether a file may be kept: clean, or unknown where it need not be known."""
        if verdict.outcome == "unavailable":
            return not self._is_required
        return verdict.outcome == "clean"

    async def scan(self, chunks: AsyncIterable[bytes]) -> Verdict:
        """The daemon's verdict; it never takes longer than the deadline, turn included."""
        try:
            async with asyncio.timeout(self._deadline_s), self._turns:
                answer = await self._asked(chunks)
        except (OSError, TimeoutError) as error:
            _log.warning("clamd at %s could not be asked: %s", self._address, repr(error))
            return Verdict("unavailable")
        return self._verdict(answer)

    async def _asked(self, chunks: AsyncIterable[bytes]) -> str:
        reader, writer = await self._connected()
        try:
            with suppress(ConnectionError):  # it says why before it hangs up
                await _send(writer, chunks)
            return (await reader.read(_ANSWER_BYTES)).rstrip(b"\0\n").decode(errors="replace")
        finally:
            writer.close()

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._address.startswith("/"):
            return await asyncio.open_unix_connection(self._address)
        host, _, port = self._address.rpartition(":")
        return await asyncio.open_connection(host.strip("[]"), int(port))

    def _verdict(self, answer: str) -> Verdict:
        """`stream: OK`, `stream: NAME FOUND`, or an error, such as that the file is too large."""
        if answer.endswith(": OK"):
            return Verdict("clean")
        if answer.endswith(" FOUND"):
            return Verdict("infected", answer.removesuffix(" FOUND").partition(": ")[2])
        _log.warning("clamd at %s gave no verdict: %s", self._address, answer or "nothing")
        return Verdict("unavailable")


async def _send(writer: asyncio.StreamWriter, chunks: AsyncIterable[bytes]) -> None:
    """Each piece with its length before it; one of no length is the end."""
    writer.write(_COMMAND)
    async for chunk in chunks:
        for at in range(0, len(chunk), _CHUNK_BYTES):
            piece = chunk[at : at + _CHUNK_BYTES]
            writer.write(len(piece).to_bytes(4, "big") + piece)
            await writer.drain()
    writer.write(bytes(4))
    await writer.drain()
