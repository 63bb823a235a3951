"""How soon one can write after the client was opened, and what it costs while nobody does."""

import re
import time
from collections.abc import Awaitable, Callable
from typing import Final

import pytest
from playwright.async_api import BrowserContext, Page, Route, expect

from tests.server import Server
from tests.web.conftest import Open
from tests.web.measuring import Meter, pair

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

EMPTY: Final = "<!doctype html><title>Nothing</title><main><textarea></textarea></main>"
"""The least in which somebody can write."""

COLD_TIMES: Final = 8
WARM_TIMES: Final = 6
ROUNDS: Final = 8
"""At most: other work may come in between, and one round without it is enough."""

IDLE_S: Final = 300
STEP_S: Final = 10
IDLE_SHARE: Final = 0.002
"""Of one core."""

HIDE: Final = """
Object.defineProperty(document, 'hidden', { value: true, configurable: true });
document.dispatchEvent(new Event('visibilitychange'));
"""

Fresh = Callable[[], Awaitable[Page]]


async def opened(context: BrowserContext, path: str) -> float:
    """The seconds until what somebody types is there."""
    page = await context.new_page()
    begun = time.perf_counter()
    await page.goto(path, wait_until="commit")
    box = page.locator("main textarea").first
    await box.press("x")
    await expect(box).to_have_value(re.compile("x$"))
    took = time.perf_counter() - begun
    await page.close()
    return took


async def best(fresh: Fresh, path: str, wanted: float) -> float:
    """How many times as long it takes as nothing at all; of a few rounds the first that is good."""

    async def nothing(route: Route) -> None:
        await route.fulfill(body=EMPTY, content_type="text/html")

    ratios: list[float] = []
    while len(ratios) < ROUNDS and min(ratios, default=wanted + 1) > wanted:
        context = (await fresh()).context
        await context.route("**/nothing", nothing)
        floor = await opened(context, "/nothing")
        ratios.append(await opened(context, path) / floor)
    return min(ratios)


async def test_one_writes_soon_after_the_first_opening(open_page: Open, server: Server) -> None:
    noor, _, path, _ = await pair(server)
    assert await best(lambda: open_page(noor), path, COLD_TIMES) <= COLD_TIMES


async def test_one_writes_sooner_where_the_client_is_kept(open_page: Open, server: Server) -> None:
    noor, _, path, _ = await pair(server)
    page = await open_page(noor, service_workers="allow")
    await page.goto(path)
    await page.evaluate("async () => { await navigator.serviceWorker.ready }")
    await expect(page.locator("main textarea")).to_be_visible()

    async def same() -> Page:
        return page

    assert await best(same, path, WARM_TIMES) <= WARM_TIMES


async def test_a_client_that_is_put_away_does_next_to_nothing(
    open_page: Open, server: Server
) -> None:
    noor, junia, path, channel_id = await pair(server)
    page = await open_page(noor)
    await page.clock.install()
    await page.goto(path)
    await expect(page.locator("main textarea")).to_be_visible()
    await page.evaluate(HIDE)
    meter = await Meter.of(page)
    before = await meter.spent()
    for _ in range(IDLE_S // STEP_S):
        await page.clock.run_for(STEP_S * 1000)
    assert await meter.spent() - before <= IDLE_SHARE * IDLE_S
    await junia.say(channel_id, "still there?")
    heard = page.get_by_role("log").get_by_text("still there?")
    while not await heard.is_visible():
        await page.clock.run_for(100)
