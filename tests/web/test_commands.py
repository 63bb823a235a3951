"""Commands, buttons, lists and forms of a bot of discord.py, as they are used on screen."""

import re
from typing import Final

import pytest
from playwright.async_api import Locator, Page, expect

from tests.clients.test_counter import COUNTERS, Bar
from tests.nouns.test_interactions import BUTTON, Counter
from tests.server import Server
from tests.web.conftest import Open, violations
from tests.web.holding import Held

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.clients,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(120),
]

DISCORD_PY: Final = COUNTERS[0]


def composer(page: Page) -> Locator:
    return page.get_by_role("textbox", name=re.compile("^Message #"))


def row(page: Page, text: str) -> Locator:
    """The last message that says so."""
    return page.get_by_role("log").get_by_role("article").filter(has_text=text).last


async def enter(bar: Bar, page: Page) -> None:
    await page.goto(f"/channels/{bar.shop.guild['id']}/{bar.room['id']}")
    await expect(composer(page)).to_be_focused()


async def test_ux_064_a_command_is_found_filled_in_and_answered(
    server: Server, open_page: Open
) -> None:
    async with Bar.staffed(server, DISCORD_PY) as bar:
        page = await open_page(bar.customer)
        index = await Held.on(page, "**/application-command-index")
        await enter(bar, page)
        await page.keyboard.type("/fruit eat")
        await page.keyboard.press("Enter")
        await index.came()
        await index.let_go()
        form = page.get_by_role("form", name="Command /fruit eat")
        await form.get_by_role("button", name="Leave the command").click()
        await page.keyboard.type("/fru")
        commands = page.get_by_role("listbox", name="Commands")
        await expect(commands.get_by_role("option", name="/fruit eat")).to_be_visible()
        assert await violations(page, "main", grave=True) == []
        await page.keyboard.press("Enter")
        name = form.get_by_role("combobox", name="name")
        await expect(name).to_be_focused()
        await page.keyboard.press("Escape")
        await page.keyboard.press("Enter")
        await expect(form.get_by_role("status")).to_have_text("This is needed.")
        await page.keyboard.type("Ap")
        offers = form.get_by_role("listbox", name="name").get_by_role("option")
        await expect(offers).to_have_text(["Apple", "Apricot"])
        assert await violations(page, "main", grave=True) == []
        await page.keyboard.type("r")
        await page.keyboard.press("Enter")
        await expect(name).to_have_value("Apricot")
        await form.get_by_role("button", name="+1 optional").press("Enter")
        await page.get_by_role("menuitem", name="count").press("Enter")
        count = form.get_by_role("combobox", name="count")
        await expect(count).to_be_focused()
        await page.keyboard.type("9")
        await page.keyboard.press("Enter")
        await expect(form.get_by_role("status")).to_have_text("At most 5.")
        await count.fill("2")
        await page.keyboard.press("Enter")
        answer = row(page, "2 apricot")
        await expect(answer).to_contain_text("used /fruit eat")
        await expect(composer(page)).to_be_focused()
        await expect(composer(page)).to_have_value("")
        secret = row(page, "and a secret")
        await expect(secret).to_contain_text("Only you see this.")
        await secret.get_by_role("button", name="Dismiss").click()
        await expect(secret).to_have_count(0)
        await page.keyboard.type("/shrug of my own")
        await page.keyboard.press("Enter")
        await expect(row(page, "/shrug of my own")).to_be_visible()


async def test_ux_052_buttons_lists_and_forms_reach_the_bot(
    server: Server, open_page: Open
) -> None:
    async with Bar.staffed(server, DISCORD_PY) as bar:
        page = await open_page(bar.customer)
        await enter(bar, page)
        await bar.eat(2, "apple")
        answer = row(page, "1 apple")
        await answer.get_by_role("button", name="Who?").click()
        await page.get_by_role("searchbox", name="Find").fill(bar.customer.user["username"])
        await page.get_by_role("option").first.click()
        assert await violations(page, ".layers", grave=True) == []
        await page.get_by_role("button", name="Done").click()
        await expect(row(page, f"chosen: {bar.customer.id}")).to_contain_text("Only you see this.")
        await answer.get_by_role("button", name="Write").click()
        dialog = page.get_by_role("dialog", name="Tell us")
        words = dialog.get_by_role("textbox", name="Words")
        await expect(words).to_be_focused()
        await page.keyboard.type("x")
        await page.keyboard.press("Enter")
        await expect(dialog).to_contain_text("At least 2 letters.")
        assert await violations(page, ".layers", grave=True) == []
        await page.keyboard.type("yz")
        await page.keyboard.press("Enter")
        await expect(row(page, "You wrote xyz")).to_be_visible()
        await expect(dialog).to_have_count(0)
        await answer.get_by_role("button", name="Press").click()
        await expect(row(page, "pressed").get_by_role("button", name="Write")).to_be_visible()


async def test_ux_064_bots_have_a_say_in_the_menus_of_messages_and_people(
    server: Server, open_page: Open
) -> None:
    async with Bar.staffed(server, DISCORD_PY) as bar:
        page = await open_page(bar.customer)
        await enter(bar, page)
        said = await bar.customer.say(bar.room["id"], "wise words")
        wise = row(page, "wise words")
        await wise.click(button="right")
        await page.get_by_role("menuitem", name="Apps").press("ArrowRight")
        await page.get_by_role("menuitem", name="Quote").press("Enter")
        quote = row(page, "used Quote")
        await expect(quote).to_contain_text(said["content"])
        members = page.get_by_role("complementary", name="Members")
        await members.get_by_role("button", name=bar.customer.user["username"]).click(
            button="right"
        )
        await page.get_by_role("menuitem", name="Apps").press("ArrowRight")
        await page.get_by_role("menuitem", name="Greet").press("Enter")
        await expect(row(page, f"Hello {bar.customer.id}")).to_contain_text("used Greet")


async def test_ux_052_064_silent_bots_are_named_and_layouts_are_shown(
    server: Server, open_page: Open
) -> None:
    async with Counter.open(server) as counter:
        bot, room = counter.bot, counter.room["id"]
        page = await open_page(counter.customer)
        await page.goto(f"/channels/{counter.shop.guild['id']}/{room}")
        await expect(composer(page)).to_be_focused()
        await page.keyboard.type("/echo again and again")
        await page.get_by_role("option", name="/echo").click()
        text = page.get_by_role("combobox", name="text")
        await expect(text).to_have_value("again and again")
        await text.press("Enter")
        waiting = row(page, "used /echo")
        await expect(waiting).to_contain_text("is thinking")
        parts = [{"type": 10, "content": "**A plan**"}, {"type": 14}, BUTTON]
        secret = {"type": 17, "spoiler": True, "components": [{"type": 10, "content": "hidden"}]}
        built = {"flags": 1 << 15, "components": [{"type": 17, "components": parts}, secret]}
        await bot.post(f"/channels/{room}/messages", built)
        plan = row(page, "A plan")
        await plan.get_by_role("button", name="Spoiler").click()
        await expect(plan).to_contain_text("hidden")
        await plan.get_by_role("button", name="Go").click()
        await expect(plan.get_by_role("button", name="Go")).to_be_disabled()
        await expect(waiting).to_contain_text("did not answer in time.")
        await expect(plan.get_by_role("status")).to_contain_text("did not answer in time.")
        await expect(plan.get_by_role("button", name="Go")).to_be_enabled()
        assert await violations(page, "main", grave=True) == []
