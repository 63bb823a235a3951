"""The home: servers, invites, bots, sessions, password, language."""

import pytest
from playwright.sync_api import expect

from tests.web.conftest import PASSWORD, Open, Person, Rest, Server

pytestmark = pytest.mark.browser


def test_a_server_is_made_and_people_are_invited(open_page: Open, server: Server) -> None:
    page = open_page(Person(server, "maker").rest.token)
    page.goto("/")
    expect(page.get_by_text("No server yet.")).to_be_visible()
    page.get_by_role("button", name="Create a server").click()
    page.get_by_role("dialog").get_by_label("Name of the server").fill("Harbour")
    page.get_by_role("dialog").get_by_role("button", name="Create a server").click()
    expect(page.get_by_role("heading", name="Harbour")).to_be_visible()
    page.get_by_role("button", name="Invite people to Harbour").click()
    link = page.get_by_role("region", name="Invite link").inner_text()
    assert link.startswith(f"{server.url}/invite/")
    guest = open_page()
    guest.goto(link)
    expect(guest.get_by_role("heading", name="Harbour")).to_be_visible()


def test_a_server_without_a_name_is_told_at_the_field(open_page: Open, server: Server) -> None:
    page = open_page(Person(server, "hasty").rest.token)
    page.goto("/")
    page.get_by_role("button", name="Create a server").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Create a server").click()
    expect(dialog.get_by_label("Name of the server")).to_have_attribute("aria-invalid", "true")


def test_a_bot_is_made_gets_in_and_its_token_works(open_page: Open, server: Server) -> None:
    owner = Person(server, "tinkerer")
    guild = owner.found("Workshop")
    page = open_page(owner.rest.token)
    page.goto("/bots")
    page.get_by_role("button", name="Create a bot").click()
    page.get_by_role("dialog").get_by_label("Name of the bot").fill("barometer")
    page.get_by_role("dialog").get_by_role("button", name="Create a bot").click()
    token = page.get_by_role("region", name="Token of barometer").inner_text()
    page.get_by_role("button", name="Add to a server: barometer").click()
    page.get_by_role("dialog").get_by_role("radio", name="Workshop").check()
    page.get_by_role("dialog").get_by_role("button", name="Add the bot").click()
    expect(page.get_by_text("barometer is now in Workshop.")).to_be_visible()
    guilds = Rest(server.url, f"Bot {token}").need("GET", "/users/@me/guilds")
    assert [joined["id"] for joined in guilds] == [guild["id"]]
    page.reload()
    expect(page.get_by_role("heading", name="barometer")).to_be_visible()
    expect(page.get_by_role("region", name="Token of barometer")).to_have_count(0)


def test_a_bot_is_allowed_to_read_what_people_write(open_page: Open, server: Server) -> None:
    owner = Person(server, "permitter")
    owner.rest.need("POST", "/applications", {"name": "reader"})
    page = open_page(owner.rest.token)
    page.goto("/bots")
    page.get_by_text("What reader may receive").click()
    switch = page.get_by_role("switch", name="What people write")
    expect(switch).to_have_attribute("aria-checked", "false")
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "true")
    page.reload()
    page.get_by_text("What reader may receive").click()
    expect(switch).to_have_attribute("aria-checked", "true")


def test_a_new_token_cuts_the_old_one_off(open_page: Open, server: Server) -> None:
    owner = Person(server, "rotator")
    bot = owner.rest.need("POST", "/applications", {"name": "spinner"})
    old = owner.rest.need("POST", f"/applications/{bot['id']}/bot/reset", {})["token"]
    page = open_page(owner.rest.token)
    page.goto("/bots")
    page.get_by_role("button", name="New token for spinner").click()
    page.get_by_role("dialog").get_by_role("button", name="Replace the token").click()
    new = page.get_by_role("region", name="Token of spinner").inner_text()
    assert Rest(server.url, f"Bot {old}").ask("GET", "/users/@me")[0] == 401
    assert Rest(server.url, f"Bot {new}").ask("GET", "/users/@me")[0] == 200


def test_the_lines_for_a_library_name_this_place(open_page: Open, server: Server) -> None:
    page = open_page(Person(server, "coder").rest.token)
    page.goto("/bots")
    lines = page.get_by_role("region", name="discord.py", exact=True)
    expect(lines).to_contain_text(f'discord.http.Route.BASE = "{server.url}/api/v10"')
    page.get_by_role("radio", name="discord.js").check(force=True)
    lines = page.get_by_role("region", name="discord.js", exact=True)
    expect(lines).to_contain_text(f'api: "{server.url}/api"')


def test_another_session_is_ended(open_page: Open, server: Server) -> None:
    person = Person(server, "traveller")
    login = {"login": "traveller", "password": PASSWORD}
    other = Rest(server.url, Rest(server.url).need("POST", "/auth/login", login)["token"])
    page = open_page(person.rest.token)
    page.goto("/account")
    expect(page.get_by_text("this one")).to_have_count(1)
    page.get_by_role("button", name="End:").click()
    expect(page.get_by_role("button", name="End:")).to_have_count(0)
    assert other.ask("GET", "/users/@me")[0] == 401
    assert person.rest.ask("GET", "/users/@me")[0] == 200


def test_a_session_ended_elsewhere_is_asked_to_sign_in(open_page: Open, server: Server) -> None:
    person = Person(server, "revoked")
    page = open_page(person.rest.token)
    page.goto("/")
    expect(page.get_by_role("heading", name="Your servers")).to_be_visible()
    person.rest.need("POST", "/auth/logout", {})
    page.get_by_role("link", name="Bots").first.click()
    expect(page.get_by_role("heading", name="Good to see you.")).to_be_visible()


def test_the_password_is_changed_and_one_stays_signed_in(open_page: Open, server: Server) -> None:
    page = open_page(Person(server, "changer").rest.token)
    page.goto("/account")
    page.get_by_label("Current password").fill("not this one")
    page.get_by_label("New password").fill("a new horse battery")
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_label("Current password")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_text("The password is changed.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    login = {"login": "changer", "password": "a new horse battery"}
    Rest(server.url).need("POST", "/auth/login", login)


def test_the_language_is_chosen_and_kept(open_page: Open, server: Server) -> None:
    page = open_page(Person(server, "speaker").rest.token)
    page.goto("/account")
    page.get_by_role("radio", name="Deutsch").check()
    expect(page.get_by_role("heading", name="Dein Konto")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Dein Konto")).to_be_visible()


def test_signing_out_ends_the_session(open_page: Open, server: Server) -> None:
    person = Person(server, "leaver")
    page = open_page(person.rest.token)
    page.goto("/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Good to see you.")).to_be_visible()
    assert page.evaluate("localStorage.getItem('rift.token')") is None
    assert person.rest.ask("GET", "/users/@me")[0] == 401
