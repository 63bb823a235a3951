"""Everybody can use the client: axe, keyboard, small screens, small downloads."""

from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Page, Response, expect

from tests.api import Person
from tests.server import Server
from tests.web.conftest import Open, invite_to, violations

SIZES: Final = {"desktop": (1440, 900), "phone": (390, 844), "narrow": (320, 640)}
FIRST_PAGE_SCRIPT_BYTES: Final = 60 * 1024

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.fixture(params=[(size, scheme) for size in SIZES for scheme in ("dark", "light")], ids=str)
def look(request: pytest.FixtureRequest) -> dict[str, object]:
    size, scheme = request.param
    width, height = SIZES[size]
    return {"viewport": {"width": width, "height": height}, "color_scheme": scheme}


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def resident(server: Server) -> Person:
    """Somebody with a server and a bot."""
    person = await server.person("resident")
    await person.guild("A place with a rather long name")
    await person.post("/applications", {"name": "barometer"})
    return person


async def check(page: Page) -> None:
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await page.wait_for_load_state("networkidle")
    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_the_doors_are_accessible(
    open_page: Open, look: dict[str, object], resident: Person
) -> None:
    page = await open_page(**look)
    for path in ("/login", "/register", "/setup?token=x", "/setup", "/nowhere", "/invite/gone"):
        await page.goto(path)
        await check(page)
    await page.goto(f"/invite/{await invite_to(resident, 'Another place')}")
    await check(page)


async def test_an_error_is_accessible(open_page: Open, look: dict[str, object]) -> None:
    page = await open_page(**look)
    await page.goto("/register")
    await page.get_by_role("button", name="Make the account").click()
    await expect(page.locator("[aria-invalid]").first).to_be_focused()
    await check(page)


async def test_dialogs_are_accessible(
    open_page: Open, look: dict[str, object], resident: Person
) -> None:
    page = await open_page(resident, **look)
    for path, button in (
        ("/settings/account", "Change the user name"),
        ("/settings/account", "Change the password"),
        ("/settings/account", "Delete the account"),
        ("/developers/all", "Create a bot"),
    ):
        await page.goto(path)
        await page.get_by_role("button", name=button).first.click()
        await expect(page.get_by_role("dialog")).to_be_visible()
        await check(page)


async def test_signing_in_needs_no_mouse(open_page: Open, server: Server) -> None:
    await server.person("typist")
    page = await open_page()
    await page.goto("/login")
    await expect(page.get_by_role("heading", level=1)).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.type("typist")
    await page.keyboard.press("Tab")
    await page.keyboard.type("correct horse battery")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Add a server")).to_be_visible()


async def test_a_dialog_closes_on_escape_and_gives_the_focus_back(
    open_page: Open, resident: Person
) -> None:
    page = await open_page(resident)
    await page.goto("/")
    opener = page.get_by_role("button", name="Add a server")
    await opener.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(opener).to_be_focused()


async def test_the_first_link_of_the_settings_skips_to_the_content(
    open_page: Open, resident: Person
) -> None:
    page = await open_page(resident)
    await page.goto("/settings/privacy")
    await expect(page.get_by_role("heading", level=1)).to_be_focused()
    await page.get_by_role("link", name="Skip to content").press("Enter")
    await expect(page.get_by_role("main")).to_be_focused()


async def test_a_password_can_be_shown_and_hidden(open_page: Open) -> None:
    page = await open_page()
    await page.goto("/login")
    field = page.get_by_label("Password", exact=True)
    await expect(field).to_have_attribute("type", "password")
    await page.get_by_role("button", name="Show password").click()
    await expect(field).to_have_attribute("type", "text")
    await page.get_by_role("button", name="Hide password").click()
    await expect(field).to_have_attribute("type", "password")


async def test_the_first_page_is_a_small_download(open_page: Open) -> None:
    page = await open_page()
    sizes: list[int] = []

    def count(response: Response) -> None:
        if response.url.endswith(".js"):
            sizes.append(int(response.headers["content-length"]))

    page.on("response", count)
    await page.goto("/login")
    await page.wait_for_load_state("networkidle")
    assert sizes
    assert sum(sizes) <= FIRST_PAGE_SCRIPT_BYTES
