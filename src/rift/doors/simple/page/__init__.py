"""The page on which people read the simple API and try it; it loads nothing from elsewhere."""

from pathlib import Path
from typing import Final

from rift.doors.http.endpoints import Dialect, Surface, get
from rift.doors.http.messages import Answer
from rift.doors.http.openapi import Description

_HERE: Final = Path(__file__).parent
_HEAD: Final = (
    b"Content-Type: %b; charset=utf-8\r\n"
    b"Cache-Control: no-cache\r\n"
    b"Referrer-Policy: no-referrer\r\n"
    b"X-Frame-Options: DENY\r\n"
    b"Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; "
    b"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n"
)


class Page:
    """Serves the page's three files and the OpenAPI document that it shows."""

    def __init__(self, described: Surface, version: str) -> None:
        self._dialect: Dialect = described.dialect
        self._description = Description(described, version, "/docs/openapi.json")
        self._html = (_HERE / "page.html").read_bytes()
        self._script = (_HERE / "page.js").read_bytes()
        self._style = (_HERE / "page.css").read_bytes()

    def surfaces(self) -> tuple[Surface, Surface]:
        """Where all of it is found."""
        files = (
            get("/docs", self.html),
            get("/docs/page.js", self.script),
            get("/docs/page.css", self.style),
        )
        return Surface(("/api",), files, self._dialect), self._description.surface()

    async def html(self) -> Answer:
        """The page."""
        return Answer(200, self._html, _HEAD % b"text/html")

    async def script(self) -> Answer:
        """What the page does."""
        return Answer(200, self._script, _HEAD % b"text/javascript")

    async def style(self) -> Answer:
        """How the page looks."""
        return Answer(200, self._style, _HEAD % b"text/css")
