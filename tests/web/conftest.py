"""A real browser on the real server; every page is watched for errors and strangers."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from tests.api import Person
from tests.server import Server

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


PAGE: Final = {
    "locale": "en-US",
    "viewport": {"width": 1440, "height": 900},
    # Only who tests it has a worker; the others would all store the client first.
    "service_workers": "block",
}

WITHOUT_WORKER: Final = "delete Navigator.prototype.serviceWorker"
"""Or else the page would ask for one, and be told off for it."""

EXPECTED: Final = ("Failed to load resource", "WebSocket connection to ")

PATIENCE_MS: Final = 15_000
"""Beside another worker's browser a page may take its time; what holds is seen at once."""

expect.set_options(timeout=PATIENCE_MS)

Open = Callable[..., Awaitable[Page]]


@asynccontextmanager
async def launched(*programs: str) -> AsyncIterator[Browser]:
    """The first of these browsers that is there."""
    found = next(filter(None, map(shutil.which, programs)), None)
    if found is None:
        missing = f"{programs[0]} is missing; apt-get install {programs[0]}"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield running
        await running.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """A browser without windows: it draws pages and nothing around them."""
    async with launched("chromium-headless-shell", "chromium") as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser, server: Server) -> AsyncIterator[Open]:
    """Opens pages of separate people; at the end none may have met an error or a stranger."""
    contexts: list[BrowserContext] = []
    trouble: list[str] = []

    async def opened(person: Person | None = None, *, url: str = "", **options: Any) -> Page:
        home = url or server.url
        settings = {**PAGE, **options}
        context = await browser.new_context(base_url=home, reduced_motion="reduce", **settings)
        contexts.append(context)
        if settings["service_workers"] == "block":
            await context.add_init_script(WITHOUT_WORKER)
        page = await context.new_page()
        _watch(page, home, trouble)
        if person is not None:
            await page.goto("/mark.svg")
            keep = "token => localStorage.setItem('rift.token', token)"
            await page.evaluate(keep, person.api.bare_token)
        return page

    yield opened
    met = list(trouble)  # what is cut off by the closing itself is no trouble
    for context in contexts:
        await context.close()
    assert met == []


async def invite_to(host: Person, name: str) -> str:
    """The code of an invite to a new server of somebody's."""
    guild = await host.guild(name)
    channels = await host.get(f"/guilds/{guild['id']}/channels")
    text = next(channel for channel in channels if channel["type"] == 0)
    code: str = (await host.post(f"/channels/{text['id']}/invites", {}))["code"]
    return code


def _watch(page: Page, url: str, trouble: list[str]) -> None:
    def requested(address: str) -> None:
        if not address.startswith((url, "data:", "blob:")):
            trouble.append(f"asked a stranger: {address}")

    def said(kind: str, text: str) -> None:
        # The browser itself reports each refused request and each lost line, which some tests are
        # about.
        if kind in {"error", "warning"} and not text.startswith(EXPECTED):
            trouble.append(f"{kind}: {text}")

    page.on("request", lambda request: requested(request.url))
    page.on("console", lambda message: said(message.type, message.text))
    page.on("pageerror", lambda error: trouble.append(f"uncaught: {error}"))


async def violations(
    page: Page, within: str = "html", *, grave: bool = False, only: Sequence[str] = ()
) -> list[str]:
    """What axe-core finds there; it goes in through the debugger, past the page's own policy."""
    if not await page.evaluate("'axe' in globalThis"):
        session = await page.context.new_cdp_session(page)
        await session.send("Runtime.evaluate", {"expression": AXE.read_text()})
        await session.detach()
    options = {"resultTypes": ["violations"], **({"runOnly": list(only)} if only else {})}
    run = "async ([within, options]) => (await axe.run(within, options)).violations"
    found = await page.evaluate(run, [within, options])
    rules = [it for it in found if not grave or it["impact"] in {"serious", "critical"}]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in rules for node in rule["nodes"]]


FINGER_PX: Final = 44

TOO_SMALL: Final = """(least) => {
  const kinds = 'a[href], button, input, select, textarea, summary, [role=option]';
  const isInText = (it) => [...it.parentNode.childNodes].some(
    (near) => near.nodeType === Node.TEXT_NODE && near.textContent.trim() !== '');
  const isTouched = (it) => {
    it.scrollIntoView({ block: 'center' });
    const { x, y, width, height } = it.getBoundingClientRect();
    return it.contains(document.elementFromPoint(x + width / 2, y + height / 2));
  };
  const isRoom = ({ width, height }) => Math.min(parseFloat(width), parseFloat(height)) > least - 1;
  const parts = (it) => [it, ...(it.labels ?? [])].map((part) => part.getBoundingClientRect());
  const hasRoom = (it) => [getComputedStyle(it, '::after'), ...parts(it)].some(isRoom);
  const isShown = (it) => it.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const isMet = (it) => !it.disabled && isShown(it) && !isInText(it) && isTouched(it);
  const isSmall = (it) => !hasRoom(it) && isMet(it);
  const told = (it) => {
    const { width, height } = it.getBoundingClientRect();
    return `${Math.round(width)}x${Math.round(height)} ${it.outerHTML.slice(0, 120)}`;
  };
  return [...document.querySelectorAll(kinds)].filter(isSmall).map(told);
}"""
"""A link or button is as large as it is drawn, or as what is drawn after it and belongs to it."""


async def too_small_for_fingers(page: Page) -> list[str]:
    """What can be touched and has less room than a finger; links within text are as large as it."""
    before = page.viewport_size
    session = await page.context.new_cdp_session(page)
    await session.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    await page.set_viewport_size({"width": 390, "height": 844})
    found: list[str] = await page.evaluate(TOO_SMALL, FINGER_PX)
    if before is not None:
        await page.set_viewport_size(before)
    await session.detach()
    return found
