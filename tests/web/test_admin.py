"""The console of those who run the instance, and the queue of reports."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.api import Person
from tests.server import Server
from tests.web.conftest import PASSWORD, Open, violations

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PAGES = ("overview", "users", "registration", "reports", "backups", "jobs", "log", "limits")


@pytest_asyncio.fixture
async def owner(own_server: Server) -> AsyncIterator[Person]:
    """Who owns the instance."""
    yield await own_server.person("keeper", setup_token=own_server.setup_token)


async def test_ux_142_the_console_shows_all_and_is_accessible(
    open_page: Open, own_server: Server, owner: Person
) -> None:
    page = await open_page(owner, url=own_server.url)
    await page.goto("/settings/account")
    await page.get_by_role("link", name="Console").click()
    await expect(page).to_have_url(f"{own_server.url}/admin/overview")
    for name in PAGES:
        await page.goto(f"/admin/{name}")
        await expect(page.get_by_role("heading", level=1)).to_be_attached()
        await page.wait_for_load_state("networkidle")
        assert await violations(page) == [], name
    await page.goto("/admin/overview")
    await expect(page.get_by_text("PostgreSQL")).to_be_visible()


async def test_ux_142_an_account_is_found_shut_out_and_let_in_again(
    open_page: Open, own_server: Server, owner: Person
) -> None:
    guest = await own_server.person("noisy")
    page = await open_page(owner, url=own_server.url)
    await page.goto("/admin/users")
    await page.get_by_role("searchbox", name="Name or address").fill("nois")
    await expect(page.get_by_text("1 account", exact=True)).to_be_visible()
    await page.get_by_role("button", name="What can be done with noisy").click()
    await page.get_by_role("menuitem", name="Disable").click()
    await expect(page.get_by_text("Disabled", exact=True).last).to_be_visible()
    assert (await guest.call("GET", "/users/@me")).status == 401
    await page.get_by_role("button", name="What can be done with noisy").click()
    await page.get_by_role("menuitem", name="Enable").click()
    await expect(page.locator("li .tag")).to_have_count(0)
    await own_server.guest.post("/auth/login", {"login": "noisy", "password": PASSWORD})
    await page.get_by_role("link", name="Log").click()
    rows = page.get_by_role("main").get_by_role("listitem")
    await expect(rows.first).to_contain_text("keeper · Enabled the account · noisy")
    await expect(rows.nth(1)).to_contain_text("keeper · Disabled the account · noisy")


async def test_ux_139_who_may_come_in_is_chosen_and_codes_are_made(
    open_page: Open, own_server: Server, owner: Person
) -> None:
    page = await open_page(owner, url=own_server.url)
    await page.goto("/admin/registration")
    await page.get_by_role("radio", name="People with a code").check()
    await page.get_by_role("button", name="New code").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Who is it for?").fill("the choir")
    await dialog.get_by_role("button", name="Make the code").click()
    code = await page.get_by_role("region", name="the choir").inner_text()
    facts = await own_server.guest.get("/instance")
    assert facts["registration"] == "codes"
    body = {"username": "alto", "password": PASSWORD, "registration_code": code}
    await own_server.guest.post("/auth/register", body)


async def test_ux_133_a_report_is_settled_by_deleting_what_was_said(
    open_page: Open, own_server: Server, owner: Person
) -> None:
    guild = await owner.guild("Harbour")
    channels = await owner.get(f"/guilds/{guild['id']}/channels")
    channel = next(channel["id"] for channel in channels if channel["type"] == 0)
    rude, hurt = await own_server.person("rude"), await own_server.person("hurt")
    for person in (rude, hurt):
        await owner.bring(person, channel)
    said = await rude.say(channel, "Something nasty")
    report = {"kind": "message", "channel_id": channel, "message_id": said["id"]}
    await hurt.post("/reports", {**report, "reason": "harassment", "text": "Please look"})
    page = await open_page(owner, url=own_server.url)
    await page.goto("/admin/reports")
    card = page.get_by_role("article", name="Report about rude")
    await expect(card).to_contain_text("Something nasty")
    await card.get_by_role("button", name="Decide").click()
    await page.get_by_role("radio", name="Delete the message").check()
    await page.get_by_role("dialog").get_by_role("button", name="Settle").click()
    await expect(page.get_by_text("Nothing was reported.")).to_be_visible()
    gone = await owner.call("GET", f"/channels/{channel}/messages/{said['id']}")
    assert gone.status == 404
    await page.get_by_role("radio", name="Settled").click()
    await expect(page.get_by_text("The message was deleted")).to_be_visible()
