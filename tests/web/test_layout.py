"""What stands where, and that it does for whoever looks at it otherwise."""

import itertools
import re
from typing import Any, Final

import pytest
from playwright.async_api import Page, expect

from tests.api import Person
from tests.server import Server
from tests.web.conftest import Open, violations

WIDTHS: Final = (1024, 1280, 1920, 2560)
RAIL_PX: Final = 72

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def lighthouse(owner: Person) -> tuple[str, dict[str, Any]]:
    """The way to a channel with a topic and some words in it."""
    guild = await owner.guild("Lighthouse")
    topic = "Who lights it, and when. " * 12
    lamp = await owner.channel(guild["id"], "lamp", topic=topic)
    await owner.say(lamp["id"], "the lamp is lit")
    return f"/channels/{guild['id']}/{lamp['id']}", lamp


async def test_ux_001_columns_stand_beside_one_another(server: Server, open_page: Open) -> None:
    owner = await server.person()
    path, _ = await lighthouse(owner)
    page = await open_page(owner)
    await page.goto(path)
    columns = (
        page.get_by_role("navigation", name="Servers"),
        page.get_by_role("region", name="Channels", exact=True),
        page.get_by_role("main"),
        page.get_by_role("complementary", name="Members"),
    )
    await expect(columns[-1]).to_be_visible()
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 900})
        # Where there is little room, the members come when they are asked for.
        shown = [it for it in columns if await it.count() > 0]
        assert len(shown) >= len(columns) - (width == min(WIDTHS))
        boxes = [await it.bounding_box() for it in shown]
        places = [(it["x"], it["x"] + it["width"]) for it in boxes if it is not None]
        assert places[0] == (0, RAIL_PX)
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(places))
        assert places[-1][1] <= width


async def test_ux_006_010_a_channel_says_in_its_row_and_header_what_belongs_to_it(
    server: Server, open_page: Open
) -> None:
    owner, guest = await server.person(), await server.person()
    path, lamp = await lighthouse(owner)
    log = await owner.channel(lamp["guild_id"], "log")
    await owner.channel(lamp["guild_id"], "foghorn", type=2)
    await owner.bring(guest, log["id"])
    page = await open_page(owner)
    await page.goto(path)
    rows = page.get_by_role("region", name="Channels", exact=True)
    await guest.say(log["id"], f"<@{owner.id}> a ship")
    await expect(rows.get_by_role("link", name="log, 1 mention")).to_contain_text("1")
    await rows.get_by_role("link", name="log, 1 mention").hover()
    for tool in ("Invite people to log", "Edit log"):
        await expect(rows.get_by_role("button", name=tool)).to_be_visible()
    drawn = "name => document.querySelector(`a[aria-label='${name}'] svg`).innerHTML"
    assert await page.evaluate(drawn, "foghorn") != await page.evaluate(drawn, "lamp")

    header = page.get_by_role("main").locator("header").first
    await expect(header.get_by_role("heading", name="lamp", level=1)).to_be_visible()
    for tool in ("Notifications", "Pinned messages", "Members", "Search", "Inbox"):
        name = re.compile(f"^{tool}")
        await expect(header.get_by_role("button", name=name)).to_be_visible()
    await header.get_by_role("button", name="Notifications").click()
    await page.get_by_role("menuitem", name="Mute").click()
    await page.get_by_role("menuitem", name="For an hour").click()
    await expect(rows.get_by_role("link", name="lamp, muted")).to_be_visible()
    await header.get_by_role("button", name=re.compile("Who lights it")).click()
    await expect(page.get_by_role("dialog")).to_contain_text("Who lights it")


async def test_ux_146_a_new_version_waits_until_it_is_asked_for(
    server: Server, open_page: Open
) -> None:
    owner = await server.person()
    path, _ = await lighthouse(owner)
    # Without the policy the test may register another address, as another build would.
    page = await open_page(owner, service_workers="allow", bypass_csp=True)
    await page.goto(path)
    await page.evaluate("async () => { await navigator.serviceWorker.ready }")
    await page.wait_for_function("navigator.serviceWorker.controller !== null")
    box = page.get_by_role("textbox", name="Message #lamp")
    await box.fill("half a sen")
    await page.evaluate("async () => { await navigator.serviceWorker.register('/worker.js?next') }")
    action = page.get_by_role("button", name="Reload")
    await expect(action).to_be_visible()
    await expect(box).to_have_value("half a sen")
    await page.evaluate("window.isOld = true")
    await action.click()
    await page.wait_for_function("window.isOld === undefined")
    await expect(box).to_have_value("half a sen")


async def test_ux_149_150_it_can_be_heard_and_is_calm_and_clear_for_who_wants_it_so(
    server: Server, open_page: Open
) -> None:
    owner, guest = await server.person(), await server.person()
    path, lamp = await lighthouse(owner)
    await owner.bring(guest, lamp["id"])
    page = await open_page(owner, forced_colors="active")
    await page.goto(path)
    log = page.get_by_role("log", name="Messages in lamp")
    said = log.get_by_role("article")
    name = re.compile(rf"^{owner.user['username']}, .*\d")
    await expect(said.first).to_have_accessible_name(name)
    await guest.say(lamp["id"], f"<@{owner.id}> well done")
    await expect(said.last).to_have_accessible_name(re.compile("mentions you$"))
    nameless = "all => all.filter(it => !(it.ariaLabel ?? it.title) && !it.innerText.trim()).length"
    assert await page.get_by_role("button").evaluate_all(nameless) == 0
    await refused(page)
    # What is marked by colour alone is marked by lines as well.
    assert await said.last.evaluate("it => getComputedStyle(it).borderInlineStartStyle") == "solid"
    await page.keyboard.press("Control+k")
    await expect(page.get_by_role("dialog")).to_be_visible()
    moving = "document.getAnimations().filter(it => it.playState === 'running').length"
    assert await page.evaluate(moving) == 0
    assert await violations(page, grave=True) == []


async def refused(page: Page) -> None:
    """What goes wrong is told where it is heard."""
    pins = re.compile(r"/messages/\d+/reactions/")
    await page.route(pins, lambda route: route.fulfill(status=500, body=""))
    message = page.get_by_role("log").get_by_role("article").first
    await message.hover()
    await message.get_by_role("button", name="React with 🔥").click()
    await expect(page.get_by_role("alert")).not_to_be_empty()
    await page.unroute(pins)
