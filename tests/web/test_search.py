"""Searching, the inbox and pins, in a browser."""

from typing import Any, NamedTuple

import pytest
from playwright.async_api import Page, expect

from tests.api import Person
from tests.patience import until
from tests.server import Server
from tests.web.conftest import Open, violations

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


class Room(NamedTuple):
    """A server of two people, seen by one of them."""

    page: Page
    guild_id: str
    channel_id: str
    other_id: str
    reader: Person
    writer: Person


async def enter(server: Server, open_page: Open) -> Room:
    reader, writer = (
        await server.person(global_name="reader"),
        await server.person(global_name="junia"),
    )
    guild = await reader.guild("Longwave Club")
    channel_id = (await reader.channel(guild["id"], "antenna-builds"))["id"]
    other_id = (await reader.channel(guild["id"], "receivers"))["id"]
    await reader.bring(writer, channel_id)
    page = await open_page(reader)
    await page.goto(f"/channels/{guild['id']}/{channel_id}")
    await expect(page.get_by_role("heading", name="antenna-builds", level=1)).to_be_visible()
    return Room(page, guild["id"], channel_id, other_id, reader, writer)


async def found(person: Person, guild_id: str, words: str, count: int) -> None:
    """Wait until the index holds so many."""

    async def are_there() -> bool:
        answer: dict[str, Any] = await person.get(
            f"/guilds/{guild_id}/messages/search?content={words}"
        )
        return bool(answer["total_results"] == count)

    await until(are_there)


async def test_ux_083_filters_narrow_down_what_is_found(server: Server, open_page: Open) -> None:
    room = await enter(server, open_page)
    page = room.page
    await room.writer.say(room.channel_id, "the coil is warm")
    await room.writer.say(room.other_id, "another coil, colder")
    await room.reader.say(room.channel_id, "my coil")
    await found(room.reader, room.guild_id, "coil", 3)
    await page.keyboard.press("Control+f")
    field = page.get_by_role("combobox", name="Search messages")
    await expect(field).to_be_focused()
    await expect(page.get_by_role("option")).to_have_count(9)
    await field.press_sequentially("from:jun")
    await expect(page.get_by_role("option", name="junia")).to_have_attribute(
        "aria-selected", "true"
    )
    await field.press("Enter")
    await field.press_sequentially("coil")
    await field.press("Enter")
    panel = page.get_by_role("region", name="Search")
    await expect(panel.get_by_role("status")).to_contain_text("2 results")
    await page.wait_for_function("CSS.highlights.get('found')?.size === 2")
    assert await violations(page, "[data-pane=members]") == []
    await panel.get_by_role("radio", name="Oldest").click()
    await expect(panel.get_by_role("article").first).to_contain_text("the coil is warm")
    await panel.get_by_role("button", name="This channel").click()
    await expect(panel.get_by_role("status")).to_contain_text("1 result")
    await field.fill("")
    await field.press("Backspace")
    await field.press("Backspace")
    await expect(panel.get_by_role("button", name="from: junia coil")).to_be_visible()
    await field.fill("kettle")
    await field.press("Enter")
    await expect(panel.get_by_text("No message matches.")).to_be_visible()


async def test_ux_083_a_hit_leads_to_where_it_was_said(server: Server, open_page: Open) -> None:
    room = await enter(server, open_page)
    page = room.page
    said = await room.writer.say(room.other_id, "an insulator of glass")
    await found(room.reader, room.guild_id, "insulator", 1)
    await page.get_by_role("button", name="Search", exact=True).click()
    field = page.get_by_role("combobox", name="Search messages")
    await field.fill("insulator")
    await field.press("Enter")
    await page.get_by_role("link", name="Jump to the message of junia").click()
    await page.wait_for_url(f"**/{room.other_id}/{said['id']}")
    await expect(page.get_by_role("heading", name="receivers", level=1)).to_be_visible()


async def test_ux_084_085_everything_is_searched_and_searches_are_kept(
    server: Server, open_page: Open
) -> None:
    room = await enter(server, open_page)
    page = room.page
    elsewhere = await room.reader.guild("Night Ferry")
    deck = await room.reader.channel(elsewhere["id"], "deck")
    await room.reader.say(deck["id"], "the kettle sings")
    await found(room.reader, elsewhere["id"], "kettle", 1)
    await page.keyboard.press("Control+f")
    field = page.get_by_role("combobox", name="Search messages")
    await field.fill("kettle")
    await field.press("Enter")
    await page.get_by_role("button", name="Search everything").click()
    panel = page.get_by_role("region", name="Search")
    await expect(panel.get_by_role("article")).to_contain_text("the kettle sings")
    await expect(panel.get_by_role("heading", name="deck")).to_contain_text("Night Ferry")
    await panel.get_by_role("button", name="Save this search").click()
    await page.get_by_role("textbox", name="Name").fill("Kettles")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("The search is saved.")).to_be_visible()
    await panel.get_by_role("button", name="Empty the search").click()
    await expect(panel.get_by_role("button", name="Kettles", exact=True)).to_be_visible()
    await expect(panel.get_by_role("button", name="kettle", exact=True)).to_be_visible()
    await panel.get_by_role("button", name="Forget these").click()
    await expect(panel.get_by_role("button", name="kettle", exact=True)).to_have_count(0)
    await panel.get_by_role("button", name="Kettles", exact=True).click()
    await expect(panel.get_by_role("article")).to_contain_text("the kettle sings")


async def test_ux_086_the_inbox_holds_what_waits(server: Server, open_page: Open) -> None:
    room = await enter(server, open_page)
    page = room.page
    await room.writer.say(room.other_id, f"<@{room.reader.id}> look at this")
    await room.writer.say(room.other_id, "@everyone come")
    await page.get_by_role("button", name="Inbox, somebody called you").click()
    inbox = page.get_by_role("dialog", name="Inbox")
    await expect(inbox.get_by_role("article").first).to_contain_text("look at this")
    assert await violations(page, ".panel") == []
    await inbox.get_by_role("tab", name="Mentions").click()
    await expect(inbox.get_by_role("article").last).to_contain_text("look at this")
    await inbox.get_by_role("button", name="@everyone").click()
    await expect(inbox.get_by_role("article")).to_have_count(1)
    await inbox.get_by_role("tab", name="Unread").click()
    await inbox.get_by_role("button", name="Mark receivers as read").click()
    await expect(inbox.get_by_role("link", name="receivers")).to_have_count(0)
    await inbox.get_by_role("button", name="Mark all as read").click()
    await expect(inbox.get_by_text("All read")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(inbox).to_have_count(0)


async def test_ux_037_pins_and_saved_messages_are_kept(server: Server, open_page: Open) -> None:
    room = await enter(server, open_page)
    page = room.page
    await room.writer.say(room.channel_id, "remember the wire")
    message = page.get_by_role("article").filter(has_text="remember the wire")
    await message.click(button="right")
    await page.get_by_role("menuitem", name="Save message").click()
    await expect(page.get_by_text("Saved. It is in your inbox.")).to_be_visible()
    await message.click(button="right")
    await page.get_by_role("menuitem", name="Pin").click()
    await page.get_by_role("button", name="Pinned messages").click()
    pins = page.get_by_role("dialog", name="Pinned messages")
    await expect(pins.get_by_role("article")).to_contain_text("remember the wire")
    await pins.get_by_role("button", name="Unpin").click()
    await expect(pins.get_by_text("Nothing pinned yet")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Inbox").click()
    await page.get_by_role("tab", name="Saved").click()
    inbox = page.get_by_role("dialog", name="Inbox")
    await expect(inbox.get_by_role("article")).to_contain_text("remember the wire")
    await inbox.get_by_role("button", name="Do not keep it any longer").click()
    await expect(inbox.get_by_text("Nothing saved yet")).to_be_visible()
