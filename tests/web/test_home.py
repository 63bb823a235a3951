"""The home: servers, invites, bots, sessions, password, language."""

import pytest
from playwright.async_api import expect

from tests.server import Server
from tests.web.conftest import PASSWORD, Open

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_server_is_made_and_people_are_invited(open_page: Open, server: Server) -> None:
    page = await open_page(await server.person("maker"))
    await page.goto("/")
    await expect(page.get_by_text("No server yet.")).to_be_visible()
    await page.get_by_role("button", name="Create a server").click()
    await page.get_by_role("dialog").get_by_label("Name of the server").fill("Harbour")
    await page.get_by_role("dialog").get_by_role("button", name="Create a server").click()
    await expect(page.get_by_role("heading", name="Harbour")).to_be_visible()
    await page.get_by_role("button", name="Invite people to Harbour").click()
    link = await page.get_by_role("region", name="Invite link").inner_text()
    assert link.startswith(f"{server.url}/invite/")
    guest = await open_page()
    await guest.goto(link)
    await expect(guest.get_by_role("heading", name="Harbour")).to_be_visible()


async def test_a_server_without_a_name_is_told_at_the_field(
    open_page: Open, server: Server
) -> None:
    page = await open_page(await server.person("hasty"))
    await page.goto("/")
    await page.get_by_role("button", name="Create a server").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Create a server").click()
    await expect(dialog.get_by_label("Name of the server")).to_have_attribute(
        "aria-invalid", "true"
    )


async def test_a_bot_is_made_gets_in_and_its_token_works(open_page: Open, server: Server) -> None:
    owner = await server.person("tinkerer")
    guild = await owner.guild("Workshop")
    page = await open_page(owner)
    await page.goto("/bots")
    await page.get_by_role("button", name="Create a bot").click()
    await page.get_by_role("dialog").get_by_label("Name of the bot").fill("barometer")
    await page.get_by_role("dialog").get_by_role("button", name="Create a bot").click()
    token = await page.get_by_role("region", name="Token of barometer").inner_text()
    await page.get_by_role("button", name="Add to a server: barometer").click()
    await page.get_by_role("dialog").get_by_role("radio", name="Workshop").check()
    await page.get_by_role("dialog").get_by_role("button", name="Add the bot").click()
    await expect(page.get_by_text("barometer is now in Workshop.")).to_be_visible()
    guilds = await server.guest.with_token(f"Bot {token}").get("/users/@me/guilds")
    assert [joined["id"] for joined in guilds] == [guild["id"]]
    await page.reload()
    await expect(page.get_by_role("heading", name="barometer")).to_be_visible()
    await expect(page.get_by_role("region", name="Token of barometer")).to_have_count(0)


async def test_a_bot_is_allowed_to_read_what_people_write(open_page: Open, server: Server) -> None:
    owner = await server.person("permitter")
    await owner.post("/applications", {"name": "reader"})
    page = await open_page(owner)
    await page.goto("/bots")
    await page.get_by_text("What reader may receive").click()
    switch = page.get_by_role("switch", name="What people write")
    await expect(switch).to_have_attribute("aria-checked", "false")
    await switch.click()
    await expect(switch).to_have_attribute("aria-checked", "true")
    await page.reload()
    await page.get_by_text("What reader may receive").click()
    await expect(switch).to_have_attribute("aria-checked", "true")


async def test_a_new_token_cuts_the_old_one_off(open_page: Open, server: Server) -> None:
    owner = await server.person("rotator")
    bot = await owner.post("/applications", {"name": "spinner"})
    reset = await owner.post(f"/applications/{bot['id']}/bot/reset", {})
    old = reset["token"]
    page = await open_page(owner)
    await page.goto("/bots")
    await page.get_by_role("button", name="New token for spinner").click()
    await page.get_by_role("dialog").get_by_role("button", name="Replace the token").click()
    new = await page.get_by_role("region", name="Token of spinner").inner_text()
    assert (await server.guest.with_token(f"Bot {old}").call("GET", "/users/@me")).status == 401
    assert (await server.guest.with_token(f"Bot {new}").call("GET", "/users/@me")).status == 200


async def test_the_lines_for_a_library_name_this_place(open_page: Open, server: Server) -> None:
    page = await open_page(await server.person("coder"))
    await page.goto("/bots")
    lines = page.get_by_role("region", name="discord.py", exact=True)
    await expect(lines).to_contain_text(f'discord.http.Route.BASE = "{server.url}/api/v10"')
    await page.get_by_role("radio", name="discord.js").check(force=True)
    lines = page.get_by_role("region", name="discord.js", exact=True)
    await expect(lines).to_contain_text(f'api: "{server.url}/api"')


async def test_another_session_is_ended(open_page: Open, server: Server) -> None:
    person = await server.person("traveller")
    login = {"login": "traveller", "password": PASSWORD}
    again = await server.guest.post("/auth/login", login)
    other = server.guest.with_token(again["token"])
    page = await open_page(person)
    await page.goto("/account")
    await expect(page.get_by_text("this one")).to_have_count(1)
    await page.get_by_role("button", name="End:").click()
    await expect(page.get_by_role("button", name="End:")).to_have_count(0)
    assert (await other.call("GET", "/users/@me")).status == 401
    assert (await person.call("GET", "/users/@me")).status == 200


async def test_a_session_ended_elsewhere_is_asked_to_sign_in(
    open_page: Open, server: Server
) -> None:
    person = await server.person("revoked")
    page = await open_page(person)
    await page.goto("/")
    await expect(page.get_by_role("heading", name="Your servers")).to_be_visible()
    await person.post("/auth/logout", {})
    await page.get_by_role("link", name="Bots").first.click()
    await expect(page.get_by_role("heading", name="Good to see you.")).to_be_visible()


async def test_the_password_is_changed_and_one_stays_signed_in(
    open_page: Open, server: Server
) -> None:
    page = await open_page(await server.person("door.changer"))
    await page.goto("/account")
    await page.get_by_label("Current password").fill("not this one")
    await page.get_by_label("New password").fill("a new horse battery")
    await page.get_by_role("button", name="Change the password").click()
    await expect(page.get_by_label("Current password")).to_have_attribute("aria-invalid", "true")
    await page.get_by_label("Current password").fill(PASSWORD)
    await page.get_by_role("button", name="Change the password").click()
    await expect(page.get_by_text("The password is changed.")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    login = {"login": "door.changer", "password": "a new horse battery"}
    await server.guest.post("/auth/login", login)


async def test_the_language_is_chosen_and_kept(open_page: Open, server: Server) -> None:
    page = await open_page(await server.person("speaker"))
    await page.goto("/account")
    await page.get_by_role("radio", name="Deutsch").check()
    await expect(page.get_by_role("heading", name="Dein Konto")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("heading", name="Dein Konto")).to_be_visible()


async def test_signing_out_ends_the_session(open_page: Open, server: Server) -> None:
    person = await server.person("door.leaver")
    page = await open_page(person)
    await page.goto("/")
    await page.get_by_role("button", name="Sign out").click()
    await expect(page.get_by_role("heading", name="Good to see you.")).to_be_visible()
    assert await page.evaluate("localStorage.getItem('rift.token')") is None
    assert (await person.call("GET", "/users/@me")).status == 401
