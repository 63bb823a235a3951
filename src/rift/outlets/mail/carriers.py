"""The two ways a letter leaves: over SMTP, or in one HTTP request to a provider."""

import asyncio
import ssl
from email.message import EmailMessage
from email.utils import formataddr, formatdate, make_msgid
from typing import Final, Protocol
from urllib.parse import urlsplit

import aiosmtplib
import msgspec

from rift.config.settings import Mail

DEADLINE_S: Final = 20.0
_LONGEST_HEAD: Final = 16 * 1024
_WORTH_ANOTHER_TRY: Final = frozenset({408, 425, 429})


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A letter in words."""

    to: str
    subject: str
    text: str
    html: str
    key: str


class NotSent(Exception):
    """It did not leave; `final` where another attempt would end the same way.

    The words name the server's answer by number, never an address: they are logged.
    """

    def __init__(self, why: str, *, final: bool) -> None:
        super().__init__(why)
        self.final = final


class Carrier(Protocol):
    """Takes a letter to its server, or raises `NotSent`."""

    async def carry(self, letter: Written) -> None: ...


class Smtp:
    """Over SMTP, a connection for each letter."""

    def __init__(self, settings: Mail, sender_name: str) -> None:
        self._settings = settings
        self._sender_name = sender_name

    async def carry(self, letter: Written) -> None:
        settings = self._settings
        try:
            async with asyncio.timeout(DEADLINE_S):
                await aiosmtplib.send(
                    self._message(letter),
                    hostname=settings.host,
                    port=settings.port,
                    username=settings.user or None,
                    password=settings.password or None,
                    use_tls=settings.security == "tls",
                    start_tls=settings.security == "starttls",
                    timeout=DEADLINE_S,
                )
        except aiosmtplib.SMTPRecipientsRefused as error:
            codes = [refused.code for refused in error.recipients]
            raise NotSent(f"recipient refused: {codes}", final=min(codes) >= 500) from None
        except aiosmtplib.SMTPResponseException as error:
            # 5xx to a login or a sender is the operator's to mend, and may be mended by then.
            final = isinstance(error, aiosmtplib.SMTPDataError) and error.code >= 500
            raise NotSent(f"{type(error).__name__} {error.code}", final=final) from None
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            raise NotSent(type(error).__name__, final=False) from None

    def _message(self, letter: Written) -> EmailMessage:
        message = EmailMessage()
        message["From"] = formataddr((self._sender_name, self._settings.sender))
        message["To"] = letter.to
        message["Subject"] = letter.subject
        message["Date"] = formatdate(usegmt=True)
        message["Message-ID"] = make_msgid(letter.key, self._settings.sender.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        message.add_alternative(letter.html, subtype="html")
        return message


class Provider:
    """One POST of JSON, as Resend and those like it take it."""

    def __init__(self, settings: Mail, sender_name: str) -> None:
        self._key = settings.key
        self._sender = formataddr((sender_name, settings.sender))
        self._url = urlsplit(settings.url)

    async def carry(self, letter: Written) -> None:
        body = msgspec.json.encode(
            {
                "from": self._sender,
                "to": [letter.to],
                "subject": letter.subject,
                "text": letter.text,
                "html": letter.html,
            }
        )
        try:
            async with asyncio.timeout(DEADLINE_S):
                status = await self._post(body, letter.key)
        except (OSError, TimeoutError, ValueError, asyncio.IncompleteReadError) as error:
            raise NotSent(type(error).__name__, final=False) from None
        if status >= 300:
            final = 400 <= status < 500 and status not in _WORTH_ANOTHER_TRY
            raise NotSent(f"HTTP {status}", final=final and status not in (401, 403))

    async def _post(self, body: bytes, key: str) -> int:
        """The status of the answer; a connection of its own, closed after it."""
        url = self._url
        secure = ssl.create_default_context() if url.scheme == "https" else None
        reader, writer = await asyncio.open_connection(
            url.hostname, url.port or (443 if secure else 80), ssl=secure, limit=_LONGEST_HEAD
        )
        try:
            writer.write(self._head(len(body), key) + body)
            await writer.drain()
            head = await reader.readuntil(b"\r\n\r\n")
            return int(head.split(b" ", 2)[1])
        except (asyncio.LimitOverrunError, IndexError) as error:
            raise ValueError("this is not an answer of HTTP") from error
        finally:
            writer.close()

    def _head(self, length: int, key: str) -> bytes:
        url = self._url
        target = (url.path or "/") + (f"?{url.query}" if url.query else "")
        lines = (
            f"POST {target} HTTP/1.1",
            f"Host: {url.netloc.rpartition('@')[2]}",
            f"Authorization: Bearer {self._key}",
            f"Idempotency-Key: {key}",
            "Content-Type: application/json",
            f"Content-Length: {length}",
            "Accept: application/json",
            "User-Agent: Rift",
            "Connection: close",
        )
        return "\r\n".join((*lines, "", "")).encode("ascii")
