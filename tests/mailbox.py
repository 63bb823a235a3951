"""The wider world of mail: an SMTP server and an HTTP provider that keep what they are sent."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Final

import msgspec

from tests.server import Server, running_server

_WAIT_S: Final = 15.0
_TOKEN: Final = re.compile(r"#token=([\w-]+)")


class Mailbox:
    """Letters in the order they came; `refusals` are answered first, one a letter."""

    def __init__(self) -> None:
        self.port = 0
        self.letters: list[EmailMessage] = []
        self.posts: list[tuple[dict[str, str], dict[str, Any]]] = []
        self.refusals: list[str] = []
        self.attempts = 0
        self._came = asyncio.Condition()

    @property
    def environment(self) -> dict[str, str]:
        """The settings by which a server sends its mail here over SMTP."""
        return {
            "RIFT_MAIL_HOST": "127.0.0.1",
            "RIFT_MAIL_PORT": str(self.port),
            "RIFT_MAIL_SECURITY": "none",
            "RIFT_MAIL_SENDER": "rift@example.org",
        }

    @property
    def provider(self) -> dict[str, str]:
        """The settings by which a server sends it here over HTTP."""
        return {
            "RIFT_MAIL_KEY": "re_123",
            "RIFT_MAIL_URL": f"http://127.0.0.1:{self.port}/emails",
            "RIFT_MAIL_SENDER": "rift@example.org",
        }

    async def letter(self, number: int) -> EmailMessage:
        """The so-and-so-many-th letter, counted from one."""
        async with asyncio.timeout(_WAIT_S), self._came:
            await self._came.wait_for(lambda: len(self.letters) >= number)
        return self.letters[number - 1]

    async def attempted(self, number: int) -> None:
        async with asyncio.timeout(_WAIT_S), self._came:
            await self._came.wait_for(lambda: self.attempts >= number)

    async def serve_smtp(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """As much of RFC 5321 as a client needs to hand over a letter."""
        try:
            await self._converse(reader, writer)
        except ConnectionError:
            pass
        finally:
            writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mailbox\r\n")
        while line := await reader.readline():
            word = line[:4].upper()
            if word == b"DATA":
                writer.write(b"354 go on\r\n")
                body = await reader.readuntil(b"\r\n.\r\n")
                answer = await self._take(body[:-3].replace(b"\r\n..", b"\r\n."))
            elif word == b"QUIT":
                answer = "221 bye"
            else:
                answer = "250 fine"
            writer.write(f"{answer}\r\n".encode())
            await writer.drain()
            if word == b"QUIT":
                return

    async def serve_http(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One POST, answered with 200 or what is to be refused with."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
        body = await reader.readexactly(int(headers["content-length"]))
        status = self.refusals.pop(0) if self.refusals else "200 OK"
        self.posts.append((headers, msgspec.json.decode(body)))
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 2\r\n\r\n{{}}".encode())
        await writer.drain()
        writer.close()
        async with self._came:
            self.attempts += 1
            self._came.notify_all()

    async def _take(self, raw: bytes) -> str:
        async with self._came:
            self.attempts += 1
            refusal = self.refusals.pop(0) if self.refusals else None
            if refusal is None:
                letter = message_from_bytes(raw, policy=policy.default)
                assert isinstance(letter, EmailMessage)
                self.letters.append(letter)
            self._came.notify_all()
        return refusal or "250 taken"


@asynccontextmanager
async def open_mailbox(*, http: bool = False) -> AsyncIterator[Mailbox]:
    mailbox = Mailbox()
    serve = mailbox.serve_http if http else mailbox.serve_smtp
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    mailbox.port = server.sockets[0].getsockname()[1]
    async with server:
        yield mailbox


@asynccontextmanager
async def posting_server(data: Path, environment: Mapping[str, str]) -> AsyncIterator[Server]:
    """A server that knows its own address, as one must that writes letters with links."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    known = {**environment, "RIFT_SERVER_PUBLIC_URL": f"http://127.0.0.1:{port}"}
    async with running_server(data, known, "--port", str(port)) as server:
        yield server


def text_of(letter: EmailMessage) -> str:
    return _part(letter, "plain")


def html_of(letter: EmailMessage) -> str:
    return _part(letter, "html")


def token_in(letter: EmailMessage) -> str:
    """What stands behind the # of the link."""
    found = _TOKEN.search(text_of(letter))
    assert found is not None, text_of(letter)
    return found[1]


def _part(letter: EmailMessage, kind: str) -> str:
    part = letter.get_body((kind,))
    assert part is not None
    content: str = part.get_content()
    return content
