"""Everybody can use the client: axe, keyboard, small screens, small downloads."""

from typing import Final

import pytest
from playwright.sync_api import Page, Response, expect

from tests.web.conftest import Open, Person, Server, violations

SIZES: Final = {"desktop": (1440, 900), "phone": (390, 844), "narrow": (320, 640)}
FIRST_PAGE_SCRIPT_BYTES: Final = 60 * 1024

pytestmark = pytest.mark.browser


@pytest.fixture(params=[(size, scheme) for size in SIZES for scheme in ("dark", "light")], ids=str)
def look(request: pytest.FixtureRequest) -> dict[str, object]:
    size, scheme = request.param
    width, height = SIZES[size]
    return {"viewport": {"width": width, "height": height}, "color_scheme": scheme}


@pytest.fixture(scope="session")
def resident(server: Server) -> Person:
    """Somebody with a server and a bot."""
    person = Person(server, "resident")
    person.found("A place with a rather long name")
    person.rest.need("POST", "/applications", {"name": "barometer"})
    return person


def check(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_doors_are_accessible(
    open_page: Open, look: dict[str, object], resident: Person
) -> None:
    guild = resident.rest.need("GET", "/users/@me/guilds")[0]
    page = open_page(**look)
    for path in ("/login", "/register", "/setup?token=x", "/setup", "/nowhere", "/invite/gone"):
        page.goto(path)
        check(page)
    page.goto(f"/invite/{resident.invite(guild['id'])}")
    check(page)


def test_an_error_is_accessible(open_page: Open, look: dict[str, object]) -> None:
    page = open_page(**look)
    page.goto("/register")
    page.get_by_role("button", name="Make the account").click()
    expect(page.locator("[aria-invalid]").first).to_be_focused()
    check(page)


def test_the_home_is_accessible(open_page: Open, look: dict[str, object], resident: Person) -> None:
    page = open_page(resident.rest.token, **look)
    for path in ("/", "/bots", "/account"):
        page.goto(path)
        check(page)


def test_dialogs_are_accessible(open_page: Open, look: dict[str, object], resident: Person) -> None:
    page = open_page(resident.rest.token, **look)
    for path, button in (
        ("/", "Create a server"),
        ("/", "Invite people to"),
        ("/bots", "New token for"),
        ("/bots", "Add to a server:"),
    ):
        page.goto(path)
        page.get_by_role("button", name=button).first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        check(page)


def test_signing_in_needs_no_mouse(open_page: Open, server: Server) -> None:
    Person(server, "typist")
    page = open_page()
    page.goto("/login")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("typist")
    page.keyboard.press("Tab")
    page.keyboard.type("correct horse battery")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your servers")).to_be_focused()


def test_a_dialog_closes_on_escape_and_gives_the_focus_back(
    open_page: Open, resident: Person
) -> None:
    page = open_page(resident.rest.token)
    page.goto("/")
    opener = page.get_by_role("button", name="Create a server")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()


def test_the_first_link_of_the_home_skips_to_the_content(open_page: Open, resident: Person) -> None:
    page = open_page(resident.rest.token)
    page.goto("/")
    page.get_by_role("link", name="Skip to content").press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_a_password_can_be_shown_and_hidden(open_page: Open) -> None:
    page = open_page()
    page.goto("/login")
    field = page.get_by_label("Password", exact=True)
    expect(field).to_have_attribute("type", "password")
    page.get_by_role("button", name="Show password").click()
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Hide password").click()
    expect(field).to_have_attribute("type", "password")


def test_the_first_page_is_a_small_download(open_page: Open) -> None:
    page = open_page()
    sizes: list[int] = []

    def count(response: Response) -> None:
        if response.url.endswith(".js"):
            sizes.append(int(response.headers["content-length"]))

    page.on("response", count)
    page.goto("/login")
    page.wait_for_load_state("networkidle")
    assert sizes
    assert sum(sizes) <= FIRST_PAGE_SCRIPT_BYTES
