"""The client as an app: installed, opened without the server, pushed to, told what is new."""

import json
from collections.abc import AsyncIterator
from typing import Any, Final

import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.patience import until
from tests.server import Server
from tests.web.conftest import Open, launched

ALLOWED = {"service_workers": "allow"}

KEPT: Final = """async (words) => {
  const done = (asked) => new Promise((then) => asked.addEventListener('success', then));
  const all = await indexedDB.databases();
  const memory = all.find(({ name }) => name.startsWith('rift.memory.'));
  if (memory === undefined) return false;
  const opened = indexedDB.open(memory.name);
  await done(opened);
  const asked = opened.result.transaction('world').objectStore('world').get('now');
  await done(asked);
  opened.result.close();
  return JSON.stringify(asked.result ?? '').includes(words);
}"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The whole browser: the one without windows shows no notifications."""
    async with launched("chromium") as running:
        yield running


async def settled(page: Page) -> None:
    """Until the worker has stored what opens the client."""
    await page.evaluate("async () => { await navigator.serviceWorker.ready }")
    await page.wait_for_function("navigator.serviceWorker.controller !== null")


async def remembered(page: Page, words: str) -> None:
    """As when the page is put away: what is known is kept, these words too."""
    await page.evaluate(
        "() => { Object.defineProperty(document, 'hidden', { value: true, configurable: true });"
        " document.dispatchEvent(new Event('visibilitychange')); delete document.hidden }"
    )
    await page.wait_for_function(KEPT, arg=words)


async def test_ux_154_it_can_be_installed(server: Server, open_page: Open) -> None:
    page = await open_page(await server.person(), **ALLOWED)
    await page.goto("/")
    await settled(page)
    session = await page.context.new_cdp_session(page)
    errors = (await session.send("Page.getInstallabilityErrors"))["installabilityErrors"]
    # A browser without a window of its own installs nothing; all else is as it should be.
    assert [it["errorId"] for it in errors if it["errorId"] != "in-incognito"] == []


async def test_ux_154_it_opens_offline_with_the_last_messages(
    server: Server, open_page: Open
) -> None:
    owner = await server.person()
    guild = await owner.guild("Lighthouse")
    channel = await owner.channel(guild["id"], "lamp")
    await owner.say(channel["id"], "the lamp is lit")
    page = await open_page(owner, **ALLOWED)
    await page.goto(f"/channels/{guild['id']}/{channel['id']}")
    await expect(page.get_by_text("the lamp is lit")).to_be_visible()
    await settled(page)
    await remembered(page, "the lamp is lit")
    await page.context.set_offline(True)
    await page.reload()
    await expect(page.get_by_text("the lamp is lit")).to_be_visible()
    await expect(page.get_by_role("link", name="lamp")).to_be_visible()
    await expect(page.get_by_text("You are offline")).to_be_visible(timeout=10_000)
    await page.context.set_offline(False)
    await owner.say(channel["id"], "and the ship has seen it")
    await expect(page.get_by_text("and the ship has seen it")).to_be_visible(timeout=20_000)


async def test_ux_154_a_push_is_shown_and_opens_its_message(
    server: Server, open_page: Open
) -> None:
    owner = await server.person()
    guild = await owner.guild()
    channel = await owner.channel(guild["id"], "harbour")
    said = await owner.say(channel["id"], "a ship is in")
    page = await open_page(owner, permissions=["notifications"], **ALLOWED)
    await page.goto("/channels/@me")
    await settled(page)
    url = f"/channels/{guild['id']}/{channel['id']}/{said['id']}"
    await push(page, {"title": "ada", "body": "a ship is in", "tag": channel["id"], "url": url})
    [worker] = page.context.service_workers
    shown: list[dict[str, Any]] = []

    async def is_shown() -> bool:
        shown[:] = await worker.evaluate(
            "async () => (await registration.getNotifications())"
            ".map(({ title, body, data }) => ({ title, body, data }))"
        )
        return len(shown) > 0

    await until(is_shown)
    assert shown == [{"title": "ada", "body": "a ship is in", "data": {"url": url}}]


async def push(page: Page, said: dict[str, Any]) -> None:
    """Hand the worker a push, as the browser does when its service brings one."""
    whole = {"icon": "", "timestamp": 1, "badge": 1, "subscription_id": "1", "receipt": "x", **said}
    session = await page.context.new_cdp_session(page)
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(it["registrationId"] for it in event["registrations"]),
    )
    await session.send("ServiceWorker.enable")
    await until(lambda: len(found) > 0)
    origin = await page.evaluate("location.origin")
    options = {"origin": origin, "registrationId": found[0], "data": json.dumps(whole)}
    await page.goto("about:blank")
    await session.send("ServiceWorker.deliverPushMessage", options)


async def test_ux_154_what_another_app_shares_becomes_a_draft(
    server: Server, open_page: Open
) -> None:
    owner = await server.person()
    guild = await owner.guild()
    channel = await owner.channel(guild["id"], "harbour")
    page = await open_page(owner)
    await page.goto("/share?title=A+lamp&text=It+is+lit")
    dialog = page.get_by_role("dialog", name="Share with")
    await dialog.get_by_role("button", name="harbour").click()
    await expect(page).to_have_url(f"{server.url}/channels/{guild['id']}/{channel['id']}")
    await expect(page.get_by_role("textbox", name="Message #harbour")).to_have_value(
        "A lamp\nIt is lit"
    )
