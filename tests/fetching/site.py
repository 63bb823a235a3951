"""A site of somebody else's, on this machine: it says what a test wants, and notes who asked."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from ssl import SSLContext
from typing import Any

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Site:
    """Pages by path; whatever else is asked for is not there."""

    def __init__(self) -> None:
        self.pages: dict[str, Handler] = {}
        self.asked: list[web.BaseRequest] = []
        self.port = 0
        self.scheme = "http"

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [request.path for request in self.asked]

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def says(
        self, path: str, body: str | bytes, content_type: str = "text/html", **headers: str
    ) -> str:
        """A page with this body; its URL."""
        raw = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}

        async def page(_: web.Request) -> web.Response:
            return web.Response(body=raw, headers={"Content-Type": content_type, **named})

        self.pages[path] = page
        return self.url(path)

    def leads(self, path: str, location: str, status: int = 302) -> str:
        """A redirect; its URL."""

        async def page(_: web.Request) -> web.Response:
            return web.Response(status=status, headers={"Location": location})

        self.pages[path] = page
        return self.url(path)

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        self.asked.append(request)
        page: Any = self.pages.get(request.path)
        return web.Response(status=404) if page is None else await page(request)


@asynccontextmanager
async def open_site(tls: SSLContext | None = None) -> AsyncIterator[Site]:
    """A site on a port of its own."""
    site = Site()
    runner = web.ServerRunner(web.Server(site.answer), shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
        site.port = runner.addresses[0][1]
        site.scheme = "http" if tls is None else "https"
        yield site
    finally:
        await runner.cleanup()
