"""Messages with files, as clients send them, and small files of several kinds."""

import io
import struct
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import msgspec
from PIL import Image

from tests.api import Api, Person, Reply

TEXT = ("notes.txt", b"remember the milk")


def png(width: int = 8, height: int = 6) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (200, 30, 40)).save(out, "PNG")
    return out.getvalue()


def wav(seconds: float = 0.1) -> bytes:
    samples = bytes(int(8000 * seconds))
    head = struct.pack("<4sIIHHIIHH", b"fmt ", 16, 1, 1, 8000, 8000, 1, 8, 0)[:24]
    data = b"data" + struct.pack("<I", len(samples)) + samples
    return b"RIFF" + struct.pack("<I", 4 + len(head) + len(data)) + b"WAVE" + head + data


def form(*files: tuple[str, bytes], payload: Any = None) -> aiohttp.FormData:
    """Files `files[0]`, `files[1]` ... and what is said of them, as discord.py sends it."""
    data = aiohttp.FormData(quote_fields=False, default_to_multipart=True)
    if payload is not None:
        data.add_field("payload_json", msgspec.json.encode(payload).decode())
    for number, (name, content) in enumerate(files):
        data.add_field(
            f"files[{number}]",
            io.BytesIO(content),
            filename=name,
            content_type="application/octet-stream",
        )
    return data


async def ask(person: Person | Api, method: str, path: str, data: Any, **headers: str) -> Reply:
    """A request with any body."""
    api = person.api if isinstance(person, Person) else person
    headers.setdefault("Authorization", str(api.authorization))
    url = path if path.startswith("http") else f"{api.root}{path}"
    async with api.http.request(method, url, data=data, headers=headers) as response:
        raw = await response.read()
        reply = Reply(
            response.status, msgspec.json.decode(raw) if raw else None, dict(response.headers)
        )
    if not path.startswith("http"):
        api.judge(method, path, reply)
    return reply


async def send(
    person: Person, channel_id: str, *files: tuple[str, bytes], **payload: Any
) -> dict[str, Any]:
    """A message with files."""
    reply = await attempt(person, channel_id, *files, **payload)
    assert reply.status == 200, reply.body
    return dict(reply.body)


async def attempt(
    person: Person, channel_id: str, *files: tuple[str, bytes], **payload: Any
) -> Reply:
    """The same, whatever comes of it."""
    path = f"/channels/{channel_id}/messages"
    return await ask(person, "POST", path, form(*files, payload=payload or None))


async def fetched(person: Person, url: str) -> bytes:
    """What lies at an address that the server gave out, without any token."""
    parts = urlsplit(url)
    async with person.api.http.get(f"{person.api.url}{parts.path}?{parts.query}") as response:
        assert response.status == 200, response.status
        return await response.read()
