"""An evening with a bot of discord.py, and in bad weather: restarts and a slow line."""

from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Locator, Page, expect

from tests.api import Api, Person
from tests.clients.client import Client
from tests.clients.conftest import PRIVILEGED
from tests.clients.environments import LIBRARIES
from tests.patience import until
from tests.server import LIFTED, Server, running_server
from tests.web.conftest import Open
from tests.web.holding import Held

BY_ITSELF_MS: Final = 30_000
"""Until a page has found a server again that was away."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(120),
]


def composer(page: Page, channel: str) -> Locator:
    return page.get_by_role("textbox", name=f"Message #{channel}")


async def hall(owner: Person) -> tuple[dict[str, Any], str]:
    """A channel, and the way to it."""
    guild = await owner.guild("Evening")
    channel = await owner.channel(guild["id"], "hall")
    return channel, f"/channels/{guild['id']}/{channel['id']}"


@pytest.mark.clients
async def test_a_bot_posts_cards_and_moderates_while_everybody_looks(
    server: Server, open_page: Open
) -> None:
    owner, guest = await server.person(), await server.person()
    channel, path = await hall(owner)
    guild_id = channel["guild_id"]
    await owner.bring(guest, channel["id"])
    robot = await server.bot(owner, guild_id, flags=PRIVILEGED)
    mine, theirs = await open_page(owner), await open_page(guest)
    async with Client.running(LIBRARIES[0], server.url, robot.api.bare_token) as bot:
        for page in (mine, theirs):
            await page.goto(path)
            await expect(composer(page, "hall")).to_be_visible()
        await bot.do("card", channel_id=channel["id"], title="Tonight", Doors="19:00", Talk="20:00")
        for page in (mine, theirs):
            card = page.get_by_role("log").get_by_role("article").filter(has_text="Tonight")
            await expect(card).to_contain_text("19:00")

        await composer(theirs, "hall").fill("a rude word")
        await composer(theirs, "hall").press("Enter")
        heard = await bot.expect("message", content="a rude word")
        rude = mine.get_by_role("log").get_by_text("a rude word", exact=True)
        await expect(rude).to_be_visible()
        await bot.do("delete", channel_id=channel["id"], message_id=heard["id"])
        await expect(rude).to_have_count(0)
        await bot.do("timeout", guild_id=guild_id, user_id=guest.id, seconds=600)
        await expect(theirs.get_by_text("You are timed out until")).to_be_visible()
        await bot.do("ban", guild_id=guild_id, user_id=guest.id, reason="rude again")
        rail = theirs.get_by_role("navigation", name="Servers")
        await expect(rail.get_by_role("link", name="Evening")).to_have_count(0)
        await expect(composer(mine, "hall")).to_be_enabled()


async def test_pages_outlive_a_restart_of_the_server(
    database: str, tmp_path: Path, open_page: Open
) -> None:
    environment = {**LIFTED, "DATABASE_URL": database}
    async with running_server(tmp_path, environment) as first:
        port = urlsplit(first.url).port
        owner, guest = await first.person(), await first.person()
        channel, path = await hall(owner)
        await owner.bring(guest, channel["id"])
        page = await open_page(owner, url=first.url)
        await page.goto(path)
        await expect(composer(page, "hall")).to_be_visible()
        assert await first.stop() == 0
    await expect(page.get_by_text("The line to the server is down.")).to_be_visible()
    await composer(page, "hall").fill("said into the dark")
    await composer(page, "hall").press("Enter")
    async with running_server(tmp_path, environment, "--port", str(port)) as again:
        other = Person(Api(again.http, again.url, guest.api.token), guest.user)

        async def has_arrived() -> bool:
            said = await other.get(f"/channels/{channel['id']}/messages")
            return [message["content"] for message in said] == ["said into the dark"]

        await until(has_arrived, within_s=BY_ITSELF_MS / 1000)
        await other.say(channel["id"], "I hear you")
        log = page.get_by_role("log")
        await expect(log.get_by_text("I hear you")).to_be_visible(timeout=BY_ITSELF_MS)
        await expect(log.get_by_text("said into the dark", exact=True)).to_have_count(1)
        await expect(page.get_by_text("The line to the server is down.")).to_have_count(0)


async def test_on_a_slow_line_what_is_known_is_shown_at_once(
    server: Server, open_page: Open
) -> None:
    owner = await server.person()
    channel, path = await hall(owner)
    other = await owner.channel(channel["guild_id"], "attic")
    for place in (channel, other):
        await owner.say(place["id"], f"welcome to the {place['name']}")
    page = await open_page(owner)
    await page.goto(path)
    log = page.get_by_role("log")
    await expect(log.get_by_text("welcome to the hall")).to_be_visible()
    slow = await Held.on(page, "**/api/**")
    await page.get_by_role("link", name="attic").click()
    await composer(page, "attic").fill("dusty")
    await composer(page, "attic").press("Enter")
    await expect(log.get_by_text("dusty", exact=True)).to_be_visible()
    await page.get_by_role("link", name="hall").click()
    await expect(log.get_by_text("welcome to the hall")).to_be_visible()
    await page.get_by_role("link", name="attic").click()
    await slow.let_go()
    await expect(log.get_by_text("welcome to the attic")).to_be_visible()
    await expect(log.get_by_text("dusty", exact=True)).to_have_count(1)


async def to_newest_message(page: Page) -> None:
    """By Shift and Tab from where one writes."""
    for _ in range(12):
        await page.keyboard.press("Shift+Tab")
        if await page.evaluate("document.activeElement.matches('[data-message]')"):
            return
    pytest.fail("no message is reached by Tab")


async def test_an_evening_needs_no_mouse(server: Server, open_page: Open) -> None:
    owner = await server.person()
    channel, path = await hall(owner)
    await owner.channel(channel["guild_id"], "attic")
    page = await open_page(owner)
    await page.goto(path)
    keys, log = page.keyboard, page.get_by_role("log")
    await expect(composer(page, "hall")).to_be_visible()

    await keys.type("good evenin")
    await keys.press("Enter")
    await expect(log.locator("[data-message]").filter(has_text="good evenin")).to_be_visible()
    await keys.press("ArrowUp")
    await expect(log.get_by_role("textbox")).to_be_focused()
    await keys.type("g")
    await keys.press("Enter")
    await expect(log.get_by_text("good evening", exact=True)).to_be_visible()

    await keys.press("Control+k")
    await expect(page.get_by_role("dialog").get_by_role("combobox")).to_be_focused()
    await keys.type("attic")
    await expect(page.get_by_role("option", name="attic").first).to_be_visible()
    await keys.press("Enter")
    await expect(composer(page, "attic")).to_be_visible()
    await keys.press("Alt+ArrowUp")
    await expect(composer(page, "hall")).to_be_focused()

    await to_newest_message(page)
    await keys.press("r")
    await expect(composer(page, "hall")).to_be_focused()
    await keys.type("to whom?")
    await keys.press("Enter")
    answer = log.locator("[data-message]").filter(has_text="to whom?")
    await expect(answer).to_contain_text("good evening")
    await to_newest_message(page)
    await keys.press("+")
    await expect(page.get_by_role("dialog").get_by_role("searchbox")).to_be_focused()
    await keys.type("rocket")
    await expect(page.get_by_role("gridcell", name="rocket").first).to_be_visible()
    await keys.press("Enter")
    await expect(answer.get_by_role("button", name="1 reaction")).to_be_visible()

    await keys.press("Control+f")
    await expect(page.get_by_role("combobox", name="Search")).to_be_focused()
    await keys.type("whom")
    await keys.press("Enter")
    hits = page.get_by_role("region", name="Search").get_by_text("to whom?")
    await expect(hits).to_be_visible()
    await keys.press("Escape")
    await keys.press("Control+,")
    await expect(page.get_by_role("navigation", name="Settings")).to_be_visible()
    await keys.press("Escape")
    await expect(composer(page, "hall")).to_be_visible()
