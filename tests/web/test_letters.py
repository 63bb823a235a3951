"""The screens that letters lead to: a confirmed address, and a new password for a lost one."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import expect

from tests.mailbox import Mailbox, open_mailbox, posting_server, token_in
from tests.server import LIFTED, Server
from tests.web.conftest import Open, violations

NEW: Final = "an entirely different password"
SIZES: Final = ((1440, 900), (390, 844))

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.fixture
async def mailbox() -> AsyncIterator[Mailbox]:
    async with open_mailbox() as mailbox:
        yield mailbox


@pytest.fixture
async def office(database: str, tmp_path: Path, mailbox: Mailbox) -> AsyncIterator[Server]:
    """A server that sends mail."""
    where = {**LIFTED, "DATABASE_URL": database, **mailbox.environment}
    async with posting_server(tmp_path, where) as server:
        yield server


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_an_address_is_confirmed_and_brings_a_lost_password_back(
    open_page: Open, office: Server, mailbox: Mailbox, size: tuple[int, int]
) -> None:
    width, height = size
    page = await open_page(url=office.url, viewport={"width": width, "height": height})
    await office.person("ada", email="ada@example.org")
    await page.goto(f"/verify#token={token_in(await mailbox.letter(1))}")
    confirm = page.get_by_role("button", name="Confirm the address")
    await expect(confirm).to_be_visible()
    assert await violations(page) == []
    await confirm.click()
    await expect(page.get_by_role("heading", name="It is yours.")).to_be_focused()
    await page.goto("/login")
    await page.get_by_role("link", name="Forgot").click()
    await page.get_by_label("User name or e-mail").fill("ada@example.org")
    await page.get_by_role("button", name="Send the link").click()
    await expect(page.get_by_role("heading", name="Look into your mail.")).to_be_visible()
    await page.goto(f"/reset#token={token_in(await mailbox.letter(2))}")
    await page.get_by_label("New password", exact=True).fill("short")
    await page.get_by_role("button", name="Keep the new password").click()
    await expect(page.locator("[aria-invalid]")).to_be_focused()
    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.get_by_label("New password", exact=True).fill(NEW)
    await page.get_by_role("button", name="Keep the new password").click()
    await expect(page).to_have_url(f"{office.url}/")
    login = {"login": "ada", "password": NEW}
    assert (await office.guest.post("/auth/login", login))["token"]


@pytest.mark.parametrize(
    ("path", "button"),
    [("/verify", "Confirm the address"), ("/reset", "Keep the new password")],
)
async def test_a_link_that_is_spent_or_torn_says_so(
    open_page: Open, office: Server, path: str, button: str
) -> None:
    page = await open_page(url=office.url)
    await page.goto(path)
    await expect(page.get_by_text("The link is not whole.")).to_be_visible()
    await expect(page.get_by_role("button", name=button)).to_have_count(0)
    await page.goto("/mark.svg")
    await page.goto(f"{path}#token=spent")
    if path == "/reset":
        await page.get_by_label("New password", exact=True).fill(NEW)
    await page.get_by_role("button", name=button).click()
    await expect(page.get_by_role("alert")).to_be_visible()
