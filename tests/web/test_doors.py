"""The screens before the house: sign in, register, first start, invites."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import PASSWORD, Open, Person, Rest, Server

pytestmark = pytest.mark.browser


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("User name or e-mail").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_the_owner_link_makes_the_owner_and_a_first_server(open_page: Open, server: Server) -> None:
    page = open_page()
    page.goto(server.owner_link)
    expect(page.get_by_role("heading", name="Make this place yours.")).to_be_focused()
    page.get_by_label("User name").fill("mirela")
    page.get_by_label("Display name").fill("Mirela")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Make the owner account").click()
    expect(page.get_by_role("heading", name="Your instance is ready.")).to_be_visible()
    assert "token" not in page.url
    page.get_by_label("Name of the server").fill("Longwave Club")
    page.get_by_role("button", name="Create the server").click()
    expect(page.get_by_role("heading", name="Longwave Club")).to_be_visible()


def test_a_spent_owner_link_says_so(open_page: Open) -> None:
    page = open_page()
    page.goto("/setup?token=spent")
    page.get_by_label("User name").fill("late")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Make the owner account").click()
    expect(page.get_by_role("alert")).to_be_visible()


def test_the_setup_page_without_a_token_says_where_the_link_is(open_page: Open) -> None:
    page = open_page()
    page.goto("/setup")
    expect(page.get_by_role("heading", name="The owner link is missing.")).to_be_visible()


def test_a_newcomer_makes_an_account_and_is_in(open_page: Open) -> None:
    page = open_page()
    page.goto("/")
    page.get_by_role("link", name="Make an account").click()
    page.get_by_label("User name").fill("newcomer")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_role("heading", name="Your servers")).to_be_focused()
    page.reload()
    expect(page.get_by_role("heading", name="Your servers")).to_be_visible()


def test_a_taken_name_is_told_at_its_field(open_page: Open, server: Server) -> None:
    Person(server, "taken")
    page = open_page()
    page.goto("/register")
    page.get_by_label("User name").fill("taken")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    name = page.get_by_label("User name")
    expect(name).to_be_focused()
    expect(name).to_have_accessible_description("Somebody here has this name. Try another one.")


def test_a_short_password_is_told_at_its_field(open_page: Open) -> None:
    page = open_page()
    page.goto("/register")
    page.get_by_label("User name").fill("short")
    page.get_by_label("Password", exact=True).fill("x")
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_label("Password", exact=True)).to_have_attribute("aria-invalid", "true")


def test_a_wrong_password_lets_nobody_in(open_page: Open, server: Server) -> None:
    Person(server, "careful")
    page = open_page()
    page.goto("/login")
    sign_in(page, "careful", "wrong password")
    expect(page.get_by_label("User name or e-mail")).to_have_attribute("aria-invalid", "true")
    sign_in(page, "careful")
    expect(page.get_by_role("heading", name="Your servers")).to_be_visible()


def test_too_many_tries_show_the_wait(open_page: Open, server: Server) -> None:
    Person(server, "guessed")
    guess = {"login": "guessed", "password": "wrong password"}
    tries = (Rest(server.url).ask("POST", "/auth/login", guess)[0] for _ in range(100))
    assert 429 in tries
    page = open_page()
    page.goto("/login")
    sign_in(page, "guessed")
    expect(page.get_by_text("Too many tries.")).to_be_visible()
    expect(page.get_by_role("button", name="Wait")).to_be_disabled()


def test_the_page_that_was_asked_for_opens_after_signing_in(
    open_page: Open, server: Server
) -> None:
    Person(server, "direct")
    page = open_page()
    page.goto("/account")
    sign_in(page, "direct")
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


def test_an_invite_takes_a_newcomer_in(open_page: Open, server: Server) -> None:
    host = Person(server, "host")
    code = host.invite(host.found("Field Notes")["id"])
    page = open_page()
    page.goto(f"/invite/{code}")
    expect(page.get_by_role("heading", name="Field Notes")).to_be_visible()
    expect(page.get_by_text("host invited you to")).to_be_visible()
    expect(page.get_by_text("1 member", exact=True)).to_be_visible()
    page.get_by_label("User name").fill("guest")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Join Field Notes").click()
    expect(page.get_by_role("status").get_by_text("Welcome to Field Notes")).to_be_visible()


def test_an_invite_takes_somebody_with_an_account_in(open_page: Open, server: Server) -> None:
    host = Person(server, "host2")
    code = host.invite(host.found("Night Shift")["id"])
    Person(server, "regular")
    page = open_page()
    page.goto(f"/invite/{code}")
    page.get_by_role("button", name="I have an account here").click()
    page.get_by_label("User name or e-mail").fill("regular")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Join Night Shift").click()
    expect(page.get_by_role("heading", name="Night Shift")).to_be_visible()


def test_an_invite_takes_whoever_is_signed_in(open_page: Open, server: Server) -> None:
    host = Person(server, "host3")
    code = host.invite(host.found("Day Shift")["id"])
    page = open_page(Person(server, "signed").rest.token)
    page.goto(f"/invite/{code}")
    expect(page.get_by_text("You are signed in as signed.")).to_be_visible()
    page.get_by_role("button", name="Join Day Shift").click()
    expect(page.get_by_role("heading", name="Day Shift")).to_be_visible()


def test_a_dead_invite_says_so(open_page: Open) -> None:
    page = open_page()
    page.goto("/invite/nothing")
    expect(page.get_by_role("heading", name="This invite leads nowhere.")).to_be_visible()


def test_an_unknown_address_leads_back(open_page: Open) -> None:
    page = open_page()
    page.goto("/nowhere")
    page.get_by_role("link", name="Go to the start").click()
    expect(page.get_by_role("heading", name="Good to see you.")).to_be_visible()


def test_a_browser_in_german_reads_german(open_page: Open) -> None:
    page = open_page(locale="de-AT")
    page.goto("/")
    expect(page.get_by_role("heading", name="Schön, dich zu sehen.")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "de")


def test_a_server_that_is_away_is_told_and_asked_again(open_page: Open, server: Server) -> None:
    page = open_page(Person(server, "patient").rest.token)
    page.route("**/api/**", lambda route: route.abort())
    page.goto("/")
    expect(page.get_by_role("heading", name="The server does not answer.")).to_be_visible()
    page.unroute("**/api/**")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="Your servers")).to_be_visible()
