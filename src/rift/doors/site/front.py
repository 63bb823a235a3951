"""Everything outside the API: health, metrics, files, people's own data and the web client."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl

import msgspec

from rift.config import Settings
from rift.core.backups.carrying import Cargo
from rift.core.oauth2 import openid
from rift.doors.site.cdn import Cdn
from rift.doors.site.cdn.routes import ROOT as CDN
from rift.doors.site.files import Site, stream

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

Follow = Callable[[str, str], Awaitable[Path | None]]
"""The file that the name and the query of a link lead to."""

Fetch = Callable[[str, str], Awaitable[Cargo | None]]
"""The backup that the name and the ticket of a link lead to."""

_BACKUPS: Final = "/backups/"
_HARVESTS: Final = "/harvests/"
_OPENID: Final = "/.well-known/openid-configuration"
_JSON: Final = b"application/json"
_TEXT: Final = b"text/plain; charset=utf-8"
_FORWARDED: Final = frozenset({b"forwarded", b"x-forwarded-for", b"x-real-ip"})
_PROMETHEUS: Final = b"text/plain; version=0.0.4; charset=utf-8"


class Front:
    """Metrics answer only callers on this machine, unless the operator opens them."""

    def __init__(
        self,
        settings: Settings,
        metrics: Callable[[], str],
        web: Path | None,
        follow: Follow,
        fetch: Fetch,
        cdn: Cdn,
    ) -> None:
        self._cdn = cdn
        self._follow = follow
        self._fetch = fetch
        self._metrics = metrics
        self._public_url = settings.server.public_url.rstrip("/")
        self._metrics_public = settings.server.metrics_public
        self._site = Site(web, settings.files.cdn_origin)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path == "/healthz":
            await _answer(scope, send, 200, b'{"status":"ok"}', _JSON)
        elif path == "/metrics":
            await self._show_metrics(scope, send)
        elif path == _OPENID:
            known = openid.configuration(self._public_url or _origin(scope))
            await _answer(scope, send, 200, msgspec.json.encode(known), _JSON)
        elif path.startswith(_HARVESTS):
            await self._hand_out(scope, path.removeprefix(_HARVESTS), send)
        elif path.startswith(_BACKUPS):
            await self._hand_over(scope, path.removeprefix(_BACKUPS), send)
        elif path.startswith(CDN):
            await self._cdn(scope, receive, send)
        else:
            await self._site(scope, receive, send)

    async def _hand_out(self, scope: Scope, name: str, send: Send) -> None:
        """A person's data, by the link they were given."""
        query = scope["query_string"].decode("latin-1")
        path = await self._follow(name, query) if scope["method"] == "GET" else None
        if path is None:
            words = b"This link is too old, or was never one. Ask for a new one in your account."
            await _answer(scope, send, 404, words, _TEXT)
            return
        headers = _kept_to_themselves(b"application/zip", "my-data.zip", path.stat().st_size)
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await stream(path, send)

    async def _hand_over(self, scope: Scope, filename: str, send: Send) -> None:
        """A backup, by the link an owner of the instance was given."""
        ticket = dict(parse_qsl(scope["query_string"].decode("latin-1"))).get("ticket", "")
        cargo = await self._fetch(filename, ticket) if scope["method"] == "GET" else None
        if cargo is None:
            words = b"This link is too old, or was never one. Ask for a new one in the console."
            await _answer(scope, send, 404, words, _TEXT)
            return
        headers = _kept_to_themselves(b"application/x-tar", cargo.filename, cargo.size)
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        while (piece := await asyncio.to_thread(next, cargo.pieces, None)) is not None:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    async def _show_metrics(self, scope: Scope, send: Send) -> None:
        if self._metrics_public or _is_local(scope):
            await _answer(scope, send, 200, self._metrics().encode(), _PROMETHEUS)
        else:
            await _answer(scope, send, 404, b"Not found.", _TEXT)


def built_web_client() -> Path | None:
    """The built web client: beside the source in a checkout, inside of an installed package."""
    package = Path(__file__).parents[2]
    places = (package.parents[1] / "web" / "dist", package / "web")
    return next((place for place in places if (place / "index.html").is_file()), None)


def _kept_to_themselves(kind: bytes, filename: str, size: int) -> list[tuple[bytes, bytes]]:
    """The head of a file to be saved, of which nobody in between is to keep anything."""
    return [
        (b"content-type", kind),
        (b"content-length", str(size).encode()),
        (b"content-disposition", f'attachment; filename="{filename}"'.encode()),
        (b"cache-control", b"no-store"),
        (b"referrer-policy", b"no-referrer"),
        (b"x-content-type-options", b"nosniff"),
    ]


def _origin(scope: Scope) -> str:
    """The scheme and host by which the request came."""
    return f"{scope['scheme']}://{dict(scope['headers']).get(b'host', b'').decode('latin-1')}"


def _is_local(scope: Scope) -> bool:
    """Whether the caller is on this machine, and no proxy there asks for somebody else."""
    if not _FORWARDED.isdisjoint(name for name, _ in scope["headers"]):
        return False
    try:
        return ip_address(scope["client"][0]).is_loopback
    except ValueError:
        return False


async def _answer(scope: Scope, send: Send, status: int, body: bytes, kind: bytes) -> None:
    headers = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
