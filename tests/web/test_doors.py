"""The screens before the house: sign in, register, first start, invites."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.server import Server
from tests.web.conftest import PASSWORD, Open, invite_to

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

GUESS = """async guess => {
    const headers = {"content-type": "application/json"}
    const init = {method: "POST", body: JSON.stringify(guess), headers}
    for (let tries = 0; tries < 100; tries++)
        if ((await fetch("/api/v10/auth/login", init)).status === 429) return true
    return false
}"""


async def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    await page.get_by_label("User name or e-mail").fill(name)
    await page.get_by_label("Password", exact=True).fill(password)
    await page.get_by_role("button", name="Sign in").click()


async def test_the_owner_link_makes_the_owner_and_a_first_server(
    open_page: Open, own_server: Server
) -> None:
    page = await open_page(url=own_server.url)
    await page.goto(own_server.setup_url)
    await expect(page.get_by_role("heading", name="Make this place yours.")).to_be_focused()
    await page.get_by_label("User name").fill("mirela")
    await page.get_by_label("Display name").fill("Mirela")
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Make the owner account").click()
    await expect(page.get_by_role("heading", name="Who may come in?")).to_be_visible()
    assert "token" not in page.url
    await page.get_by_label("Name of this place").fill("Longwave")
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("heading", name="Where do backups go?")).to_be_focused()
    await page.get_by_label("Where to?").fill("/dev/null/nowhere")
    await expect(page.get_by_label("How often?")).to_have_value("daily")
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_text("None can be kept there")).to_be_visible()
    await page.get_by_label("Where to?").fill(str(own_server.data / "safe"))
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("heading", name="Your instance is ready.")).to_be_visible()
    await page.get_by_label("Name of the server").fill("Longwave Club")
    await page.get_by_role("button", name="Create the server").click()
    await expect(page.get_by_role("heading", name="Who comes first?")).to_be_visible()
    link = await page.get_by_role("region", name="Invite link").inner_text()
    await page.get_by_role("button", name="Go in").click()
    await expect(page.get_by_role("heading", name="Longwave Club")).to_be_visible()
    await expect(page.get_by_role("link", name="ideas")).to_be_visible()
    guest = await open_page(url=own_server.url)
    await guest.goto(link)
    await expect(guest.get_by_role("heading", name="Longwave Club")).to_be_visible()


async def test_a_spent_owner_link_says_so(open_page: Open) -> None:
    page = await open_page()
    await page.goto("/setup?token=spent")
    await page.get_by_label("User name").fill("late")
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Make the owner account").click()
    await expect(page.get_by_text("This owner link is not valid.")).to_be_visible()


async def test_the_setup_page_without_a_token_says_where_the_link_is(open_page: Open) -> None:
    page = await open_page()
    await page.goto("/setup")
    await expect(page.get_by_role("heading", name="The owner link is missing.")).to_be_visible()


async def test_a_newcomer_makes_an_account_and_is_in(open_page: Open) -> None:
    page = await open_page()
    await page.goto("/")
    await page.get_by_role("link", name="Make an account").click()
    await expect(page.get_by_role("heading", name="Pull up a chair.")).to_be_visible()
    await page.get_by_label("User name").fill("newcomer")
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Make the account").click()
    await expect(page.get_by_role("button", name="Add a server")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("button", name="Add a server")).to_be_visible()


async def test_a_taken_name_is_told_at_its_field(open_page: Open, server: Server) -> None:
    await server.person("taken")
    page = await open_page()
    await page.goto("/register")
    await page.get_by_label("User name").fill("taken")
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Make the account").click()
    name = page.get_by_label("User name")
    await expect(name).to_be_focused()
    await expect(name).to_have_accessible_description(
        "Somebody here has this name. Try another one."
    )


async def test_a_short_password_is_told_at_its_field(open_page: Open) -> None:
    page = await open_page()
    await page.goto("/register")
    await page.get_by_label("User name").fill("short")
    await page.get_by_label("Password", exact=True).fill("x")
    await page.get_by_role("button", name="Make the account").click()
    await expect(page.get_by_label("Password", exact=True)).to_have_attribute(
        "aria-invalid", "true"
    )


async def test_a_wrong_password_lets_nobody_in(open_page: Open, server: Server) -> None:
    await server.person("careful")
    page = await open_page()
    await page.goto("/login")
    await sign_in(page, "careful", "wrong password")
    await expect(page.get_by_label("User name or e-mail")).to_have_attribute("aria-invalid", "true")
    await sign_in(page, "careful")
    await expect(page.get_by_role("button", name="Add a server")).to_be_visible()


async def test_too_many_tries_show_the_wait(open_page: Open, strict_server: Server) -> None:
    page = await open_page(url=strict_server.url)
    await page.goto("/login")
    assert await page.evaluate(GUESS, {"login": "guessed", "password": "wrong password"})
    await sign_in(page, "guessed")
    await expect(page.get_by_text("Too many tries.")).to_be_visible()
    await expect(page.get_by_role("button", name="Wait")).to_be_disabled()


async def test_the_page_that_was_asked_for_opens_after_signing_in(
    open_page: Open, server: Server
) -> None:
    await server.person("direct")
    page = await open_page()
    await page.goto("/settings/account")
    await sign_in(page, "direct")
    await expect(page.get_by_role("heading", name="Account and sign-in")).to_be_visible()


async def test_an_invite_takes_a_newcomer_in(open_page: Open, server: Server) -> None:
    host = await server.person("host")
    code = await invite_to(host, "Field Notes")
    page = await open_page()
    await page.goto(f"/invite/{code}")
    await expect(page.get_by_role("heading", name="Field Notes")).to_be_visible()
    await expect(page.get_by_text("host invited you to")).to_be_visible()
    await expect(page.get_by_text("1 member", exact=True)).to_be_visible()
    await page.get_by_label("User name").fill("guest")
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Join Field Notes").click()
    await expect(page.get_by_role("heading", name="Field Notes")).to_be_visible()
    await expect(page).to_have_url(re.compile("/channels/"))


async def test_an_invite_takes_somebody_with_an_account_in(open_page: Open, server: Server) -> None:
    host = await server.person("host2")
    code = await invite_to(host, "Night Shift")
    await server.person("regular")
    page = await open_page()
    await page.goto(f"/invite/{code}")
    await page.get_by_role("button", name="I have an account here").click()
    await page.get_by_label("User name or e-mail").fill("regular")
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Join Night Shift").click()
    await expect(page.get_by_role("heading", name="Night Shift")).to_be_visible()


async def test_an_invite_takes_whoever_is_signed_in(open_page: Open, server: Server) -> None:
    host = await server.person("host3")
    code = await invite_to(host, "Day Shift")
    page = await open_page(await server.person("signed"))
    await page.goto(f"/invite/{code}")
    await expect(page.get_by_text("You are signed in as signed.")).to_be_visible()
    await page.get_by_role("button", name="Join Day Shift").click()
    await expect(page.get_by_role("heading", name="Day Shift")).to_be_visible()


async def test_a_dead_invite_says_so(open_page: Open) -> None:
    page = await open_page()
    await page.goto("/invite/nothing")
    await expect(page.get_by_role("heading", name="This invite leads nowhere.")).to_be_visible()


async def test_an_unknown_address_leads_back(open_page: Open) -> None:
    page = await open_page()
    await page.goto("/nowhere")
    await page.get_by_role("link", name="Go to the start").click()
    await expect(page.get_by_role("heading", name="Good to see you.")).to_be_visible()


async def test_a_browser_in_german_reads_german(open_page: Open) -> None:
    page = await open_page(locale="de-AT")
    await page.goto("/")
    await expect(page.get_by_role("heading", name="Schön, dich zu sehen.")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "de")


async def test_a_server_that_is_away_is_told_and_asked_again(
    open_page: Open, server: Server
) -> None:
    page = await open_page(await server.person("patient"))
    await page.route("**/api/**", lambda route: route.abort())
    await page.goto("/")
    await expect(page.get_by_role("heading", name="The server does not answer.")).to_be_visible()
    await page.unroute("**/api/**")
    await page.get_by_role("button", name="Try again").click()
    await expect(page.get_by_role("button", name="Add a server")).to_be_visible()
