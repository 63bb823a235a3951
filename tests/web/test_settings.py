"""One's own settings: account, sessions, privacy, looks, keys, a copy of everything."""

import re
from typing import Final

import pytest
from playwright.async_api import Page, expect

from tests.server import Server
from tests.web.conftest import PASSWORD, Open, violations

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PAGES: Final = (
    "profile",
    "account",
    "sessions",
    "privacy",
    "appearance",
    "chat",
    "notifications",
    "keys",
    "language",
    "advanced",
    "export",
)
LOOKS: Final = (
    {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
    {"viewport": {"width": 1024, "height": 768}, "color_scheme": "light"},
    {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
)


async def opened(page: Page, name: str, title: str) -> None:
    await page.goto(f"/settings/{name}")
    await expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: str(look["viewport"]["width"]))
async def test_ux_147_settings_are_accessible(
    open_page: Open, server: Server, look: dict[str, object]
) -> None:
    person = await server.person()
    await person.guild("A place with a rather long name")
    page = await open_page(person, **look)
    for name in PAGES:
        await page.goto(f"/settings/{name}")
        await expect(page.get_by_role("heading", level=1)).to_be_attached()
        await page.wait_for_load_state("networkidle")
        assert await violations(page) == [], name
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


async def test_ux_118_settings_are_searched_and_left_by_escape(
    open_page: Open, server: Server
) -> None:
    person = await server.person()
    guild = await person.guild("Harbour")
    page = await open_page(person)
    await page.goto(f"/channels/{guild['id']}")
    await expect(page.get_by_role("heading", name="Harbour")).to_be_visible()
    await page.keyboard.press("Control+,")
    await expect(page.get_by_role("heading", level=1, name="Profile")).to_be_visible()
    await page.get_by_role("searchbox", name="Search settings").fill("density")
    links = page.get_by_role("navigation", name="Settings").get_by_role("link")
    await expect(links).to_have_count(1)
    await links.click()
    await expect(page.get_by_role("heading", level=1, name="Appearance")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page).to_have_url(re.compile(rf"/channels/{guild['id']}"))


async def test_ux_118_what_is_not_saved_is_not_lost_unasked(
    open_page: Open, server: Server
) -> None:
    person = await server.person("editor")
    page = await open_page(person)
    await opened(page, "profile", "Profile")
    await page.get_by_label("Display name").fill("Ed")
    await expect(page.get_by_text("1 unsaved change")).to_be_visible()
    await page.get_by_role("link", name="Privacy").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Leave without saving?")
    await page.keyboard.press("Escape")
    await page.get_by_label("About you").fill("Long waves.")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("unsaved change")).to_have_count(0)
    me = await person.get("/users/@me")
    assert (me["global_name"], me["bio"]) == ("Ed", "Long waves.")


async def test_ux_118_a_phone_shows_the_list_and_then_a_page(
    open_page: Open, server: Server
) -> None:
    page = await open_page(await server.person(), viewport={"width": 390, "height": 844})
    await page.goto("/settings")
    await page.get_by_role("link", name="Appearance").click()
    await expect(page.get_by_role("switch", name="Reduce motion")).to_be_visible()
    await page.get_by_role("button", name="All settings").click()
    await expect(page.get_by_role("link", name="Privacy")).to_be_visible()


async def test_ux_092_in_a_server_one_is_called_something_else(
    open_page: Open, server: Server
) -> None:
    person = await server.person("many.names")
    guild = await person.guild("Harbour")
    page = await open_page(person)
    await opened(page, "profile", "Profile")
    await page.get_by_label("Profile for").select_option("Harbour")
    await page.get_by_label("Nickname").fill("Skipper")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("unsaved change")).to_have_count(0)
    member = await person.get(f"/guilds/{guild['id']}/members/{person.id}")
    assert member["nick"] == "Skipper"


async def test_ux_119_the_password_is_changed_and_one_stays_signed_in(
    open_page: Open, server: Server
) -> None:
    page = await open_page(await server.person("door.changer"))
    await opened(page, "account", "Account and sign-in")
    await page.get_by_role("button", name="Change the password").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Current password").fill("not this one")
    await dialog.get_by_label("New password").fill("a new horse battery")
    await dialog.get_by_role("button", name="Change the password").click()
    await expect(dialog.get_by_label("Current password")).to_have_attribute("aria-invalid", "true")
    await dialog.get_by_label("Current password").fill(PASSWORD)
    await dialog.get_by_role("button", name="Change the password").click()
    await expect(page.get_by_text("The password is changed.")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("heading", level=1, name="Account and sign-in")).to_be_visible()
    login = {"login": "door.changer", "password": "a new horse battery"}
    await server.guest.post("/auth/login", login)


async def test_ux_119_an_authenticator_is_set_up_asked_for_and_turned_off(
    open_page: Open, server: Server
) -> None:
    person = await server.person("guarded")
    page = await open_page(person)
    await opened(page, "account", "Account and sign-in")
    await page.get_by_role("button", name="Turn on").click()
    await expect(page.get_by_role("img", name="QR code")).to_be_visible()
    shown = await page.get_by_role("region", name="Secret").inner_text()
    code = await page.evaluate(CODE, shown.replace(" ", ""))
    await page.get_by_label("Code of your authenticator").fill(code)
    await page.get_by_label("Current password").fill(PASSWORD)
    await page.get_by_role("dialog").get_by_role("button", name="Turn on").click()
    codes = (await page.get_by_role("region", name="Backup codes").inner_text()).split()
    assert len(codes) == 10
    await page.get_by_role("button", name="I have them").click()
    await expect(page.get_by_role("button", name="Turn off")).to_be_visible()
    await expect(page.get_by_role("button", name="Turn on")).to_have_count(0)
    # What runs the instance is for those who own it.
    await expect(page.get_by_role("link", name="Developers")).to_be_visible()
    await expect(page.get_by_role("link", name="Console")).to_have_count(0)

    guest = await open_page()
    await guest.goto("/login")
    await guest.get_by_label("User name or e-mail").fill("guarded")
    await guest.get_by_label("Password", exact=True).fill(PASSWORD)
    await guest.get_by_role("button", name="Sign in").click()
    await guest.get_by_role("button", name="Use a backup code").click()
    await guest.get_by_label("Backup code").fill(codes[0])
    await guest.get_by_role("button", name="Sign in").click()
    await expect(guest.get_by_role("heading", name="Good to see you.")).to_have_count(0)

    await page.get_by_role("button", name="Turn off").click()
    await page.get_by_role("dialog").get_by_role("button", name="Turn off").click()
    proof = page.get_by_role("dialog", name="Is it you?")
    await proof.get_by_role("button", name="Use a backup code").click()
    await proof.get_by_label("Backup code").fill(codes[1])
    await proof.get_by_role("button", name="It is me").click()
    await expect(page.get_by_role("button", name="Make new codes")).to_have_count(0)


CODE: Final = """async secret => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    const bits = [...secret].map(c => alphabet.indexOf(c).toString(2).padStart(5, "0")).join("")
    const bytes = new Uint8Array(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)))
    const hmac = {name: "HMAC", hash: "SHA-1"}
    const key = await crypto.subtle.importKey("raw", bytes, hmac, false, ["sign"])
    const step = new DataView(new ArrayBuffer(8))
    step.setUint32(4, Math.floor(Date.now() / 30000))
    const mac = new DataView(await crypto.subtle.sign("HMAC", key, step.buffer))
    const at = mac.getUint8(19) & 15
    return String((mac.getUint32(at) & 0x7fffffff) % 1e6).padStart(6, "0")
}"""


async def test_ux_119_a_passkey_is_made_and_lets_its_owner_in(
    open_page: Open, server: Server
) -> None:
    person = await server.person("fingers")
    home = server.url.replace("127.0.0.1", "localhost")
    page = await open_page(url=home)
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    await devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    await page.goto("/mark.svg")
    await page.evaluate("t => localStorage.setItem('rift.token', t)", person.api.bare_token)
    await opened(page, "account", "Account and sign-in")
    await page.get_by_role("button", name="Add a passkey").click()
    await page.get_by_label("Name of the passkey").fill("laptop")
    await page.get_by_role("button", name="Make the passkey").click()
    proof = page.get_by_role("dialog", name="Is it you?")
    await proof.get_by_label("Password", exact=True).fill(PASSWORD)
    await proof.get_by_role("button", name="It is me").click()
    await page.get_by_role("button", name="I have them").click()
    await expect(page.get_by_role("button", name="Rename laptop")).to_be_visible()
    await expect(page.get_by_role("button", name="Turn on")).to_be_visible()
    await expect(page.get_by_role("button", name="Turn off")).to_have_count(0)
    await page.get_by_role("button", name="Sign out").click()
    await page.get_by_role("button", name="Use a passkey").click()
    await expect(page.get_by_role("heading", name="Good to see you.")).to_have_count(0)
    assert await page.evaluate("localStorage.getItem('rift.token')") is not None


async def test_ux_119_an_account_is_disabled_and_comes_back(
    open_page: Open, server: Server
) -> None:
    page = await open_page(await server.person("sleeper"))
    await opened(page, "account", "Account and sign-in")
    await page.get_by_role("button", name="Disable the account").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Current password").fill(PASSWORD)
    await dialog.get_by_role("button", name="Disable the account").click()
    await page.get_by_label("User name or e-mail").fill("sleeper")
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Sign in").click()
    await page.get_by_role("button", name="Sign in and come back").click()
    await expect(page.get_by_role("heading", level=1, name="Account and sign-in")).to_be_visible()


async def test_ux_119_a_copy_of_everything_is_made(open_page: Open, server: Server) -> None:
    page = await open_page(await server.person())
    await opened(page, "export", "Export everything")
    await page.get_by_role("button", name="Make a copy").click()
    link = page.get_by_role("link", name="Download")
    await expect(link).to_be_visible(timeout=20_000)
    async with page.expect_download() as started:
        await link.click()
    assert (await (await started.value).path()).stat().st_size > 0


async def test_ux_120_another_session_is_ended(open_page: Open, server: Server) -> None:
    person = await server.person("traveller")
    login = {"login": "traveller", "password": PASSWORD}
    again = await server.guest.post("/auth/login", login)
    other = server.guest.with_token(again["token"])
    page = await open_page(person)
    await opened(page, "sessions", "Sessions")
    await expect(page.get_by_text("this one")).to_have_count(1)
    await page.get_by_role("button", name="End:").click()
    await expect(page.get_by_role("button", name="End:")).to_have_count(0)
    assert (await other.call("GET", "/users/@me")).status == 401
    assert (await person.call("GET", "/users/@me")).status == 200


async def test_ux_120_a_session_ended_elsewhere_is_asked_to_sign_in(
    open_page: Open, server: Server
) -> None:
    person = await server.person("revoked")
    page = await open_page(person)
    await opened(page, "sessions", "Sessions")
    await person.post("/auth/logout", {})
    await expect(page.get_by_role("heading", name="Good to see you.")).to_be_visible()


async def test_ux_121_who_may_write_is_chosen_and_the_blocked_come_back(
    open_page: Open, server: Server
) -> None:
    person, other = await server.person("private"), await server.person("pest")
    await person.put(f"/users/@me/relationships/{other.id}", {"type": 2})
    page = await open_page(person)
    await opened(page, "privacy", "Privacy")
    await page.get_by_role("radio", name="Friends Nobody else.").check()
    await page.get_by_role("button", name="Unblock: pest").click()
    await expect(page.get_by_role("button", name="Unblock: pest")).to_have_count(0)
    assert (await person.get("/users/@me/privacy"))["direct_messages_from"] == "friends"
    assert await person.get("/users/@me/relationships") == []


async def test_ux_121_previews_of_links_are_ones_own_choice(
    open_page: Open, server: Server
) -> None:
    person = await server.person("plain")
    guild = await person.guild("Harbour")
    quay = await person.channel(guild["id"], "quay")
    page = await open_page(person)
    await opened(page, "privacy", "Privacy")
    await page.get_by_role("switch", name="Show previews of links").click()
    await page.get_by_role("switch", name="No previews for links you send").click()
    await page.goto(f"/channels/{guild['id']}/{quay['id']}")
    await page.get_by_role("textbox", name="Message #quay").fill("See https://example.org/storm")
    async with page.expect_response(
        lambda it: it.request.method == "POST" and it.url.endswith("/messages")
    ) as answer:
        await page.keyboard.press("Enter")
    assert (await (await answer.value).json())["flags"] == 4
    bot = await server.bot(person, guild["id"])
    await bot.say(quay["id"], "", embeds=[{"title": "Written by hand"}])
    await expect(page.get_by_role("log").get_by_text("Written by hand")).to_be_visible()


async def test_ux_122_a_server_words_and_quiet_hours_are_set(
    open_page: Open, server: Server
) -> None:
    person = await server.person("listener")
    guild = await person.guild("Harbour")
    page = await open_page(person)
    await opened(page, "notifications", "Notifications")
    await page.get_by_label("Notifications of Harbour").select_option("Only mentions")
    await page.get_by_label("Words", exact=True).fill("storm, antenna")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("button", name="Save")).to_have_count(0)
    await page.get_by_role("switch", name="Keep quiet at certain hours").click()
    await expect(page.get_by_label("From")).to_have_value("22:00")
    rules = await person.get("/users/@me/notification-settings")
    assert rules["keywords"] == ["storm", "antenna"]
    assert rules["quiet_hours"]["enabled"]
    settings = await person.get(f"/users/@me/guilds/{guild['id']}/settings")
    assert settings["message_notifications"] == 1


async def test_ux_124_looks_are_chosen_shown_and_kept(open_page: Open, server: Server) -> None:
    page = await open_page(await server.person())
    await opened(page, "appearance", "Appearance")
    html = page.locator("html")
    await page.get_by_role("radio", name="Limestone").check(force=True)
    await page.get_by_role("radio", name="Compact").click()
    await page.get_by_role("radio", name="Iris").check(force=True)
    await page.get_by_role("slider", name="Text size").fill("20")
    await page.get_by_role("slider", name="Strength of colours").fill("40")
    await page.reload()
    await expect(html).to_have_attribute("data-theme", "light")
    await expect(html).to_have_attribute("data-density", "compact")
    await expect(html).to_have_attribute("data-hue", "iris")
    size = page.get_by_role("complementary", name="preview").get_by_text("The loop survived")
    await expect(size).to_have_css("font-size", "20px")
    await expect(html).to_have_css("filter", "saturate(0.4)")
    await page.get_by_role("slider", name="Strength of colours").fill("100")
    await expect(html).to_have_css("filter", "none")
    zoom = page.get_by_role("slider", name="Zoom")
    await zoom.focus()
    await page.keyboard.press("End")
    await expect(zoom).to_have_attribute("aria-valuetext", "150 %")
    await expect(size).to_have_css("font-size", "30px")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.reload()
    await expect(size).to_have_css("font-size", "30px")
    await zoom.fill("100")
    await expect(size).to_have_css("font-size", "20px")
    await page.get_by_role("switch", name="Follow the system").click()
    await expect(html).not_to_have_attribute("data-theme", "light")


async def test_ux_081_keys_are_searched_bound_anew_and_taken_away(
    open_page: Open, server: Server
) -> None:
    page = await open_page(await server.person())
    await opened(page, "keys", "Keys")
    await page.get_by_role("searchbox", name="Search keys").fill("inbox")
    await page.get_by_role("button", name=re.compile("^Keys for: Inbox")).click()
    await page.keyboard.press("Control+K")
    await expect(page.get_by_role("alert")).to_contain_text("Quick switcher")
    await page.get_by_role("button", name="Take them").click()
    await expect(page.get_by_role("button", name=re.compile("^Keys for: Inbox"))).to_contain_text(
        "K"
    )
    await page.get_by_role("searchbox", name="Search keys").fill("quick")
    await expect(page.get_by_role("button", name=re.compile("^Keys for: Quick"))).to_contain_text(
        "no keys"
    )
    await page.get_by_role("button", name="Put all back").click()
    await expect(page.get_by_role("button", name=re.compile("^Keys for: Quick"))).to_contain_text(
        "K"
    )


async def test_ux_080_keys_go_through_channels_and_show_their_list(
    open_page: Open, server: Server
) -> None:
    person = await server.person()
    guild = await person.guild("Harbour")
    channels = await person.get(f"/guilds/{guild['id']}/channels")
    first = next(channel["id"] for channel in channels if channel["type"] == 0)
    second = (await person.channel(guild["id"], "zz-last"))["id"]
    page = await open_page(person)
    await page.goto(f"/channels/{guild['id']}/{first}")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await page.keyboard.press("Alt+ArrowDown")
    await expect(page).to_have_url(re.compile(second))
    await page.keyboard.press("Control+/")
    dialog = page.get_by_role("dialog", name="What the keys do")
    await dialog.get_by_role("searchbox").fill("next server")
    await expect(dialog.get_by_role("term")).to_have_count(1)


async def test_ux_126_the_language_is_chosen_and_kept(open_page: Open, server: Server) -> None:
    page = await open_page(await server.person("speaker"))
    await opened(page, "language", "Language")
    await page.get_by_role("radio", name="Deutsch").check()
    await expect(page.get_by_role("heading", level=1, name="Sprache")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("heading", level=1, name="Sprache")).to_be_visible()


async def test_signing_out_ends_the_session(open_page: Open, server: Server) -> None:
    person = await server.person("door.leaver")
    page = await open_page(person)
    await opened(page, "profile", "Profile")
    await page.get_by_role("button", name="Sign out").click()
    await expect(page.get_by_role("heading", name="Good to see you.")).to_be_visible()
    assert await page.evaluate("localStorage.getItem('rift.token')") is None
    assert (await person.call("GET", "/users/@me")).status == 401
