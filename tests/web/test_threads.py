"""Threads: how they come to be, where they stand, who hears of them and how they sleep."""

import pytest
from playwright.async_api import expect

from tests.server import Server
from tests.web.conftest import Open, violations

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_ux_027_098_a_thread_is_started_from_a_message_and_talked_in_beside_it(
    server: Server, open_page: Open
) -> None:
    owner, guest = await server.person(), await server.person()
    guild = await owner.guild("Weavers")
    loom = await owner.channel(guild["id"], "loom")
    await owner.bring(guest, loom["id"])
    said = await guest.say(loom["id"], "which yarn for the warp")
    page = await open_page(owner)
    await page.goto(f"/channels/{guild['id']}/{loom['id']}")
    row = page.get_by_role("article").filter(has_text="which yarn")
    await row.hover()
    await row.get_by_role("button", name="Start a thread").click()
    form = page.get_by_role("dialog", name="A thread about this message")
    await expect(form.get_by_label("Name of the thread")).to_have_value("which yarn for the warp")
    assert await violations(page, "[role=dialog]", grave=True) == []
    await form.get_by_label("Name of the thread").fill("Warp yarn")
    await form.get_by_role("button", name="Start thread").click()

    beside = page.get_by_role("complementary", name="Warp yarn")
    await expect(beside.get_by_role("article").first).to_contain_text("which yarn for the warp")
    await beside.get_by_role("textbox", name="Message #Warp yarn").fill("linen")
    await page.keyboard.press("Enter")
    await expect(row.get_by_role("link", name="Warp yarn")).to_contain_text("1 message")
    await guest.say(said["id"], "cotton is kinder")
    await expect(row.get_by_role("link", name="Warp yarn")).to_contain_text("cotton is kinder")
    assert await violations(page, grave=True) == []
    await beside.get_by_role("button", name="Open in full").click()
    main = page.get_by_role("main")
    await expect(main.get_by_role("heading", name="Warp yarn", level=1)).to_be_visible()

    # An archived one says so, and opens again by a word.
    await main.get_by_role("button", name="Thread menu").click()
    await page.get_by_role("menuitem", name="Archive").click()
    await expect(main.get_by_text("This thread is archived.")).to_be_visible()
    await main.get_by_role("link", name="loom").click()
    await main.get_by_role("button", name="Threads").click()
    shelf = page.get_by_role("dialog", name="Threads of loom")
    await shelf.get_by_role("tab", name="Archived", exact=True).click()
    await shelf.get_by_role("button", name="Warp yarn").click()
    await main.get_by_role("textbox", name="Message #Warp yarn").fill("silk, then")
    await page.keyboard.press("Enter")
    await expect(main.get_by_text("This thread is archived.")).to_be_hidden()
    rows = page.get_by_role("region", name="Channels", exact=True)
    await expect(rows.get_by_role("link", name="Warp yarn")).to_be_visible()


async def test_ux_088_099_122_threads_one_follows_stand_below_their_channel_with_what_waits(
    server: Server, open_page: Open
) -> None:
    owner, guest = await server.person(), await server.person()
    guild = await owner.guild("Divers")
    reef = await owner.channel(guild["id"], "reef")
    await owner.bring(guest, reef["id"])
    thread = await guest.post(f"/channels/{reef['id']}/threads", {"name": "Wreck", "type": 11})
    page = await open_page(owner)
    await page.goto(f"/channels/{guild['id']}/{reef['id']}")
    rows = page.get_by_role("region", name="Channels", exact=True)
    link = page.get_by_role("article").get_by_role("link", name="Wreck")
    await expect(link).to_be_visible()
    await expect(rows.get_by_role("link", name="Wreck")).to_have_count(0)
    await guest.say(thread["id"], f"<@{owner.id}> look at the bow")
    row = rows.get_by_role("list", name="reef").get_by_role("link", name="Wreck, 1 mention")
    await expect(row).to_be_visible()
    await row.click()
    await expect(rows.get_by_role("link", name="Wreck", exact=True)).to_be_visible()
    await page.get_by_role("main").get_by_role("link", name="reef").click()
    await guest.say(thread["id"], "and at the stern")
    await expect(rows.get_by_role("link", name="Wreck, unread")).to_be_visible()
    await rows.get_by_role("link", name="Wreck, unread").click(button="right")
    await page.get_by_role("menuitem", name="Mute").click()
    await page.get_by_role("menuitem", name="For an hour").click()
    await expect(rows.get_by_role("link", name="Wreck, muted")).to_be_visible()
    await rows.get_by_role("link", name="Wreck, muted").click(button="right")
    await page.get_by_role("menuitem", name="Stop following").click()
    await expect(rows.get_by_role("link", name="Wreck")).to_have_count(0)
