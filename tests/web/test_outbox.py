"""What is written arrives once and in order, whatever the network does."""

import json
from typing import Any

import pytest
from playwright.async_api import Locator, Page, Route, expect

from tests.api import Person
from tests.patience import until
from tests.server import Server
from tests.web.conftest import Open
from tests.web.holding import Held

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


class Room:
    """A channel, and somebody who writes in it."""

    def __init__(self, owner: Person, channel: dict[str, Any]) -> None:
        self.owner = owner
        self.channel_id: str = channel["id"]
        self.path = f"/channels/{channel['guild_id']}/{channel['id']}"

    async def contents(self) -> list[str]:
        said = await self.owner.get(f"/channels/{self.channel_id}/messages")
        return [message["content"] for message in reversed(said)]

    async def holds(self, *contents: str) -> None:
        async def is_so() -> bool:
            return await self.contents() == list(contents)

        await until(is_so)


async def room(server: Server) -> Room:
    owner = await server.person()
    guild = await owner.guild("Harbour")
    return Room(owner, await owner.channel(guild["id"], "quay"))


def text(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Message #quay")


def article(page: Page, content: str) -> Locator:
    return page.get_by_role("log").get_by_text(content, exact=True)


async def write(page: Page, *contents: str) -> None:
    for content in contents:
        await text(page).fill(content)
        await text(page).press("Enter")


async def opened(page: Page, place: Room) -> Page:
    await page.goto(place.path)
    await expect(text(page)).to_be_visible()
    return page


async def test_ux_026_a_message_is_seen_at_once_and_once(open_page: Open, server: Server) -> None:
    place = await room(server)
    page = await opened(await open_page(place.owner), place)
    held = await Held.on(page, "**/messages")
    await write(page, "ahoy")
    await expect(article(page, "ahoy")).to_be_visible()
    assert await place.contents() == []
    await held.came()
    await held.let_go()
    await place.holds("ahoy")
    await expect(article(page, "ahoy")).to_have_count(1)


async def test_ux_026_a_lost_answer_is_asked_for_again_and_nothing_is_twice(
    open_page: Open, server: Server
) -> None:
    place = await room(server)
    page = await opened(await open_page(place.owner), place)
    asked: list[Any] = []

    async def lose(route: Route) -> None:
        if route.request.method != "POST":
            return await route.continue_()
        asked.append(json.loads(route.request.post_data or "{}")["nonce"])
        if len(asked) == 1:
            await route.fetch()
            return await route.abort()
        return await route.continue_()

    await page.route("**/messages", lose)
    await write(page, "once")
    await place.holds("once")
    await expect(article(page, "once")).to_have_count(1)
    await page.wait_for_timeout(1500)
    assert await place.contents() == ["once"]
    assert len(set(asked)) == 1


async def test_ux_077_what_is_written_offline_is_sent_in_order_and_once(
    open_page: Open, server: Server
) -> None:
    place = await room(server)
    page = await opened(await open_page(place.owner), place)
    await page.context.set_offline(True)
    await write(page, "one", "two", "three")
    await expect(page.get_by_role("log").get_by_text("Waits to be sent.")).not_to_have_count(0)
    await page.context.set_offline(False)
    await place.holds("one", "two", "three")
    for content in ("one", "two", "three"):
        await expect(article(page, content)).to_have_count(1)


async def test_ux_077_it_waits_through_a_reload(open_page: Open, server: Server) -> None:
    place = await room(server)
    page = await opened(await open_page(place.owner), place)
    away = True

    async def cut(route: Route) -> None:
        if away and route.request.method == "POST":
            await route.abort()
        else:
            await route.continue_()

    await page.route("**/messages", cut)
    await write(page, "before", "the reload")
    await page.reload()
    await expect(article(page, "the reload")).to_be_visible()
    assert await place.contents() == []
    away = False
    await page.evaluate("window.dispatchEvent(new Event('online'))")
    await place.holds("before", "the reload")


async def test_ux_077_of_two_tabs_one_sends(open_page: Open, server: Server) -> None:
    place = await room(server)
    one = await opened(await open_page(place.owner), place)
    other = await opened(await one.context.new_page(), place)
    await one.context.set_offline(True)
    await write(one, "from one")
    await expect(article(other, "from one")).to_be_visible()
    await write(other, "from the other")
    await expect(article(one, "from the other")).to_be_visible()
    await one.context.set_offline(False)
    await place.holds("from one", "from the other")
    for page in (one, other):
        await expect(article(page, "from one")).to_have_count(1)
        await expect(article(page, "from the other")).to_have_count(1)
        await expect(page.get_by_text("Waits to be sent.")).to_have_count(0)


async def test_ux_026_what_is_refused_says_why_and_is_tried_again(
    open_page: Open, server: Server
) -> None:
    place = await room(server)
    page = await opened(await open_page(place.owner), place)
    refusal = {"message": "Not now.", "code": 0}

    async def refuse(route: Route) -> None:
        if route.request.method == "POST":
            await route.fulfill(status=403, json=refusal)
        else:
            await route.continue_()

    await page.route("**/messages", refuse)
    await write(page, "stubborn", "unwanted")
    failed = page.get_by_role("log").get_by_role("alert").filter(has_text="Not now.")
    await expect(failed).to_have_count(2)
    await failed.last.get_by_role("button", name="Discard").click()
    await expect(article(page, "unwanted")).to_have_count(0)
    await page.unroute("**/messages")
    await failed.get_by_role("button", name="Try again").click()
    await place.holds("stubborn")
    await expect(failed).to_have_count(0)
    await expect(article(page, "stubborn")).to_have_count(1)
