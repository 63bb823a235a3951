"""What pages of other origins may do, the seed's environment, and the page of documentation."""

from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

import jwt
import pytest
import websockets
from msgspec import to_builtins

from rift.app import simple_openapi
from tests.server import LIFTED, Server, running_server
from tests.simple_door.caller import Caller
from tests.simple_door.wire import Wire

_PAGE: Final = "https://chat.example"


async def test_the_seeds_environment_is_honoured(database: str, tmp_path: Path) -> None:
    secret = "the-secret-of-the-seed-0123456789"
    environment = {
        **LIFTED,
        "DATABASE_URL": database,
        "JWT_SECRET": secret,
        "CORS_ALLOWED_ORIGINS": f"{_PAGE},tauri://localhost",
        "UPLOAD_DIR": str(tmp_path / "uploads"),
        "MAX_UPLOAD_BYTES": "1048576",
        "RUST_LOG": "rift_server=debug",
    }
    async with running_server(tmp_path / "data", environment) as server:
        caller = await Caller.new(server)
        await _pages_may_call(server)
        await _pages_may_listen(server, caller)
    async with running_server(tmp_path / "other-data", environment) as server:
        # The secret alone signs: who has it, and the session, needs nothing of the first machine.
        assert (await Caller(server, caller.tokens).get("/users/me"))["id"] == caller.id
        assert jwt.get_unverified_header(str(caller.token))["alg"] == "HS256"


async def _pages_may_call(server: Server) -> None:
    asking = {"Origin": _PAGE, "Access-Control-Request-Method": "PATCH"}
    for path in ("/users/me", "/channels/1/messages", "/messages/1"):
        address = f"{server.url}/api{path}"
        async with server.http.options(address, headers=asking) as preflight:
            assert preflight.status == 204
            assert preflight.headers["Access-Control-Allow-Origin"] == _PAGE
            assert "Authorization" in preflight.headers["Access-Control-Allow-Headers"]
        async with server.http.get(address, headers={"Origin": _PAGE}) as reply:
            assert reply.headers["Access-Control-Allow-Origin"] == _PAGE
        async with server.http.get(address, headers={"Origin": "https://evil.example"}) as reply:
            assert "Access-Control-Allow-Origin" not in reply.headers


async def _pages_may_listen(server: Server, caller: Caller) -> None:
    for origin in (_PAGE, "tauri://localhost"):
        async with Wire.connected(server.url, origin=origin) as wire:
            await wire.identify(caller)
    with pytest.raises(websockets.InvalidStatus):
        async with Wire.connected(server.url, origin="https://evil.example"):
            pass


class _Links(HTMLParser):
    """Every address a page names."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.found += [value for name, value in attrs if name in ("src", "href") and value]


async def test_the_page_loads_nothing_from_elsewhere(server: Server) -> None:
    links = _Links()
    async with server.http.get(f"{server.url}/api/docs") as page:
        assert page.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        links.feed(await page.text())
    assert sorted(links.found) == [
        "/api/docs/openapi.json",
        "/api/docs/page.css",
        "/api/docs/page.js",
    ]
    for link in links.found:
        async with server.http.get(server.url + link) as answer:
            assert answer.status == 200
            if not link.endswith(".json"):
                assert "://" not in await answer.text()


async def test_the_page_shows_the_whole_api(server: Server) -> None:
    async with server.http.get(f"{server.url}/api/docs/openapi.json") as response:
        api: dict[str, Any] = await response.json()
    assert api == to_builtins(simple_openapi())
    assert api["servers"] == [{"url": "/api"}]
    assert "/servers/{server_id}/channels" in api["paths"]


async def test_an_unknown_path_is_refused_as_this_door_does(server: Server) -> None:
    reply = await Caller(server).refused(404, "GET", "/nothing")
    assert set(reply.body) == {"error"}
    reply = await Caller(server).refused(405, "DELETE", "/servers")
    assert set(reply.body) == {"error"}
    refused = await server.guest.refused("GET", "/nothing")
    assert set(refused.body) == {"message", "code"}
