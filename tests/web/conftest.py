"""A real browser on the real server; every page is watched for errors and strangers."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

WEB: Final = Path(__file__).resolve().parents[2] / "web"
AXE: Final = WEB / "node_modules" / "axe-core" / "axe.min.js"
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PASSWORD: Final = "correct horse battery"


class Server(Protocol):
    """What the tests need to know of a running `rift up`."""

    url: str
    owner_link: str


class Rest:
    """The API, for what a test needs and no screen is about."""

    def __init__(self, url: str, token: str = "") -> None:
        self.url = url
        self.token = token

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        data = None if body is None else json.dumps(body).encode()
        headers = {"content-type": "application/json"} if data else {}
        if self.token:
            headers["authorization"] = self.token
        asked = Request(f"{self.url}/api/v10{path}", data, headers, method=method)
        try:
            with urlopen(asked, timeout=10) as reply:
                return reply.status, json.loads(reply.read() or b"null")
        except HTTPError as error:
            return error.code, json.loads(error.read() or b"null")

    def need(self, method: str, path: str, body: Any = None) -> Any:
        status, answer = self.ask(method, path, body)
        assert status < 300, (method, path, status, answer)
        return answer


class Person:
    """An account made over the API."""

    def __init__(self, server: Server, name: str) -> None:
        self.name = name
        made = Rest(server.url).need(
            "POST", "/auth/register", {"username": name, "password": PASSWORD}
        )
        self.rest = Rest(server.url, made["token"])

    def found(self, guild: str) -> dict[str, Any]:
        made: dict[str, Any] = self.rest.need("POST", "/guilds", {"name": guild})
        return made

    def invite(self, guild_id: str) -> str:
        channels = self.rest.need("GET", f"/guilds/{guild_id}/channels")
        text = next(channel for channel in channels if channel["type"] == 0)
        code: str = self.rest.need("POST", f"/channels/{text['id']}/invites", {})["code"]
        return code


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail("chromium is missing; apt-get install chromium")
        pytest.skip("chromium is missing; apt-get install chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield running
        running.close()


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, server: Server) -> Iterator[Open]:
    """Opens pages of separate people; at the end none may have met an error or a stranger."""
    contexts: list[BrowserContext] = []
    trouble: list[str] = []

    def opened(token: str = "", **options: Any) -> Page:
        settings = {"locale": "en-US", "viewport": {"width": 1440, "height": 900}, **options}
        context = browser.new_context(base_url=server.url, reduced_motion="reduce", **settings)
        contexts.append(context)
        page = context.new_page()
        _watch(page, server.url, trouble)
        if token:
            page.goto("/mark.svg")
            page.evaluate("token => localStorage.setItem('rift.token', token)", token)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert trouble == []


def _watch(page: Page, url: str, trouble: list[str]) -> None:
    def requested(address: str) -> None:
        if not address.startswith((url, "data:", "blob:")):
            trouble.append(f"asked a stranger: {address}")

    def said(kind: str, text: str) -> None:
        # The browser itself reports each refused request; refusals are what some tests are about.
        if kind in {"error", "warning"} and not text.startswith("Failed to load resource"):
            trouble.append(f"{kind}: {text}")

    page.on("request", lambda request: requested(request.url))
    page.on("console", lambda message: said(message.type, message.text))
    page.on("pageerror", lambda error: trouble.append(f"uncaught: {error}"))


def violations(page: Page) -> list[str]:
    """What axe-core finds; it goes in through the debugger, past the page's own policy."""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": AXE.read_text()})
    session.detach()
    found = page.evaluate("async () => (await axe.run()).violations")
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]
