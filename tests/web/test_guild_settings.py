"""The settings of a server: what it is, who may do what in it, and what was done."""

from typing import Any, Final

import pytest
from playwright.async_api import Page, expect

from tests.api import Person
from tests.nouns.artwork import emoji, sound
from tests.server import Server
from tests.web.conftest import Open, too_small_for_fingers, violations
from tests.web.holding import Held

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PAGES: Final = (
    ("overview", "Overview"),
    ("channels", "Channels"),
    ("emoji", "Emoji"),
    ("stickers", "Stickers"),
    ("sounds", "Sounds"),
    ("members", "Members"),
    ("bans", "Bans"),
    ("audit", "Audit log"),
    ("reports", "Reports"),
    ("automod", "AutoMod"),
    ("raids", "Raids"),
    ("invites", "Invites"),
    ("integrations", "Integrations"),
)


async def server_of(server: Server) -> tuple[Person, Person, dict[str, Any], str]:
    """An owner, a member, their server and its channel of text."""
    ann, bob = await server.person(global_name="Ann"), await server.person(global_name="Bob")
    guild = await ann.guild("Longwave")
    channels = await ann.get(f"/guilds/{guild['id']}/channels")
    text = next(channel["id"] for channel in channels if channel["type"] == 0)
    await ann.bring(bob, text)
    return ann, bob, guild, text


async def go(page: Page, guild: dict[str, Any], rest: str) -> None:
    await page.goto(f"/guilds/{guild['id']}/{rest}")


async def save(page: Page) -> None:
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("unsaved change")).to_have_count(0)


async def test_ux_129_the_overview_is_changed_and_kept(open_page: Open, server: Server) -> None:
    ann, _, guild, _ = await server_of(server)
    page = await open_page(ann)
    await go(page, guild, "overview")
    await page.get_by_label("Name", exact=True).fill("Shortwave")
    await page.get_by_role("radio", name="Only mentions").click()
    await expect(page.get_by_text("2 unsaved changes")).to_be_visible()
    await expect(page.get_by_text("affects 2 people")).to_be_visible()
    await save(page)
    kept = await ann.get(f"/guilds/{guild['id']}")
    assert (kept["name"], kept["default_message_notifications"]) == ("Shortwave", 1)
    # What somebody else changes is seen at once.
    await ann.patch(f"/guilds/{guild['id']}", {"name": "Midwave"})
    await expect(page.get_by_label("Name", exact=True)).to_have_value("Midwave")


async def test_ux_129_nobody_leaves_a_page_with_unsaved_changes_by_accident(
    open_page: Open, server: Server
) -> None:
    ann, _, guild, _ = await server_of(server)
    page = await open_page(ann)
    await go(page, guild, "overview")
    await page.get_by_label("Name", exact=True).fill("Shortwave")
    await page.get_by_role("link", name="Bans").click()
    question = page.get_by_role("dialog", name="Leave without saving?")
    await question.get_by_role("button", name="Cancel").click()
    await expect(page.get_by_label("Name", exact=True)).to_have_value("Shortwave")
    await page.get_by_role("button", name="Undo").click()
    await page.get_by_role("link", name="Bans").click()
    await expect(page.get_by_role("heading", name="Nobody is banned")).to_be_visible()


async def test_ux_130_roles_are_made_ranked_by_keys_and_given(
    open_page: Open, server: Server
) -> None:
    ann, bob, guild, text = await server_of(server)
    stewards = await ann.post(f"/guilds/{guild['id']}/roles", {"name": "Stewards"})
    page = await open_page(ann)
    await go(page, guild, "roles")
    made = await Held.on(page, "**/roles", method="POST")
    await page.get_by_role("button", name="New role").dblclick()
    await made.came()
    await made.let_go()
    name = page.get_by_label("Name", exact=True)
    await expect(name).to_have_value("new role")
    await name.fill("Builders")
    await page.get_by_role("radio", name="Tide").click()
    await save(page)
    assert len(made.routes) == 1
    builders = next(
        role for role in await ann.get(f"/guilds/{guild['id']}/roles") if role["name"] == "Builders"
    )
    assert builders["color"] == 0x49B8B8
    await page.get_by_role("link", name="Builders").focus()
    await page.keyboard.press("Control+Shift+ArrowUp")
    await expect(page.get_by_text("Builders has a new place.")).to_be_visible()
    ranks = {role["id"]: role["position"] for role in await ann.get(f"/guilds/{guild['id']}/roles")}
    assert ranks[builders["id"]] > ranks[stewards["id"]]
    await page.get_by_role("tab", name="Permissions").click()
    await page.get_by_label("Find a permission").fill("pin")
    await page.get_by_role("switch", name="Pin messages").click()
    await save(page)
    # What it may do in one channel stands on the same page.
    await page.get_by_label("Scope").select_option("#general")
    send = page.get_by_role("radiogroup", name="Send messages", exact=True)
    await send.get_by_role("radio", name="Deny").click()
    await save(page)
    said = {"id": builders["id"], "type": 0, "allow": "0", "deny": str(1 << 11)}
    assert said in (await ann.get(f"/channels/{text}"))["permission_overwrites"]
    await page.get_by_role("tab", name="Members").click()
    await page.get_by_role("button", name="Give the role").click()
    await page.get_by_role("dialog").get_by_role("button", name="Bob").click()
    members = page.get_by_role("list", name="Members")
    await expect(members.get_by_text("Bob", exact=True)).to_be_visible()
    assert builders["id"] in (await ann.get(f"/guilds/{guild['id']}/members/{bob.id}"))["roles"]


async def test_ux_130_nobody_locks_themselves_out_of_the_roles(
    open_page: Open, server: Server
) -> None:
    ann, bob, guild, _ = await server_of(server)
    made = {"name": "Stewards", "permissions": str(1 << 28)}
    stewards = await ann.post(f"/guilds/{guild['id']}/roles", made)
    lower = await ann.post(f"/guilds/{guild['id']}/roles", {"name": "Helpers"})
    await ann.put(f"/guilds/{guild['id']}/members/{bob.id}/roles/{stewards['id']}", {})
    page = await open_page(bob)
    await go(page, guild, f"roles/{stewards['id']}")
    await expect(page.get_by_text("This role stands above yours.")).to_be_visible()
    await go(page, guild, f"roles/{lower['id']}")
    await page.get_by_role("tab", name="Permissions").click()
    await expect(page.get_by_role("switch", name="Ban members")).to_be_disabled()


async def test_ux_130_one_looks_around_as_somebody_with_a_role(
    open_page: Open, server: Server
) -> None:
    ann, _, guild, _ = await server_of(server)
    attic = await ann.channel(guild["id"], "attic")
    roles = f"/guilds/{guild['id']}/roles"
    stewards = await ann.post(roles, {"name": "Stewards"})
    await ann.post(roles, {"name": "Keys", "permissions": str(1 << 5)})
    await ann.put(f"/channels/{attic['id']}/permissions/{guild['id']}", {"type": 0, "deny": "1024"})
    page = await open_page(ann)
    await page.goto(f"/channels/{guild['id']}/{attic['id']}")
    hidden = page.get_by_role("link", name="attic")
    await expect(hidden).to_be_visible()
    await go(page, guild, f"roles/{stewards['id']}")
    await page.get_by_role("button", name="View server as this role").click()
    seen = page.get_by_role("dialog").get_by_role("listitem").filter(has_text="attic")
    await expect(seen).to_contain_text("not seen")
    await page.get_by_role("button", name="Look around").click()
    bar = page.get_by_role("region", name="Looking around as somebody else")
    await expect(bar).to_contain_text("As Stewards in Longwave")
    general = page.get_by_role("link", name="general, unread")
    await expect(general).to_have_attribute("aria-current", "page")
    await expect(hidden).to_have_count(0)
    settings = page.get_by_role("menuitem", name="Server settings")
    menu = page.get_by_role("button", name="Server menu")
    await menu.click()
    await expect(page.get_by_role("menuitem", name="Leave server")).to_be_visible()
    await expect(settings).to_have_count(0)
    await page.keyboard.press("Escape")
    await bar.get_by_role("button", name="Roles").click()
    await page.get_by_role("menuitemcheckbox", name="Keys").click()
    await expect(bar).to_contain_text("As Stewards and Keys in Longwave")
    assert await violations(page) == []
    await menu.click()
    await expect(settings).to_be_visible()
    await page.keyboard.press("Escape")
    await bar.get_by_role("button", name="End").click()
    await expect(bar).to_have_count(0)
    await expect(hidden).to_be_visible()


async def test_ux_131_a_channel_says_no_and_why(open_page: Open, server: Server) -> None:
    ann, bob, guild, text = await server_of(server)
    page = await open_page(ann)
    await go(page, guild, f"channels/{text}")
    await page.get_by_role("tab", name="Permissions").click()
    why = page.get_by_role("complementary")
    await why.get_by_role("button", name="Somebody else").click()
    await page.get_by_role("dialog").get_by_role("button", name="Bob").click()
    send = page.get_by_role("radiogroup", name="Send messages", exact=True)
    await send.get_by_role("radio", name="Deny").click()
    await expect(why.get_by_role("status")).to_contain_text("No")
    await expect(why.locator("[aria-current=step]")).to_contain_text("denied here")
    await save(page)
    channel = await ann.get(f"/channels/{text}")
    assert {"id": guild["id"], "type": 0, "allow": "0", "deny": str(1 << 11)} in channel[
        "permission_overwrites"
    ]
    await bob.refused("POST", f"/channels/{text}/messages", {"content": "hello"})


async def test_ux_132_the_audit_log_says_what_was_before(open_page: Open, server: Server) -> None:
    ann, _, guild, text = await server_of(server)
    reason = {"X-Audit-Log-Reason": "quieter%20mornings"}
    await ann.patch(f"/channels/{text}", {"rate_limit_per_user": 30}, headers=reason)
    page = await open_page(ann)
    await go(page, guild, "audit")
    row = page.get_by_role("listitem").filter(has_text="Channel changed")
    await expect(row).to_contain_text("reason: quieter mornings")
    await row.get_by_role("button").click()
    await expect(row).to_contain_text("slow mode")
    await expect(row).to_contain_text("30")
    await page.get_by_label("What", exact=True).select_option("Role made")
    await expect(page.get_by_role("heading", name="Nothing is written here")).to_be_visible()


async def test_ux_133_a_ban_is_seen_and_lifted(open_page: Open, server: Server) -> None:
    ann, bob, guild, _ = await server_of(server)
    page = await open_page(ann)
    asked: list[str] = []
    page.on("request", lambda it: asked.append(it.url) if "members-search" in it.url else None)
    await go(page, guild, "members")
    await page.get_by_role("button", name="More about Bob").click()
    await page.get_by_role("menuitem", name="Ban Bob").click()
    await page.get_by_role("dialog").get_by_role("button", name="Ban", exact=True).click()
    await expect(page.get_by_role("button", name="More about Bob")).to_have_count(0)
    assert len(asked) == 1
    await page.get_by_role("link", name="Bans").click()
    await page.get_by_role("button", name="Lift the ban of Bob").click()
    await page.get_by_role("dialog").get_by_role("button", name="Lift").click()
    await expect(page.get_by_role("heading", name="Nobody is banned")).to_be_visible()
    assert await ann.get(f"/guilds/{guild['id']}/bans") == []
    assert bob.id


async def test_ux_129_an_invite_is_revoked(open_page: Open, server: Server) -> None:
    ann, _, guild, _ = await server_of(server)
    page = await open_page(ann)
    await go(page, guild, "invites")
    await page.get_by_role("button", name="Revoke").first.click()
    await page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    await expect(page.get_by_role("heading", name="No invites")).to_be_visible()
    assert await ann.get(f"/guilds/{guild['id']}/invites") == []


@pytest.mark.parametrize("scheme", ["dark", "light"])
async def test_ux_147_no_page_of_a_server_shuts_anybody_out(
    open_page: Open, server: Server, scheme: str
) -> None:
    ann, _, guild, text = await server_of(server)
    page = await open_page(ann, color_scheme=scheme)
    for name, title in PAGES:
        await go(page, guild, name)
        await expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
        assert await violations(page) == [], name
        assert await too_small_for_fingers(page) == [], name
    await go(page, guild, "roles")
    await expect(page.get_by_role("tab", name="Permissions")).to_be_visible()
    assert await violations(page) == [], "roles"
    assert await too_small_for_fingers(page) == [], "roles"
    await go(page, guild, f"channels/{text}")
    await page.get_by_role("tab", name="Permissions").click()
    await expect(page.get_by_role("complementary")).to_be_visible()
    assert await violations(page) == [], "permissions of a channel"
    assert await too_small_for_fingers(page) == [], "permissions of a channel"


async def test_ux_129_a_webhook_is_made_written_through_moved_and_removed(
    open_page: Open, server: Server
) -> None:
    ann, _, guild, text = await server_of(server)
    await ann.channel(guild["id"], "aside")
    page = await open_page(ann)
    await go(page, guild, "integrations")
    await page.get_by_role("button", name="New webhook").click()
    dialog = page.get_by_role("dialog", name="New webhook")
    await dialog.get_by_label("Name").fill("Weather")
    await dialog.get_by_label("Writes in").select_option("#general")
    await dialog.get_by_role("button", name="Save").click()
    made = page.get_by_role("dialog", name="Edit Weather")
    address = await made.get_by_role("region", name="Address").inner_text()
    said = await server.guest.post(
        address.removeprefix(f"{server.url}/api") + "?wait=true", {"content": "Rain at noon"}
    )
    assert (said["author"]["username"], said["channel_id"]) == ("Weather", text)
    await made.get_by_label("Name").fill("Storm")
    await made.get_by_label("Writes in").select_option("#aside")
    await made.get_by_role("button", name="Save").click()
    row = page.get_by_role("listitem").filter(has_text="Storm")
    await expect(row).to_contain_text("#aside")
    await row.get_by_role("button", name="Remove Storm").click()
    await page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    await expect(row).to_have_count(0)
    assert await ann.get(f"/guilds/{guild['id']}/webhooks") == []


async def test_ux_129_lists_hear_of_what_others_do(open_page: Open, server: Server) -> None:
    ann, bob, guild, text = await server_of(server)
    page = await open_page(ann)
    row = page.get_by_role("listitem")
    await go(page, guild, "integrations")
    await expect(page.get_by_role("heading", name="Webhooks")).to_be_visible()
    hook = await ann.post(f"/channels/{text}/webhooks", {"name": "Weather"})
    robot = await server.bot(ann, guild["id"])
    for name in ("Weather", robot.user["username"]):
        await expect(row.filter(has_text=name)).to_be_visible()
    await ann.delete(f"/webhooks/{hook['id']}")
    await expect(row.filter(has_text="Weather")).to_have_count(0)
    await page.get_by_role("link", name="Audit log").click()
    await expect(row.filter(has_text="Webhook removed")).to_be_visible()
    await ann.put(f"/guilds/{guild['id']}/bans/{bob.id}", {})
    await expect(row.filter(has_text="Member banned")).to_contain_text("Bob")


async def test_ux_129_an_emoji_is_for_some_roles_and_a_sound_is_as_loud_as_one_likes(
    open_page: Open, server: Server
) -> None:
    ann, _, guild, _ = await server_of(server)
    stewards = await ann.post(f"/guilds/{guild['id']}/roles", {"name": "Stewards"})
    await emoji(ann, guild)
    await sound(ann, guild)
    page = await open_page(ann)
    await go(page, guild, "emoji")
    await page.get_by_role("button", name="Who may use wave").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("checkbox", name="Stewards").check()
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_have_count(0)
    [kept] = await ann.get(f"/guilds/{guild['id']}/emojis")
    assert kept["roles"] == [stewards["id"]]
    await go(page, guild, "sounds")
    await page.get_by_role("button", name="Edit hum").click()
    await dialog.get_by_role("button", name="Choose an emoji").click()
    picker = page.get_by_role("dialog", name="Emoji")
    await picker.get_by_role("searchbox").fill("fire")
    await picker.get_by_role("gridcell", name="fire", exact=True).click()
    await dialog.get_by_label("Volume").fill("40")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_role("listitem").filter(has_text="🔥")).to_be_visible()
    [heard] = (await ann.get(f"/guilds/{guild['id']}/soundboard-sounds"))["items"]
    assert (heard["emoji_name"], heard["volume"]) == ("🔥", 0.4)
