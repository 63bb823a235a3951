"""The page that asks whether an application may come in."""

from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.async_api import expect

from tests.server import Server
from tests.web.conftest import Open, violations

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TALK = 1024 | 2048 | 4


async def test_ux_137_a_bot_comes_in_with_what_is_left_ticked(
    open_page: Open, server: Server
) -> None:
    owner = await server.person("gatekeeper")
    guild = await owner.guild("Workshop")
    bot = await owner.post("/applications", {"name": "lathe"})
    page = await open_page(owner)
    await page.goto(f"/oauth2/authorize?client_id={bot['id']}&scope=bot&permissions={TALK}")
    await expect(page.get_by_role("heading", name="lathe asks to come in")).to_be_visible()
    assert await violations(page) == []
    await page.get_by_label("To which server?").select_option("Workshop")
    await page.get_by_role("checkbox", name="Ban members").uncheck()
    await page.get_by_role("button", name="Allow").click()
    await expect(page.get_by_role("heading", name="lathe is now in Workshop.")).to_be_visible()
    roles = await owner.get(f"/guilds/{guild['id']}/roles")
    [role] = [role for role in roles if role["name"] == "lathe"]
    assert int(role["permissions"]) == 1024 | 2048


async def test_ux_137_who_declines_lets_nobody_in(open_page: Open, server: Server) -> None:
    owner = await server.person("refuser")
    guild = await owner.guild("Quiet place")
    bot = await owner.post("/applications", {"name": "caller"})
    page = await open_page(owner)
    await page.goto(f"/oauth2/authorize?client_id={bot['id']}&scope=bot")
    await page.get_by_role("button", name="Deny").click()
    await expect(page.get_by_role("heading", name="caller")).to_have_count(0)
    members = await owner.get(f"/guilds/{guild['id']}/members?limit=10")
    assert len(members) == 1


async def test_ux_137_a_website_gets_its_code(open_page: Open, server: Server) -> None:
    owner = await server.person("surfer")
    back = f"{server.url}/mark.svg"
    bot = await owner.post("/applications", {"name": "site"})
    await owner.patch(f"/applications/{bot['id']}", {"redirect_uris": [back]})
    page = await open_page(owner)
    await page.goto(
        f"/oauth2/authorize?client_id={bot['id']}&scope=identify&response_type=code"
        f"&state=s1&redirect_uri={quote(back, safe='')}"
    )
    await expect(page.get_by_text("It learns your name and picture")).to_be_visible()
    await page.get_by_role("button", name="Allow").click()
    await page.wait_for_url(f"{back}**")
    query = parse_qs(urlsplit(page.url).query)
    assert query["state"] == ["s1"]
    assert query["code"]


async def test_a_link_that_names_nobody_says_so(open_page: Open, server: Server) -> None:
    page = await open_page(await server.person())
    await page.goto("/oauth2/authorize?scope=bot")
    await expect(page.get_by_role("heading", name="This link is not whole.")).to_be_visible()
    await page.goto("/oauth2/authorize?client_id=1&scope=bot")
    await expect(page.get_by_text("Unknown Application")).to_be_visible()
