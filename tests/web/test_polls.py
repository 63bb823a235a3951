"""Polls as they are asked, answered, looked at and ended on screen."""

import pytest
from playwright.async_api import Page, expect

from tests.server import Server
from tests.web.conftest import Open, violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(60),
]


async def ask(page: Page) -> None:
    """By the keyboard, with an answer more than there is room for at first."""
    await page.get_by_role("button", name="Add files and more").click()
    await page.get_by_role("menuitem", name="Ask a poll").click()
    dialog = page.get_by_role("dialog", name="Ask a poll")
    await expect(dialog.get_by_role("textbox", name="Question")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_text("Two answers are needed at least.")).to_be_visible()
    assert await violations(page, ".layers", grave=True) == []
    await page.keyboard.type("Where to?")
    await dialog.get_by_role("textbox", name="Answer 1").fill("Ridge")
    await dialog.get_by_role("textbox", name="Answer 2").fill("Shore")
    await dialog.get_by_role("button", name="Add an answer").press("Enter")
    await page.keyboard.type("Home")
    await dialog.get_by_role("combobox", name="Open for").select_option("3 days")
    await dialog.get_by_role("button", name="Ask", exact=True).press("Enter")
    await expect(dialog).to_have_count(0)


async def test_ux_058_a_poll_is_asked_answered_and_ended(server: Server, open_page: Open) -> None:
    owner, guest = await server.person(), await server.person()
    guild = await owner.guild()
    channel = await owner.channel(guild["id"], "hall")
    await owner.bring(guest, channel["id"])
    mine, theirs = await open_page(owner), await open_page(guest)
    for page in (mine, theirs):
        await page.goto(f"/channels/{guild['id']}/{channel['id']}")
        await expect(page.get_by_role("textbox", name="Message #hall")).to_be_visible()
    await ask(mine)
    own, other = (page.get_by_role("region", name="Where to?") for page in (mine, theirs))
    await expect(own).to_contain_text("2 days left")

    await other.get_by_role("radio", name="Ridge").check()
    assert await violations(theirs, "main", grave=True) == []
    await other.get_by_role("button", name="Vote").click()
    chosen = other.get_by_role("button", name="Ridge your choice 1 vote 100 %")
    await expect(chosen).to_be_visible()
    await own.get_by_role("button", name="Show results").click()
    await own.get_by_role("button", name="Ridge 1 vote 100 %").click()
    voters = mine.get_by_role("dialog", name="Who voted")
    await expect(voters.get_by_role("listitem")).to_have_text([guest.user["username"]])
    await mine.keyboard.press("Escape")
    await other.get_by_role("button", name="Take my vote back").click()
    await expect(own).to_contain_text("0 votes")
    await other.get_by_role("radio", name="Shore").check()
    await other.get_by_role("button", name="Vote").click()
    await expect(own.get_by_role("button", name="Shore 1 vote 100 %")).to_be_visible()

    await own.get_by_role("button", name="End now").click()
    await mine.get_by_role("button", name="End the poll").click()
    note = (
        theirs.get_by_role("log").get_by_role("article").filter(has_text="Shore wins with 1 vote")
    )
    await expect(note).to_be_visible()
    assert await violations(theirs, "main", grave=True) == []
    await expect(other.get_by_role("button", name="Take my vote back")).to_have_count(0)
    await expect(other).to_contain_text("Closed")
