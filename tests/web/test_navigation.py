"""Servers and channels: what waits behind them, how they are put in order, and where one is."""

from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.api import Person
from tests.patience import until
from tests.server import Server
from tests.web.conftest import Open
from tests.web.holding import Held

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def house(owner: Person, name: str = "Lighthouse") -> tuple[dict[str, Any], dict[str, str]]:
    """A server with a category of three channels, by name."""
    guild = await owner.guild(name)
    tower = await owner.channel(guild["id"], "Tower", type=4)
    rooms = {
        room: (await owner.channel(guild["id"], room, parent_id=tower["id"]))["id"]
        for room in ("lamp", "log", "stairs")
    }
    return guild, {**rooms, "Tower": tower["id"]}


def servers(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Servers")


def channels(page: Page) -> Locator:
    return page.get_by_role("region", name="Channels", exact=True)


async def carry(page: Page, what: Locator, to: Locator, *, share: float = 0.5) -> None:
    """Take something up and put it down at that share of the height of something else."""
    can_be = "it => it.closest('[draggable=true]') !== null"
    await until(lambda: what.evaluate(can_be))
    start, end = await what.bounding_box(), await to.bounding_box()
    assert start is not None
    assert end is not None
    x, y = end["x"] + end["width"] / 2, end["y"] + end["height"] * share
    await page.mouse.move(start["x"] + 12, start["y"] + start["height"] / 2)
    await page.mouse.down()
    await page.mouse.move(x, y - 8, steps=4)
    await page.mouse.move(x, y, steps=4)
    frames = "new Promise(then => requestAnimationFrame(() => requestAnimationFrame(then)))"
    await page.evaluate(frames)
    await page.mouse.up()


async def rest(page: Page, what: Locator) -> None:
    """A finger that rests on something, and is lifted again."""
    box = await what.bounding_box()
    assert box is not None
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    session = await page.context.new_cdp_session(page)
    await session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    await page.wait_for_timeout(700)
    await session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    await session.detach()


async def swipe(page: Page, way: int) -> None:
    """A finger that moves so far along the line."""
    session = await page.context.new_cdp_session(page)
    start, y = (40, 300) if way > 0 else (350, 300)
    for kind, x in (
        ("touchStart", start),
        *(("touchMove", start + way * step // 12) for step in range(1, 13)),
    ):
        touched = {"type": kind, "touchPoints": [{"x": x, "y": y}]}
        await session.send("Input.dispatchTouchEvent", touched)
    await session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    await session.detach()


async def stands(page: Page, *names: str) -> bool:
    """Whether the channels of the category are in that order."""
    links = channels(page).get_by_role("region", name="Tower").get_by_role("link")
    labels = await links.evaluate_all("all => all.map(it => it.getAttribute('aria-label'))")
    return [label.split(",")[0] for label in labels] == list(names)


async def test_ux_002_a_server_says_what_waits_in_it(server: Server, open_page: Open) -> None:
    owner, guest = await server.person(), await server.person()
    guild, rooms = await house(owner)
    await owner.bring(guest, rooms["lamp"])
    page = await open_page(guest)
    await page.goto("/channels/@me")
    await expect(servers(page).get_by_role("link", name="Lighthouse", exact=True)).to_be_visible()
    await owner.say(rooms["log"], "the sea is calm")
    await expect(servers(page).get_by_role("link", name="Lighthouse, unread")).to_be_visible()
    await owner.say(rooms["log"], f"<@{guest.id}> come up")
    calls = servers(page).get_by_role("link", name="Lighthouse, 1 mention")
    await expect(calls).to_be_visible()
    await expect(page).to_have_title("(1) Friends · Rift", timeout=10_000)
    await calls.click()
    await channels(page).get_by_role("link", name="log, 1 mention").click()
    await expect(channels(page).get_by_role("link", name="log", exact=True)).to_be_visible()
    assert guild["id"] in page.url


async def test_ux_003_one_server_dropped_on_another_makes_a_folder(
    server: Server, open_page: Open
) -> None:
    owner = await server.person()
    for name in ("Kiln", "Loom", "Anvil"):
        await owner.guild(name)
    page = await open_page(owner)
    await page.goto("/channels/@me")
    kiln, loom = (servers(page).get_by_role("link", name=name) for name in ("Kiln", "Loom"))
    await expect(kiln).to_be_visible()
    await carry(page, kiln, loom)
    folder = servers(page).get_by_role("button", name="Folder")
    await expect(folder).to_have_accessible_name("Folder Loom, Kiln")
    await folder.click(button="right")
    await page.get_by_role("menuitem", name="Edit folder").click()
    await page.get_by_label("Name of the folder").fill("Crafts")
    await page.get_by_role("button", name="Save").click()
    await expect(folder).to_have_accessible_name("Folder Crafts")
    # On another device it is the same.
    other = await open_page(owner)
    await other.goto("/channels/@me")
    there = servers(other).get_by_role("button", name="Folder Crafts")
    await there.click()
    await expect(servers(other).get_by_role("link", name="Kiln")).to_be_visible()


async def test_ux_004_channels_are_put_in_order_by_pointer_and_by_keys(
    server: Server, open_page: Open
) -> None:
    owner = await server.person()
    guild, rooms = await house(owner)
    page = await open_page(owner)
    await page.goto(f"/channels/{guild['id']}/{rooms['lamp']}")
    lamp, stairs = (
        channels(page).get_by_role("link", name=name, exact=True) for name in ("lamp", "stairs")
    )
    await expect(stairs).to_be_visible()
    await carry(page, stairs, lamp, share=0.15)
    await until(lambda: stands(page, "stairs", "lamp", "log"))
    await lamp.focus()
    await page.keyboard.press("Control+Shift+ArrowDown")
    await until(lambda: stands(page, "stairs", "log", "lamp"))
    await stairs.click(button="right")
    await page.get_by_role("menuitem", name="Move down").click()
    await until(lambda: stands(page, "log", "stairs", "lamp"))
    kept = {it["name"]: it["position"] for it in await owner.get(f"/guilds/{guild['id']}/channels")}
    assert kept["log"] < kept["stairs"] < kept["lamp"]


async def test_ux_005_a_folded_category_still_shows_what_is_new(
    server: Server, open_page: Open
) -> None:
    owner, guest = await server.person(), await server.person()
    guild, rooms = await house(owner)
    await owner.bring(guest, rooms["lamp"])
    page = await open_page(guest)
    await page.goto(f"/channels/{guild['id']}/{rooms['lamp']}")
    await channels(page).get_by_role("button", name="Tower").click()
    await expect(channels(page).get_by_role("link", name="stairs")).to_have_count(0)
    await owner.say(rooms["stairs"], "mind the third one")
    await expect(channels(page).get_by_role("link", name="stairs, unread")).to_be_visible()
    await page.reload()
    await expect(channels(page).get_by_role("button", name="Tower")).to_have_attribute(
        "aria-expanded", "false"
    )


async def test_ux_008_every_place_has_an_address(server: Server, open_page: Open) -> None:
    owner = await server.person()
    guild, rooms = await house(owner)
    page = await open_page(owner)
    await page.goto(f"/channels/{guild['id']}/{rooms['lamp']}")
    await channels(page).get_by_role("link", name="log", exact=True).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("log")
    await page.go_back()
    await expect(page.get_by_role("heading", level=1)).to_have_text("lamp")
    await page.go_forward()
    await page.reload()
    await expect(page.get_by_role("heading", level=1)).to_have_text("log")


async def test_ux_008_a_screen_stays_as_it_was_until_the_next_one_is_here(
    server: Server, open_page: Open
) -> None:
    owner = await server.person()
    guild, rooms = await house(owner)
    page = await open_page(owner)
    settings = await Held.on(page, "**/assets/Settings-*.js")
    place = f"{server.url}/channels/{guild['id']}/{rooms['log']}"
    await page.goto(place)
    await page.get_by_role("button", name="Settings").click()
    await expect(page).to_have_url(f"{server.url}/settings/account")
    await settings.came()
    await expect(page.get_by_role("heading", level=1)).to_have_text("log")
    await expect(channels(page)).to_be_visible()
    await settings.let_go()
    await expect(page.get_by_role("heading", name="Account")).to_be_visible()
    await page.go_back()
    await expect(page).to_have_url(place)
    await expect(page.get_by_role("heading", level=1)).to_have_text("log")


async def test_ux_009_a_server_opens_where_one_was(server: Server, open_page: Open) -> None:
    owner = await server.person()
    guild, rooms = await house(owner)
    await owner.guild("Elsewhere")
    page = await open_page(owner)
    await page.goto(f"/channels/{guild['id']}/{rooms['stairs']}")
    await servers(page).get_by_role("link", name="Elsewhere").click()
    await expect(page.get_by_role("heading", name="Elsewhere")).to_be_visible()
    await servers(page).get_by_role("link", name="Lighthouse").click()
    await expect(page).to_have_url(f"{server.url}/channels/{guild['id']}/{rooms['stairs']}")


async def test_ux_148_f6_goes_from_region_to_region(server: Server, open_page: Open) -> None:
    owner = await server.person()
    guild, rooms = await house(owner)
    page = await open_page(owner)
    await page.goto(f"/channels/{guild['id']}/{rooms['lamp']}")
    await servers(page).get_by_role("link", name="Lighthouse").focus()
    inside = "name => document.activeElement.closest('[data-region]')?.getAttribute('aria-label')"
    met = []
    for _ in range(4):
        met.append(await page.evaluate(inside))
        await page.keyboard.press("F6")
    assert met == ["Servers", "Channels", None, "Members"]
    assert await page.evaluate(inside) == "Servers"


async def test_ux_153_a_phone_has_three_panes_side_by_side(server: Server, open_page: Open) -> None:
    owner = await server.person()
    guild, rooms = await house(owner)
    page = await open_page(owner, **PHONE)
    await page.goto(f"/channels/{guild['id']}/{rooms['lamp']}")
    heading = page.get_by_role("heading", level=1)
    await expect(heading).to_be_in_viewport()
    await page.get_by_role("button", name="Servers and channels").click()
    await expect(servers(page)).to_be_in_viewport()
    await channels(page).get_by_role("link", name="log", exact=True).click()
    await expect(heading).to_have_text("log")
    await expect(heading).to_be_in_viewport(ratio=0.9)
    await page.get_by_role("button", name="Members").click()
    await expect(page.get_by_role("complementary", name="Members")).to_be_in_viewport()


async def test_ux_153_fingers_swipe_between_panes_and_rest_for_menus(
    server: Server, open_page: Open
) -> None:
    owner = await server.person()
    guild, rooms = await house(owner)
    await owner.say(rooms["lamp"], "the lamp is lit")
    page = await open_page(owner, **PHONE)
    await page.goto(f"/channels/{guild['id']}/{rooms['lamp']}")
    said = page.get_by_role("article").filter(has_text="the lamp is lit")
    await rest(page, said)
    sheet = page.get_by_role("menu")
    await expect(sheet.get_by_role("menuitem", name="Reply")).to_be_in_viewport()
    await page.keyboard.press("Escape")
    await expect(sheet).to_have_count(0)
    await swipe(page, 300)
    await expect(servers(page)).to_be_in_viewport(ratio=0.9)
    await rest(page, channels(page).get_by_role("link", name="log", exact=True))
    await expect(sheet.get_by_role("menuitem", name="Edit log")).to_be_in_viewport()
    await expect(page.get_by_role("heading", level=1)).to_have_text("lamp")
    await page.keyboard.press("Escape")
    await swipe(page, -300)
    await expect(page.get_by_role("heading", level=1)).to_be_in_viewport(ratio=0.9)
    await swipe(page, -300)
    await expect(page.get_by_role("complementary", name="Members")).to_be_in_viewport(ratio=0.9)
