"""Oneself: how one is seen, what one says, and being away."""

from typing import Any, Final

import pytest
from playwright.async_api import Page, expect

from tests.api import Person
from tests.gateway import Gateway
from tests.nouns.circles import friends
from tests.nouns.test_presences import online
from tests.server import Server
from tests.web.conftest import Open, violations

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

HOME: Final = "/channels/@me"
TEN_MINUTES_MS: Final = 600_000


async def choose(page: Page, status: str) -> None:
    await page.get_by_role("button", name="Change your status").click()
    await page.get_by_role("menuitemcheckbox", name=status).click()


async def seen(gateway: Gateway, person: Person, status: str) -> Any:
    """Wait until a friend is told that somebody is so."""
    dispatch = await gateway.expect(
        "PRESENCE_UPDATE",
        lambda data: data["user"]["id"] == person.id and data["status"] == status,
    )
    return dispatch.data


async def test_ux_011_one_sees_oneself_and_the_way_to_the_settings(
    open_page: Open, server: Server
) -> None:
    ann = await server.person(global_name="Ann")
    guild = await ann.guild()
    page = await open_page(ann)
    for path in (HOME, f"/channels/{guild['id']}"):
        await page.goto(path)
        await expect(
            page.get_by_role("button", name="Ann, Online. Change your status")
        ).to_be_visible()
        await expect(page.get_by_role("button", name="Settings", exact=True)).to_be_visible()


async def test_ux_093_a_status_is_chosen_and_others_see_it(open_page: Open, server: Server) -> None:
    ann, bob = await friends(server, 2)
    page = await open_page(ann)
    async with online(server, bob) as gateway:
        await page.goto(HOME)
        await seen(gateway, ann, "online")
        for label, status in (
            ("Do not disturb", "dnd"),
            ("Idle", "idle"),
            ("Invisible", "offline"),
        ):
            await choose(page, label)
            await seen(gateway, ann, status)
        await expect(page.get_by_role("button", name="Offline. Change your status")).to_be_visible()
        await choose(page, "Online")
        await seen(gateway, ann, "online")
    assert (await ann.get("/users/@me/settings"))["status"] == "online"


async def test_ux_093_a_custom_status_with_an_end(open_page: Open, server: Server) -> None:
    ann, bob = await friends(server, 2)
    page = await open_page(ann)
    async with online(server, bob) as gateway:
        await page.goto(HOME)
        await page.get_by_role("button", name="Change your status").click()
        await page.get_by_role("menuitem", name="Set a custom status").click()
        dialog = page.get_by_role("dialog")
        assert await violations(page) == []
        await dialog.get_by_role("button", name="Choose an emoji").click()
        await page.get_by_role("searchbox", name="Find an emoji").fill("fire")
        await page.keyboard.press("Enter")
        await expect(dialog.get_by_role("button", name="Choose an emoji")).to_have_text("🔥")
        await dialog.get_by_label("Status").fill("soldering")
        await dialog.get_by_label("Clear after").select_option("4 hours")
        await dialog.get_by_role("button", name="Save").click()
        await expect(
            page.get_by_role("button", name="Online, 🔥 soldering. Change")
        ).to_be_visible()
        said = await gateway.expect("PRESENCE_UPDATE", lambda data: data["activities"])
        [words] = said.data["activities"]
        assert (words["state"], words["emoji"]["name"]) == ("soldering", "🔥")
    assert (await ann.get("/users/@me/settings"))["custom_status"]["expires_at"] is not None
    await page.get_by_role("button", name="Change your status").click()
    await page.get_by_role("menuitem", name="Clear custom status").click()
    await expect(page.get_by_role("button", name="Online. Change your status")).to_be_visible()


async def test_ux_093_who_does_nothing_for_ten_minutes_is_idle(
    open_page: Open, server: Server
) -> None:
    ann, bob = await friends(server, 2)
    page = await open_page(ann)
    await page.clock.install()
    async with online(server, bob) as gateway:
        await page.goto(HOME)
        await expect(page.get_by_role("button", name="Change your status")).to_be_visible()
        await seen(gateway, ann, "online")
        await page.clock.fast_forward(TEN_MINUTES_MS)
        await page.clock.fast_forward(1000)
        await seen(gateway, ann, "idle")
        await page.mouse.move(300, 300)
        await seen(gateway, ann, "online")


async def test_presence_is_the_same_in_two_browsers(open_page: Open, server: Server) -> None:
    ann, bob = await friends(server, 2)
    mine, theirs = await open_page(ann), await open_page(bob)
    await mine.goto(HOME)
    await theirs.goto(HOME)
    who = mine.get_by_role("listitem").filter(has_text=str(bob.user["username"]))
    await expect(who.get_by_text("Online")).to_be_visible()
    await choose(theirs, "Do not disturb")
    await expect(who.get_by_text("Do not disturb")).to_be_visible()
    await theirs.context.close()
    await expect(mine.get_by_role("heading", name="Nobody is here right now.")).to_be_visible()
