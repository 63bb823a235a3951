"""The quick way to anywhere, in a browser."""

import pytest
from playwright.async_api import expect

from tests.server import Server
from tests.web.conftest import Open, violations
from tests.web.holding import Held

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_ux_079_a_few_letters_lead_anywhere(server: Server, open_page: Open) -> None:
    reader, friend = (
        await server.person(global_name="reader"),
        await server.person(global_name="junia"),
    )
    guild = await reader.guild("Longwave Club")
    made = {
        name: (await reader.channel(guild["id"], name))["id"]
        for name in ("antenna-builds", "receivers", "firmware")
    }
    await reader.channel(guild["id"], "Evening net", type=2)
    await reader.bring(friend, made["receivers"])
    page = await open_page(reader)
    await page.goto(f"/channels/{guild['id']}/{made['antenna-builds']}")
    await expect(page.get_by_role("heading", name="antenna-builds", level=1)).to_be_visible()
    await friend.say(made["firmware"], f"<@{reader.id}> the build is ready")
    await expect(page.get_by_role("link", name="firmware, 1 mention")).to_be_visible()

    await page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Where to")
    await expect(field).to_be_focused()
    options = page.get_by_role("option")
    await expect(options.first).to_contain_text("firmware")
    assert await violations(page, ".switcher") == []
    await field.fill("re")
    await expect(page.get_by_role("group", name="Unread")).to_contain_text("firmware")
    await expect(page.get_by_role("group", name="Places")).to_contain_text("receivers")
    await field.fill("rece")
    await expect(options.first).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="receivers", level=1)).to_be_visible()
    await expect(field).to_have_count(0)

    await page.keyboard.press("Control+k")
    await field.fill("!ev")
    await expect(options).to_have_count(1)
    await expect(options).to_contain_text("Evening net")
    await field.fill("*long")
    await expect(options.first).to_contain_text("Longwave Club")
    await field.fill("zzzz")
    await expect(page.get_by_text("No place has these letters.")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(field).to_have_count(0)


async def test_ux_079_what_is_typed_before_it_is_there_is_not_said_aloud(
    server: Server, open_page: Open
) -> None:
    reader = await server.person()
    guild = await reader.guild("Longwave Club")
    here, there = [await reader.channel(guild["id"], name) for name in ("antenna", "firmware")]
    page = await open_page(reader)
    switcher = await Held.on(page, "**/assets/Switcher-*.js")
    await page.goto(f"/channels/{guild['id']}/{here['id']}")
    box = page.get_by_role("textbox", name="Message #antenna")
    await expect(box).to_be_focused()
    await page.keyboard.press("Control+k")
    await page.keyboard.type("firm")
    await page.keyboard.press("Enter")
    await expect(box).to_have_value("")
    await switcher.came()
    await switcher.let_go()
    await expect(page.get_by_role("heading", name="firmware", level=1)).to_be_visible()
    assert await reader.get(f"/channels/{here['id']}/messages") == []
    assert await reader.get(f"/channels/{there['id']}/messages") == []


async def test_who_presses_twice_opens_one_dialog(server: Server, open_page: Open) -> None:
    page = await open_page(await server.person())
    await page.goto("/")
    await page.get_by_role("button", name="Add a server").dblclick()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_have_count(1)
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await page.get_by_role("button", name="Add a server").dblclick()
    await expect(dialog).to_have_count(1)


async def test_ux_087_commands_are_found_and_done(server: Server, open_page: Open) -> None:
    reader = await server.person(global_name="reader")
    await reader.guild("Longwave Club")
    page = await open_page(reader)
    await page.goto("/")
    await expect(page.get_by_role("navigation", name="Servers")).to_be_visible()
    await page.keyboard.press("Control+k")
    await page.get_by_role("combobox", name="Where to").fill(">light")
    await page.keyboard.press("Enter")
    await expect(page.locator("html")).to_have_attribute("data-theme", "light")
