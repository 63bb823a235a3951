"""The pages of a server that are no channels: its guide, its channels to choose, linked roles."""

from typing import Any, Final

import pytest
from playwright.async_api import Page, expect

from tests.nouns.elsewhere import Client
from tests.nouns.entrance import community
from tests.nouns.gallery import MOVING
from tests.nouns.test_role_connections import METADATA, SCOPE, metadata_of, own
from tests.server import Server
from tests.web.conftest import Open, violations

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ADDRESS: Final = "https://bakery.example/verify"


async def bakery(server: Server, guild: dict[str, Any], owner: Any) -> Client:
    """An application in a server that says how many cookies somebody ate."""
    client = await Client.registered(server, owner)
    await owner.put(metadata_of(client), METADATA)
    body = {"name": "Bakery", "role_connections_verification_url": ADDRESS}
    await owner.patch(f"/applications/{client.id}", body)
    install = f"/oauth2/authorize?client_id={client.id}&scope=applications.commands"
    await owner.post(install, {"authorize": True, "guild_id": guild["id"]})
    return client


async def test_ux_135_a_role_is_linked_taken_and_lost(open_page: Open, server: Server) -> None:
    ann, bob = await server.person(global_name="Ann"), await server.person(global_name="Bob")
    guild = await ann.guild("Longwave")
    channel = await ann.channel(guild["id"])
    await ann.bring(bob, channel["id"])
    role = await ann.post(f"/guilds/{guild['id']}/roles", {"name": "Regulars"})
    client = await bakery(server, guild, ann)

    page = await open_page(ann)
    await page.goto(f"/guilds/{guild['id']}/roles/{role['id']}")
    await page.get_by_role("tab", name="Links").click()
    await page.get_by_role("button", name="Link this role").click()
    await page.get_by_label("What it says").select_option("Cookies")
    await page.get_by_label("At least").fill("10")
    assert await violations(page, "main") == []
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("unsaved change")).to_have_count(0)

    page = await open_page(bob)
    await page.goto(f"/channels/{guild['id']}/{channel['id']}")
    await page.get_by_role("button", name="Server menu").click()
    await page.get_by_role("menuitem", name="Linked roles").click()
    regulars = page.get_by_role("region", name="Regulars")
    await expect(regulars.get_by_text("Bakery: Cookies: at least 10")).to_be_visible()
    connect = regulars.get_by_role("link", name="Connect with Bakery")
    assert await connect.get_attribute("href") == ADDRESS
    assert await violations(page, "main") == []

    speaker = await client.api(bob, SCOPE)
    said = {"platform_username": "bob77", "metadata": {"cookies": 12}}
    await speaker.put(own(client), said)
    await page.evaluate("window.dispatchEvent(new Event('focus'))")
    await expect(regulars.get_by_text("It knows you as bob77.")).to_be_visible()
    await regulars.get_by_role("button", name="Take the role").click()
    await expect(regulars.get_by_text("You have this role")).to_be_visible()
    # It goes while the page is open, and the page says so.
    await speaker.put(own(client), said | {"metadata": {"cookies": 2}})
    await expect(regulars.get_by_text("You have this role")).to_have_count(0)
    await expect(regulars.get_by_text("Cookies: 2")).to_be_visible()


async def write_guide(page: Page, guild: dict[str, Any]) -> None:
    """Set one up in the settings: something to say, two things to see, one to read, and an icon."""
    await page.goto(f"/guilds/{guild['id']}/guide")
    await page.get_by_label("What you say to them").fill("Good that you came, [@username].")
    for place, (channel, title) in enumerate(
        (("hello", "Say hello"), ("rules", "Read"), ("log", "Look"))
    ):
        await page.get_by_role("button", name="Add a thing to do").click()
        card = page.get_by_role("listitem").filter(has=page.get_by_label("What to do")).nth(place)
        await card.get_by_label("Channel", exact=True).select_option(f"#{channel}")
        await card.get_by_label("What to do").fill(title)
    await page.get_by_role("radio", name="has said something").first.click()
    await page.get_by_role("button", name="Add a channel to read").click()
    await page.get_by_label("What it is").fill("All there is")
    await page.get_by_role("switch", name="Guide new members").click()
    assert await violations(page, "main") == []
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("unsaved change")).to_have_count(0)
    icons = page.get_by_role("group", name="Say hello").filter(has_text="Choose a picture")
    await icons.locator("input[type=file]").set_input_files(
        [{"name": "a.gif", "mimeType": "image/gif", "buffer": MOVING}]
    )
    await expect(icons.get_by_role("img")).to_have_count(0)
    await expect(icons.get_by_role("button", name="Remove")).to_be_visible()


async def test_ux_135_a_guide_is_written_and_followed_by_who_is_new(
    open_page: Open, server: Server
) -> None:
    ann, bob = await server.person(global_name="Ann"), await server.person(global_name="Bob")
    guild = await ann.guild("Longwave")
    hello = await ann.channel(guild["id"], "hello")
    for name in ("rules", "log"):
        await ann.channel(guild["id"], name)
    await community(ann, guild, hello)
    welcome = f"/guilds/{guild['id']}/new-member-welcome"

    page = await open_page(ann)
    await write_guide(page, guild)
    kept = await ann.get(welcome)
    assert [it["action_type"] for it in kept["new_member_actions"]] == [1, 0, 0]
    assert kept["new_member_actions"][0]["icon"]

    await ann.say(hello["id"], "There is <id:guide> for you.")
    # Who comes sees it first.
    await ann.bring(bob, hello["id"])
    page = await open_page(bob)
    await page.goto(f"/channels/{guild['id']}/{hello['id']}")
    main = page.get_by_role("main")
    await expect(main.get_by_text("Good that you came, Bob.")).to_be_visible()
    await expect(main.get_by_text("0 of 3 done.")).to_be_visible()
    assert await violations(page, "main") == []
    await main.get_by_role("button", name="Look at #rules").click()
    await main.get_by_role("textbox", name="Message #rules").wait_for()
    guide = page.get_by_role("link", name="Server guide")
    await guide.click()
    await expect(main.get_by_text("1 of 3 done.")).to_be_visible()
    # What is to be said is done by saying it.
    await main.get_by_role("button", name="Say something in #hello").click()
    await main.get_by_role("textbox", name="Message #hello").fill("Hello!")
    async with page.expect_response("**/new-member-action/*"):
        await page.keyboard.press("Enter")
    await main.get_by_role("button", name="Server guide").click()
    await expect(main.get_by_text("2 of 3 done.")).to_be_visible()
    await main.get_by_role("button", name="Look at #log").click()
    await main.get_by_role("textbox", name="Message #log").wait_for()
    await guide.click()
    await expect(main.get_by_text("All done.")).to_be_visible()
    member = await ann.get(f"/guilds/{guild['id']}/members/{bob.id}")
    assert member["flags"] & (1 << 6)


async def test_ux_135_channels_are_chosen_and_only_they_are_listed(
    open_page: Open, server: Server
) -> None:
    ann, bob = await server.person(global_name="Ann"), await server.person(global_name="Bob")
    guild = await ann.guild("Longwave")
    made = {name: await ann.channel(guild["id"], name) for name in ("hello", "music", "news")}
    await ann.bring(bob, made["hello"]["id"])
    page = await open_page(bob)
    await page.goto(f"/channels/{guild['id']}/{made['hello']['id']}")
    await page.get_by_role("button", name="Server menu").click()
    await page.get_by_role("menuitem", name="Browse channels").click()
    main, column = page.get_by_role("main"), page.get_by_role("region", name="Channels")
    await expect(column.get_by_role("link", name="music")).to_be_visible()
    await main.get_by_role("group", name="music").get_by_role("checkbox").uncheck()
    await expect(column.get_by_role("link", name="music")).to_have_count(0)
    await expect(column.get_by_role("link", name="news")).to_be_visible()
    await expect(main.get_by_role("switch", name="Show all channels")).not_to_be_checked()
    assert await violations(page, "main") == []
    # Who is called there sees it; whoever looks into it sees it while they do.
    await ann.say(made["music"]["id"], f"<@{bob.id}> come")
    await expect(column.get_by_role("link", name="music")).to_be_visible()
    await main.get_by_role("link", name="music").click()
    await page.get_by_role("textbox", name="Message #music").wait_for()
    read = column.get_by_role("link", name="music", exact=True)
    await expect(read).to_have_attribute("aria-current", "page")
    await column.get_by_role("link", name="news").click()
    await expect(column.get_by_role("link", name="music")).to_have_count(0)
    await page.goto(f"/channels/{guild['id']}/browse")
    await main.get_by_role("switch", name="Show all channels").click()
    await expect(column.get_by_role("link", name="music")).to_be_visible()
