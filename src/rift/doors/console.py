"""The administrator's door: commands from the shell reach a running server over a Unix socket."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Final

import msgspec

from rift.core.administration.commands import AnyCommand
from rift.errors import InvalidForm, Refusal

_SOCKET: Final = "socket"
_LONGEST_LINE: Final = 1 << 24
_LISTENING_S: Final = 5.0
_PATIENCE_S: Final = 60.0

_log = logging.getLogger(__name__)


class Done(msgspec.Struct, frozen=True, tag=True):
    """What the shell prints."""

    text: str


class Refused(msgspec.Struct, frozen=True, tag=True):
    """Why it was not done."""

    reason: str


Answer = Done | Refused
CarryOut = Callable[[AnyCommand], Awaitable[str]]

_COMMAND: Final = msgspec.json.Decoder(AnyCommand)
_ANSWER: Final[msgspec.json.Decoder[Answer]] = msgspec.json.Decoder(Answer)


async def perform(carry_out: CarryOut, command: AnyCommand) -> Answer:
    """Carry a command out, and put a refusal into words for the shell."""
    try:
        return Done(await carry_out(command))
    except InvalidForm as form:
        faults = [
            f"{path}: {error.message}" for path, errors in form.fields.items() for error in errors
        ]
        return Refused("; ".join(faults))
    except Refusal as refusal:
        return Refused(refusal.message)


@asynccontextmanager
async def open_console(directory: Path, carry_out: CarryOut) -> AsyncIterator[None]:
    """Answer commands as long as the context lasts; only who may enter the directory can ask."""
    _make_private(directory)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(_LISTENING_S):
                line = await reader.readline()
            async with asyncio.timeout(_PATIENCE_S):
                answer = await _respond(carry_out, line)
                writer.write(msgspec.json.encode(answer) + b"\n")
                await writer.drain()
        except (OSError, ValueError) as error:
            _log.warning("A command from the shell broke off: %s", error)
        finally:
            writer.close()

    with _short_path(directory) as path:
        server = await asyncio.start_unix_server(serve, path, limit=_LONGEST_LINE)
    async with server:
        yield
    (directory / _SOCKET).unlink(missing_ok=True)


async def ask(directory: Path, command: AnyCommand) -> Answer | None:
    """The running server's answer, or None when no server runs on this data."""
    try:
        with _short_path(directory) as path:
            reader, writer = await asyncio.open_unix_connection(path, limit=_LONGEST_LINE)
    except (FileNotFoundError, ConnectionRefusedError):
        return None
    try:
        writer.write(msgspec.json.encode(command) + b"\n")
        async with asyncio.timeout(_PATIENCE_S):
            return _ANSWER.decode(await reader.readline())
    finally:
        writer.close()


async def _respond(carry_out: CarryOut, line: bytes) -> Answer:
    try:
        command = _COMMAND.decode(line)
    except msgspec.MsgspecError as error:
        return Refused(f"not a command: {error}")
    try:
        return await perform(carry_out, command)
    except Exception:  # noqa: BLE001 - the edge of a task
        _log.exception("A command from the shell failed: %s", type(command).__name__)
        return Refused("The server failed at this; its log says why.")


def _make_private(directory: Path) -> None:
    directory.mkdir(mode=0o700, exist_ok=True)
    directory.chmod(0o700)


@contextmanager
def _short_path(directory: Path) -> Iterator[str]:
    """The socket by way of an open directory: a Unix socket's own path has at most 107 bytes."""
    descriptor = os.open(directory, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{descriptor}/{_SOCKET}"
    finally:
        os.close(descriptor)
