"""Serves the built web client: hashed assets for ever, the start page for its routes."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from email.utils import formatdate
from pathlib import Path, PurePosixPath
from typing import Any, Final, NamedTuple
from urllib.parse import unquote

from rift.doors.site.conditions import Headers, is_fresh, read_headers

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

START_PAGE: Final = "index.html"
CACHED_FILE_BYTES: Final = 512 * 1024
CHUNK_BYTES: Final = 64 * 1024

ENCODINGS: Final = {"br": ".br", "gzip": ".gz"}
"""Content codings in the order we prefer them, and how the build names such a file."""

ELSEWHERE: Final = frozenset({"api", "assets", "cdn", "gateway", "harvests", "healthz", "metrics"})
"""First parts of addresses that are never a screen of the client."""

TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' data: blob:{cdn}; media-src 'self' blob:{cdn}; connect-src 'self'{cdn}; "
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types svelte-trusted-html rift-markdown rift-worker"
)

SECURITY: Final = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    # Invite codes and owner links are secrets that stand in addresses.
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}

FOR_EVER: Final = "public, max-age=31536000, immutable"
ASK_AGAIN: Final = "no-cache"

_HASHED: Final = re.compile(r"^assets/.+-[\w-]{8}\.\w+$")

_NOT_BUILT: Final = b"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Rift</title>
<h1>Rift is running.</h1>
<p>The server works; its web client is not built yet.</p>
<p>Stop it and run <code>make up</code> in the checkout: that builds the client and starts again.
</p>
<p>Bots and other programs can use the API at <code>/api/v10</code> meanwhile.</p>
</html>
"""


class _File(NamedTuple):
    """One file as it lies on the disk."""

    path: Path
    size_bytes: int
    modified_s: int
    etag: str


class _Page(NamedTuple):
    """What one address answers: a file, and the same file compressed."""

    plain: _File
    packed: Mapping[str, _File]
    content_type: str
    cache: str


class _Answer(NamedTuple):
    status: int
    headers: Headers
    body: bytes | _File = b""


class Site:
    """Only files listed at the start are served, so no address can reach outside of `root`.

    `cdn` is the origin of files and pictures, where it is another one than ours.
    """

    def __init__(self, root: Path | None, cdn: str = "") -> None:
        policy = _POLICY.format(cdn=f" {cdn}" if cdn else "")
        self._security = {**SECURITY, "content-security-policy": policy}
        self._pages = _list_pages(root) if root is not None else {}
        self._cache: dict[Path, bytes] = {}

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        head = scope["method"] == "HEAD"
        answer = self._answer(scope["method"], _path(scope), read_headers(scope["headers"]))
        size = len(answer.body) if isinstance(answer.body, bytes) else answer.body.size_bytes
        headers = {**self._security, **answer.headers}
        if answer.status != 304:
            headers["content-length"] = str(size)
        pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": answer.status, "headers": pairs})
        if head or isinstance(answer.body, bytes):
            body = b"" if head else answer.body
            await send({"type": "http.response.body", "body": body})
        else:
            await self._send_file(answer.body, send)

    def _answer(self, method: str, path: str, headers: Headers) -> _Answer:
        if method not in ("GET", "HEAD"):
            return _text(405, "Only GET and HEAD work here.", {"allow": "GET, HEAD"})
        page = self._pages.get(path)
        if page is not None:
            return _serve(page, headers)
        if not _is_screen(path):
            return _text(404, "There is nothing here.")
        start = self._pages.get(START_PAGE)
        return _serve(start, headers) if start is not None else _not_built()

    async def _send_file(self, file: _File, send: Send) -> None:
        if file.size_bytes <= CACHED_FILE_BYTES:
            body = await self._read(file)
            await send({"type": "http.response.body", "body": body})
            return
        await stream(file.path, send)

    async def _read(self, file: _File) -> bytes:
        body = self._cache.get(file.path)
        if body is None:
            body = await asyncio.to_thread(file.path.read_bytes)
            self._cache[file.path] = body
        return body


async def stream(path: Path, send: Send) -> None:
    """A file as a body, a chunk at a time."""
    opened = await asyncio.to_thread(path.open, "rb")
    try:
        while chunk := await asyncio.to_thread(opened.read, CHUNK_BYTES):
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
    finally:
        await asyncio.to_thread(opened.close)
    await send({"type": "http.response.body", "body": b""})


def _list_pages(root: Path) -> dict[str, _Page]:
    """Every file below `root` by its address, with its compressed copies."""
    found = {
        path.relative_to(root).as_posix(): _look(path)
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
    }
    return {
        name: _Page(
            plain=file,
            packed={
                coding: found[name + suffix]
                for coding, suffix in ENCODINGS.items()
                if name + suffix in found
            },
            content_type=TYPES.get(file.path.suffix, "application/octet-stream"),
            cache=FOR_EVER if _HASHED.match(name) else ASK_AGAIN,
        )
        for name, file in found.items()
        if file.path.suffix not in ENCODINGS.values()
    }


def _look(path: Path) -> _File:
    stat = path.stat()
    etag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}{path.suffix}"'
    return _File(path, stat.st_size, int(stat.st_mtime), etag)


def _path(scope: Scope) -> str:
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    return unquote(raw.partition(b"?")[0].decode("latin-1")).lstrip("/")


def _is_screen(path: str) -> bool:
    """Whether the client's own router decides what an address shows."""
    parts = PurePosixPath(path).parts
    if not parts:
        return True
    return parts[0] not in ELSEWHERE and ".." not in parts and not PurePosixPath(path).suffix


def _serve(page: _Page, asked: Headers) -> _Answer:
    coding = _choose_coding(asked.get("accept-encoding", ""), page.packed)
    file = page.packed[coding] if coding else page.plain
    headers = {
        "cache-control": page.cache,
        "etag": file.etag,
        "last-modified": formatdate(file.modified_s, usegmt=True),
        "vary": "accept-encoding",
    }
    if is_fresh(asked, file.etag, file.modified_s):
        return _Answer(304, headers)
    headers["content-type"] = page.content_type
    if coding:
        headers["content-encoding"] = coding
    return _Answer(200, headers, file)


def _choose_coding(accepted: str, packed: Mapping[str, _File]) -> str | None:
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        weights[name.strip()] = _weight(weight)
    wanted = [coding for coding in packed if weights.get(coding, weights.get("*", 0.0)) > 0]
    return max(wanted, key=lambda coding: weights.get(coding, weights.get("*", 0.0)), default=None)


def _weight(text: str) -> float:
    _, _, number = text.partition("=")
    try:
        return float(number) if number else 1.0
    except ValueError:
        return 0.0


def _text(status: int, message: str, headers: Headers | None = None) -> _Answer:
    plain = {"content-type": "text/plain; charset=utf-8", "cache-control": "no-store"}
    return _Answer(status, {**plain, **(headers or {})}, message.encode())


def _not_built() -> _Answer:
    headers = {"content-type": "text/html; charset=utf-8", "cache-control": "no-store"}
    return _Answer(503, headers, _NOT_BUILT)
