"""The portal of those who write bots."""

import pytest
from playwright.async_api import expect

from tests.server import Server
from tests.web.conftest import Open, violations

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_ux_137_a_bot_is_made_and_its_token_is_shown_once(
    open_page: Open, server: Server
) -> None:
    page = await open_page(await server.person("tinkerer"))
    await page.goto("/developers")
    await page.get_by_role("button", name="Create a bot").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Name").fill("barometer")
    await dialog.get_by_role("button", name="Create a bot").click()
    token = await page.get_by_role("region", name="Token of barometer").inner_text()
    bot = server.guest.with_token(f"Bot {token}")
    assert (await bot.get("/users/@me"))["username"] == "barometer"
    await page.reload()
    await expect(page.get_by_role("button", name="New token for barometer")).to_be_visible()
    await expect(page.get_by_role("region", name="Token of barometer")).to_have_count(0)


async def test_ux_137_a_bot_is_allowed_to_read_what_people_write(
    open_page: Open, server: Server
) -> None:
    owner = await server.person("permitter")
    bot = await owner.post("/applications", {"name": "reader"})
    page = await open_page(owner)
    await page.goto(f"/developers/{bot['id']}/bot")
    switch = page.get_by_role("switch", name="What people write")
    await expect(switch).to_have_attribute("aria-checked", "false")
    await switch.click()
    await expect(switch).to_have_attribute("aria-checked", "true")
    await page.reload()
    await expect(switch).to_have_attribute("aria-checked", "true")


async def test_a_new_token_cuts_the_old_one_off(open_page: Open, server: Server) -> None:
    owner = await server.person("rotator")
    bot = await owner.post("/applications", {"name": "spinner"})
    old = (await owner.post(f"/applications/{bot['id']}/bot/reset", {}))["token"]
    page = await open_page(owner)
    await page.goto(f"/developers/{bot['id']}/bot")
    await page.get_by_role("button", name="New token for spinner").click()
    await page.get_by_role("dialog").get_by_role("button", name="Replace the token").click()
    new = await page.get_by_role("region", name="Token of spinner").inner_text()
    assert (await server.guest.with_token(f"Bot {old}").call("GET", "/users/@me")).status == 401
    assert (await server.guest.with_token(f"Bot {new}").call("GET", "/users/@me")).status == 200


async def test_ux_137_the_lines_for_each_library_name_this_place(
    open_page: Open, server: Server
) -> None:
    owner = await server.person("coder")
    bot = await owner.post("/applications", {"name": "scribe"})
    page = await open_page(owner)
    await page.goto(f"/developers/{bot['id']}/libraries")
    lines = page.get_by_role("region", name="Lines for discord.py")
    await expect(lines).to_contain_text(f'discord.http.Route.BASE = "{server.url}/api/v10"')
    lines = page.get_by_role("region", name="Lines for discord.js")
    await expect(lines).to_contain_text(f'api: "{server.url}/api"')
    lines = page.get_by_role("region", name="Lines for hikari")
    await expect(lines).to_contain_text(f'rest_url="{server.url}/api/v10"')


async def test_ux_137_a_link_is_put_together_from_what_the_bot_wants(
    open_page: Open, server: Server
) -> None:
    owner = await server.person("linker")
    bot = await owner.post("/applications", {"name": "usher"})
    page = await open_page(owner)
    await page.goto(f"/developers/{bot['id']}/consent")
    link = page.get_by_role("region", name="Link", exact=True)
    before = await link.inner_text()
    await page.get_by_role("checkbox", name="Ban members").check()
    await expect(link).not_to_have_text(before)
    await page.get_by_role("checkbox", name="identify").check()
    await expect(page.get_by_text("it needs an address to return to")).to_be_visible()


async def test_an_application_is_renamed_and_deleted(open_page: Open, server: Server) -> None:
    owner = await server.person("renamer")
    bot = await owner.post("/applications", {"name": "before"})
    page = await open_page(owner)
    await page.goto(f"/developers/{bot['id']}/general")
    await page.get_by_label("Name", exact=True).fill("after")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("button", name="Save")).to_have_count(0)
    assert (await owner.get(f"/applications/{bot['id']}"))["name"] == "after"
    await page.get_by_role("button", name="Delete the application").click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete the application").click()
    await expect(page.get_by_text("No bot yet.")).to_be_visible()
    assert await owner.get("/applications") == []


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=str)
async def test_ux_147_the_portal_is_accessible(
    open_page: Open, server: Server, size: tuple[int, int]
) -> None:
    owner = await server.person()
    bot = await owner.post("/applications", {"name": "inspected"})
    width, height = size
    page = await open_page(owner, viewport={"width": width, "height": height})
    for name in ("all", *(f"{bot['id']}/{page}" for page in PAGES)):
        await page.goto(f"/developers/{name}")
        await expect(page.get_by_role("heading", level=1)).to_be_attached()
        await page.wait_for_load_state("networkidle")
        assert await violations(page) == [], name
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


PAGES = ("general", "bot", "consent", "libraries")
