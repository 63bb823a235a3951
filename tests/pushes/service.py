"""A push service on this machine, and the browsers it serves: they open what comes for them."""

import asyncio
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from secrets import token_bytes, token_urlsafe
from typing import Any

import jwt
import msgspec
from aiohttp import web
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tests.api import Person
from tests.fetching.site import Site

Json = dict[str, Any]
PATH = "/users/@me/push-subscriptions"


class Browser:
    """A subscription as a browser has it, written anew from the specifications."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = token_bytes(16)
        self.path = f"/push/{token_urlsafe(8)}"
        self.came: list[Json] = []
        self.headers: list[Any] = []
        self.answers: list[tuple[int, dict[str, str]]] = []
        """What the service says to the next pushes; then it takes them."""
        self.attempts = 0
        self._news = asyncio.Condition()
        site.pages[self.path] = self._take

    @property
    def public(self) -> bytes:
        form = serialization.PublicFormat.UncompressedPoint
        return self.key.public_key().public_bytes(serialization.Encoding.X962, form)

    @property
    def form(self) -> Json:
        return {
            "endpoint": self.site.url(self.path),
            "p256dh": _text(self.public),
            "auth": _text(self.auth),
            "name": "A browser",
        }

    async def subscribe(self, person: Person, **fields: Any) -> Json:
        made: Json = await person.post(PATH, {**self.form, **fields})
        return made

    async def push(self, number: int = 1, within_s: float = 10.0) -> Json:
        """The so-and-so-many-th push, counted from one."""
        async with asyncio.timeout(within_s), self._news:
            await self._news.wait_for(lambda: len(self.came) >= number)
        return self.came[number - 1]

    async def attempted(self, number: int) -> None:
        async with asyncio.timeout(10), self._news:
            await self._news.wait_for(lambda: self.attempts >= number)

    async def _take(self, request: web.Request) -> web.Response:
        body = await request.read()
        status, headers = self.answers.pop(0) if self.answers else (201, {})
        async with self._news:
            self.attempts += 1
            if status == 201:
                self.came.append(msgspec.json.decode(self._opened(body)))
                self.headers.append(request.headers)
            self._news.notify_all()
        return web.Response(status=status, headers=headers)

    def _opened(self, body: bytes) -> bytes:
        """RFC 8188 and 8291, from the reader's side."""
        salt, (size, length) = body[:16], struct.unpack("!IB", body[16:21])
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(body) <= size == 4096
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        shared = self.key.exchange(ec.ECDH(), theirs)
        secret = _hkdf(self.auth, shared, b"WebPush: info\x00" + self.public + sender, 32)
        key = _hkdf(salt, secret, b"Content-Encoding: aes128gcm\x00", 16)
        nonce = _hkdf(salt, secret, b"Content-Encoding: nonce\x00", 12)
        padded = AESGCM(key).decrypt(nonce, sealed, None)
        text, delimiter, _ = padded.rpartition(b"\x02")
        assert delimiter
        return text


def claims(headers: Any, public_key: str, audience: str) -> Json:
    """Who signed a push (RFC 8292), if it is the one with this key."""
    scheme, _, rest = headers["Authorization"].partition(" ")
    fields = dict(part.strip().split("=", 1) for part in rest.split(","))
    assert (scheme, fields["k"]) == ("vapid", public_key)
    point = urlsafe_b64decode(public_key + "=" * (-len(public_key) % 4))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    return dict(jwt.decode(fields["t"], key, algorithms=["ES256"], audience=audience))


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _hkdf(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)
