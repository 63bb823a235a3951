"""The list of messages: the reader's place in it, its rows, and what is done with them."""

import re
from dataclasses import dataclass, field
from typing import Any, Final

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from tests.api import Person
from tests.patience import until
from tests.server import Server
from tests.web.conftest import Open, violations
from tests.web.holding import Held

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PAGE: Final = 50
LONGWAVE: Final = re.compile("Longwave")
FRAMES: Final = """
const frame = () => new Promise((done) => requestAnimationFrame(done));
const log = document.querySelector('[role=log]');
const rows = () => [...log.querySelectorAll('article')];
const top = (row) => row.getBoundingClientRect().top;
const gap = () => log.scrollHeight - log.clientHeight - log.scrollTop;
const seen = () => rows().find((row) => top(row) >= log.getBoundingClientRect().top);
"""


@dataclass
class Room:
    """A channel of a server with two people in it."""

    noor: Person
    junia: Person
    guild_id: str
    id: str
    said: list[dict[str, Any]] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"/channels/{self.guild_id}/{self.id}"

    async def fill(self, count: int) -> None:
        """So many messages, in turn by both."""
        for number in range(1, count + 1):
            who = self.noor if number % 3 == 0 else self.junia
            self.said.append(await who.say(self.id, f"line {number} of a long talk"))

    async def ack(self, message: dict[str, Any]) -> None:
        path = f"/channels/{self.id}/messages/{message['id']}/ack"
        await self.noor.post(path, {"manual": True, "mention_count": 0})


@pytest_asyncio.fixture(loop_scope="session")
async def room(server: Server) -> Room:
    noor, junia = await server.person(), await server.person()
    guild = await noor.guild("Longwave Club")
    channel = await noor.channel(guild["id"], "antenna-builds")
    await noor.bring(junia, channel["id"])
    return Room(noor, junia, guild["id"], channel["id"])


def messages(page: Page) -> Locator:
    return page.get_by_role("log").get_by_role("article")


def saying(page: Page, text: str) -> Locator:
    return messages(page).filter(has_text=text)


async def probe(page: Page, script: str) -> Any:
    return await page.evaluate(f"async () => {{ {FRAMES} {script} }}")


async def choose(page: Page, message: Locator, entry: str) -> None:
    await message.click(button="right", position={"x": 200, "y": 4})
    await page.get_by_role("menuitem", name=re.compile(rf"^{entry}\b")).click()


async def test_ux_017_who_speaks_on_stands_under_one_name(open_page: Open, room: Room) -> None:
    for text in ("a mast", "a wire"):
        await room.junia.say(room.id, text)
    first = await room.noor.say(room.id, "a coil")
    answered = {"message_reference": {"message_id": first["id"]}}
    await room.noor.say(room.id, "a fence", **answered)
    page = await open_page(room.noor)
    await page.goto(room.path)
    await expect(saying(page, "a fence")).to_be_visible()
    pictures = [await saying(page, text).locator("header").count() for text in ("a mast", "a wire")]
    assert pictures == [1, 0]
    await expect(saying(page, "a fence").locator("header")).to_have_count(1)


async def test_ux_018_the_time_of_a_grouped_message_is_shown_on_hover(
    open_page: Open, room: Room
) -> None:
    for text in ("first words", "and more"):
        await room.junia.say(room.id, text)
    page = await open_page(room.noor)
    await page.goto(room.path)
    time = saying(page, "and more").locator("time")
    await expect(time).to_have_css("opacity", "0")
    await saying(page, "and more").hover()
    await expect(time).to_have_css("opacity", "1")
    assert re.search(r"\d{4}", await time.get_attribute("title") or "")


async def test_ux_019_days_and_the_unread_are_set_apart(open_page: Open, room: Room) -> None:
    await room.fill(3)
    await room.ack(room.said[0])
    page = await open_page(room.noor)
    await page.goto(room.path)
    apart = page.get_by_role("log").get_by_role("separator")
    await expect(apart).to_have_count(2)
    await expect(apart.nth(1)).to_have_accessible_name(re.compile(r"1 new since .+"))
    await page.close()  # it would read what it shows once more
    german = await open_page(room.noor, locale="de-DE")
    await room.ack(room.said[0])
    await german.goto(room.path)
    named = german.get_by_role("log").get_by_role("separator").nth(1)
    await expect(named).to_have_accessible_name(re.compile(r"1 neue seit .+"))


async def test_ux_020_the_bar_leads_to_what_is_new_and_esc_reads_it(
    open_page: Open, room: Room
) -> None:
    await room.fill(40)
    await room.ack(room.said[4])
    page = await open_page(room.noor)
    keep = "localStorage.setItem('rift.preferences', JSON.stringify({openAt: 'end'}))"
    await page.evaluate(keep)
    await page.goto(room.path)
    bar = page.get_by_role("main").get_by_role("status").filter(has_text="new since")
    await expect(bar).to_contain_text("23 new since")
    await page.get_by_role("button", name="Jump", exact=True).click()
    divider = page.get_by_role("log").get_by_role("separator").filter(has_text="new since")
    await expect(divider).to_be_in_viewport()
    await expect(bar).to_have_count(0)
    await page.keyboard.press("Escape")
    await expect(divider).to_have_count(0)
    await expect(saying(page, "line 40 of")).to_be_in_viewport()


async def test_ux_021_a_channel_opens_where_the_unread_begins(open_page: Open, room: Room) -> None:
    await room.fill(90)
    await room.ack(room.said[9])
    page = await open_page(room.noor)
    await page.goto(room.path)
    await expect(saying(page, "line 11 of")).to_be_in_viewport()
    await expect(saying(page, "line 90 of")).not_to_be_in_viewport()
    await page.get_by_role("button", name="Jump to the newest").click()
    await expect(saying(page, "line 90 of")).to_be_in_viewport()
    await page.keyboard.press("Shift+PageUp")
    await expect(saying(page, "line 11 of")).to_be_in_viewport()


async def test_ux_022_who_is_at_the_end_stays_there(open_page: Open, room: Room) -> None:
    await room.fill(30)
    page = await open_page(room.noor)
    await page.goto(room.path)
    await expect(saying(page, "line 30 of")).to_be_in_viewport()
    last = await room.junia.say(room.id, "short")
    await expect(saying(page, "short")).to_be_in_viewport()
    assert await probe(page, "await frame(); await frame(); return gap()") <= 1
    tall = {"content": "\n".join(["tall"] * 40)}
    await room.junia.patch(f"/channels/{room.id}/messages/{last['id']}", tall)
    await expect(saying(page, "tall")).to_be_visible()
    assert await probe(page, "await frame(); await frame(); return gap()") <= 1
    grown = """
      let worst = 0;
      const image = document.createElement('div');
      rows().at(-1).append(image);
      for (const height of [100, 350, 600]) {
        image.style.height = `${height}px`;
        await frame(); await frame();
        worst = Math.max(worst, gap());
      }
      return worst"""
    assert await probe(page, grown) <= 1
    await page.set_viewport_size({"width": 1440, "height": 500})
    assert await probe(page, "await frame(); await frame(); return gap()") <= 1


async def test_ux_023_new_messages_do_not_move_who_reads_farther_up(
    open_page: Open, room: Room
) -> None:
    await room.fill(60)
    page = await open_page(room.noor)
    await page.goto(room.path)
    await expect(saying(page, "line 60 of")).to_be_in_viewport()
    await probe(page, "log.scrollTop -= 900; await frame(); await frame()")
    await expect(messages(page)).to_have_count(60)
    place = "const row = seen(); window.kept = [row, top(row)]"
    await probe(page, place)
    for number in range(5):
        await room.junia.say(room.id, f"news {number}")
    await expect(page.get_by_role("button", name=re.compile("^5 new below"))).to_be_visible()
    assert await probe(page, "return Math.abs(top(window.kept[0]) - window.kept[1])") == 0
    await page.get_by_role("button", name=re.compile("^5 new below")).click()
    await expect(saying(page, "news 4")).to_be_in_viewport()


async def test_ux_024_older_messages_come_without_a_jerk(open_page: Open, room: Room) -> None:
    await room.fill(160)
    page = await open_page(room.noor)
    await page.goto(room.path)
    await expect(saying(page, "line 160 of")).to_be_in_viewport()
    drift = """
      let worst = 0;
      for (let page = 0; page < 2; page++) {
        log.scrollTop = 200;
        await frame(); await frame();
        const [oldest, row] = [rows()[0], seen()];
        const before = top(row);
        for (let wait = 0; wait < 240 && rows()[0] === oldest; wait++) await frame();
        await frame();
        worst = Math.max(worst, Math.abs(top(row) - before));
      }
      return [worst, rows().length]"""
    worst, count = await probe(page, drift)
    assert worst <= 1
    assert count > 2 * PAGE


async def test_ux_024_a_slow_line_shows_bars_and_a_broken_one_offers_another_try(
    open_page: Open, room: Room
) -> None:
    await room.fill(5)
    page = await open_page(room.noor)
    pages = re.compile(r"/channels/\d+/messages\?")
    held = await Held.on(page, pages)
    await page.goto(room.path)
    log = page.get_by_role("log")
    await expect(log).to_have_attribute("aria-busy", "true")
    await expect(log.locator(".skeleton")).to_be_visible()
    await held.came()
    await held.routes[0].fulfill(status=502, body="")
    again = log.get_by_role("alert").get_by_role("button", name="Try again")
    await expect(again).to_be_visible()
    await page.unroute(pages)
    await again.click()
    await expect(saying(page, "line 5 of")).to_be_visible()


async def test_ux_025_a_link_leads_to_its_message_and_on_from_there(
    open_page: Open, room: Room
) -> None:
    await room.fill(150)
    page = await open_page(room.noor)
    await page.goto(f"{room.path}/{room.said[59]['id']}")
    target = saying(page, "line 60 of")
    await expect(target).to_be_in_viewport()
    await expect(target).to_have_class(re.compile("flashed"))
    middle = """
      const row = rows().find((row) => row.textContent.includes('line 60 of'));
      const [box, view] = [row.getBoundingClientRect(), log.getBoundingClientRect()];
      return Math.abs((box.top + box.bottom) / 2 - (view.top + view.bottom) / 2)"""
    assert await probe(page, middle) < 40
    await probe(page, "log.scrollTop = 0")
    await expect(saying(page, "line 1 of")).to_have_count(1)
    end = "log.scrollTop = log.scrollHeight; await frame(); return rows().at(-1).textContent"

    async def is_at_the_end() -> bool:
        return "line 150 of" in await probe(page, end)

    await until(is_at_the_end)
    await expect(saying(page, "line 150 of")).to_be_in_viewport()


async def test_ux_027_the_toolbar_reacts_answers_and_shift_deletes(
    open_page: Open, room: Room
) -> None:
    await room.junia.say(room.id, "look at this")
    page = await open_page(room.noor)
    await page.goto(room.path)
    message = saying(page, "look at this")
    await message.hover()
    tools = message.get_by_role("toolbar", name="Message actions")
    await tools.get_by_role("button", name="React with 🔥").click()
    mine = message.get_by_role("button", name="🔥, 1 reaction, yours included")
    await expect(mine).to_have_attribute("aria-pressed", "true")
    await mine.click()
    await expect(mine).to_have_count(0)
    await expect(tools.get_by_role("button", name="Delete without asking")).to_have_count(0)
    await page.keyboard.down("Shift")
    await tools.get_by_role("button", name="Delete without asking").click()
    await page.keyboard.up("Shift")
    await expect(message).to_have_count(0)


async def test_ux_028_the_menu_has_all_the_toolbar_has_and_more(
    open_page: Open, room: Room
) -> None:
    await room.junia.say(room.id, "wind the coil")
    page = await open_page(room.noor, permissions=["clipboard-read", "clipboard-write"])
    await page.goto(room.path)
    message = saying(page, "wind the coil")
    await message.click(button="right", position={"x": 200, "y": 4})
    menu = page.get_by_role("menu").first
    for entry in ("Reply", "Forward", "Pin", "Mark unread", "Copy text", "Copy link", "Delete"):
        await expect(menu.get_by_role("menuitem", name=re.compile(rf"^{entry}\b"))).to_be_visible()
    await page.keyboard.press("Escape")
    await choose(page, message, "Copy link")
    link = await page.evaluate("navigator.clipboard.readText()")
    assert re.search(rf"{room.path}/\d+$", link)
    await choose(page, message, "Pin")
    await expect(page.get_by_role("log")).to_contain_text("pinned a message")


async def test_ux_029_an_answer_leads_to_what_it_answers(open_page: Open, room: Room) -> None:
    first = await room.noor.say(room.id, "Who has a **spare** insulator?")
    await room.fill(70)
    answer = {"message_reference": {"message_id": first["id"]}}
    await room.junia.say(room.id, "I have", **answer)
    page = await open_page(room.noor)
    await page.goto(room.path)
    message = saying(page, "I have")
    await expect(message).to_contain_text("Who has a spare insulator?")
    await message.get_by_role("button", name=re.compile("^Answers")).click()
    await expect(messages(page).first).to_be_in_viewport()
    await room.noor.delete(f"/channels/{room.id}/messages/{first['id']}")
    await page.get_by_role("button", name=re.compile("Jump to the newest|new below")).click()
    await expect(message).to_contain_text("was deleted")


async def test_ux_030_an_edited_message_says_so_and_tells_its_history(
    open_page: Open, room: Room
) -> None:
    await room.noor.say(room.id, "27 turns")
    page = await open_page(room.noor)
    await page.goto(room.path)
    await saying(page, "27 turns").focus()
    await page.keyboard.press("e")
    box = page.get_by_role("textbox", name="Edit message")
    await expect(box).to_be_focused()
    changes = await Held.on(page, re.compile(r"/messages/\d+$"), method="PATCH")
    await box.fill("28 turns")
    await box.press("Enter")
    await box.press("Enter")
    await box.press_sequentially("!")
    await changes.came()
    async with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        await changes.let_go()
    await expect(box).to_have_value("28 turns!")
    await box.press("Escape")
    await expect(saying(page, "28 turns")).to_contain_text("(edited)")
    assert len(changes.routes) == 1
    await choose(page, saying(page, "28 turns"), "Earlier versions")
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("listitem").first).to_contain_text("27 turns")
    await expect(dialog.get_by_role("listitem").last).to_contain_text("28 turns")


async def test_ux_031_what_is_deleted_is_gone_everywhere(open_page: Open, room: Room) -> None:
    await room.noor.say(room.id, "forget this")
    mine, theirs = await open_page(room.noor), await open_page(room.junia)
    await mine.goto(room.path)
    await theirs.goto(room.path)
    await expect(saying(theirs, "forget this")).to_be_visible()
    await saying(mine, "forget this").focus()
    await mine.keyboard.press("Delete")
    question = mine.get_by_role("dialog", name="Delete this message?")
    await question.get_by_role("button", name="Delete").click()
    await expect(saying(mine, "forget this")).to_have_count(0)
    await expect(saying(theirs, "forget this")).to_have_count(0)


async def test_ux_032_a_newcomer_is_told_of_and_waved_to(open_page: Open, server: Server) -> None:
    noor, wren = await server.person(), await server.person()
    guild = await noor.guild("Kiln")
    general = next(
        channel
        for channel in await noor.get(f"/guilds/{guild['id']}/channels")
        if channel["type"] == 0
    )
    page = await open_page(noor)
    await page.goto(f"/channels/{guild['id']}/{general['id']}")
    await noor.bring(wren, general["id"])
    note = saying(page, f"{wren.user['username']} is here now.")
    waves = await Held.on(page, "**/messages", method="POST")
    await note.get_by_role("button", name="Wave").dblclick()
    await waves.came()
    await waves.let_go()
    await expect(saying(page, f"@{wren.user['username']}")).to_be_visible()
    assert len(waves.routes) == 1


async def test_ux_033_what_calls_me_stands_out(open_page: Open, room: Room) -> None:
    await room.junia.say(room.id, f"<@{room.noor.id}> bring the analyser")
    await room.junia.say(room.id, "nobody is called here")
    page = await open_page(room.noor)
    await page.goto(room.path)
    await expect(saying(page, "analyser")).to_have_accessible_name(re.compile("mentions you$"))
    calm = saying(page, "nobody is called")
    await expect(calm).not_to_have_accessible_name(re.compile("mentions you$"))


async def test_ux_034_the_blocked_are_one_row_until_they_are_asked_for(
    open_page: Open, room: Room
) -> None:
    await room.noor.put(f"/users/@me/relationships/{room.junia.id}", {"type": 2})
    for text in ("noise", "more noise"):
        await room.junia.say(room.id, text)
    await room.noor.say(room.id, "quiet")
    page = await open_page(room.noor)
    await page.goto(room.path)
    await expect(messages(page)).to_have_count(1)
    await expect(page.get_by_role("log")).to_contain_text("2 messages of people you blocked")
    await page.get_by_role("button", name="Show", exact=True).click()
    await expect(messages(page)).to_have_count(3)


async def test_ux_036_a_message_is_kept_unread_on_every_device(open_page: Open, room: Room) -> None:
    await room.fill(8)
    one, other = await open_page(room.noor), await open_page(room.noor)
    await one.goto(room.path)
    await other.goto("/channels/@me")
    await saying(one, "line 5 of").click(modifiers=["Alt"])
    divider = one.get_by_role("log").get_by_role("separator").filter(has_text="new since")
    await expect(divider).to_contain_text("3 new since")
    tile = other.get_by_role("navigation", name="Servers").get_by_role(
        "link", name=re.compile("Longwave")
    )
    await expect(tile).to_have_accessible_name(re.compile("unread", re.IGNORECASE), timeout=1000)


async def test_ux_038_a_message_is_passed_on_with_a_word(open_page: Open, room: Room) -> None:
    other = await room.noor.channel(room.guild_id, "receivers")
    await room.junia.say(room.id, "the storm is over")
    page = await open_page(room.noor)
    await page.goto(room.path)
    await choose(page, saying(page, "the storm is over"), "Forward")
    dialog = page.get_by_role("dialog", name="Forward this message")
    await dialog.get_by_label("To", exact=True).first.fill("recei")
    await dialog.get_by_role("checkbox").check()
    await dialog.get_by_label("A word about it").fill("good news")
    await dialog.get_by_role("button", name="Forward to 1 place").click()
    await expect(dialog).to_have_count(0)
    note, forward = await room.noor.get(f"/channels/{other['id']}/messages")
    assert note["content"] == "good news"
    assert forward["message_snapshots"][0]["message"]["content"] == "the storm is over"


async def test_ux_009_a_channel_is_left_and_found_again_at_the_same_place(
    open_page: Open, room: Room
) -> None:
    other = await room.noor.channel(room.guild_id, "receivers")
    await room.noor.say(other["id"], "anybody awake?")
    await room.fill(90)
    page = await open_page(room.noor)
    await page.goto(room.path)
    await expect(saying(page, "line 90 of")).to_be_in_viewport()
    await probe(page, "log.scrollTop -= 1200; await frame(); await frame()")
    text, place = await probe(page, "const row = seen(); return [row.textContent, top(row)]")
    await page.get_by_role("link", name=re.compile("^receivers")).click()
    await expect(saying(page, "anybody awake?")).to_be_visible()
    back = """
      const began = performance.now();
      const links = [...document.querySelectorAll('a')];
      links.find((link) => link.textContent.includes('antenna-builds')).click();
      const isThere = () => document.querySelector('[role=log] article')?.textContent;
      while (!isThere()?.includes('line')) await frame();
      return performance.now() - began"""
    assert await probe(page, back) < 1000
    now = "const row = seen(); return [row.textContent, top(row)]"
    assert await probe(page, f"await frame(); await frame(); {now}") == [
        text,
        pytest.approx(place, abs=1),
    ]


async def test_messages_are_reached_by_arrows_and_nothing_is_wrong_with_them(
    open_page: Open, room: Room
) -> None:
    await room.fill(6)
    page = await open_page(room.noor)
    await page.goto(room.path)
    await saying(page, "line 6 of").focus()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("ArrowUp")
    await expect(saying(page, "line 4 of")).to_be_focused()
    await room.junia.say(room.id, "something new")
    await expect(saying(page, "something new")).to_be_visible()
    await expect(saying(page, "line 4 of")).to_be_focused()
    assert [one for one in await violations(page) if "article" in one or "log" in one] == []


async def test_ux_026_ones_own_message_is_there_at_once_and_a_failed_one_can_be_sent_again(
    open_page: Open, room: Room
) -> None:
    page = await open_page(room.noor)
    await page.goto(room.path)
    posts = re.compile(r"/channels/\d+/messages$")
    held = await Held.on(page, posts)
    box = page.get_by_role("main").get_by_role("textbox")
    await box.fill("is anybody awake")
    await box.press("Enter")
    mine = saying(page, "is anybody awake")
    await expect(mine).to_have_class(re.compile("pending"))
    await held.came()
    refusal = '{"code": 50013, "message": "Missing Permissions"}'
    await held.routes[0].fulfill(status=403, body=refusal, content_type="application/json")
    await page.unroute(posts)
    await mine.get_by_role("button", name="Try again").click()
    await expect(mine).not_to_have_class(re.compile("pending"))
    await expect(mine).to_have_count(1)
    assert len(await room.noor.get(f"/channels/{room.id}/messages")) == 1


async def test_ux_133_many_messages_are_picked_and_deleted(open_page: Open, room: Room) -> None:
    await room.fill(8)
    page = await open_page(room.noor)
    await page.goto(room.path)
    box = page.get_by_role("log").get_by_role("checkbox")
    await choose(page, saying(page, "line 2 of"), "Select messages")
    bar = page.get_by_role("region", name="Selected messages")
    await expect(bar.get_by_role("status")).to_have_text("1 selected")
    await expect(saying(page, "line 2 of")).to_be_focused()
    await page.keyboard.press("Shift+ArrowDown")
    await page.keyboard.press("Shift+ArrowDown")
    await page.keyboard.press("Shift+ArrowUp")
    await expect(bar.get_by_role("status")).to_have_text("2 selected")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Space")
    await expect(bar.get_by_role("status")).to_have_text("3 selected")
    await box.nth(6).click(modifiers=["Shift"])
    await expect(bar.get_by_role("status")).to_have_text("5 selected")
    await page.set_viewport_size({"width": 390, "height": 844})
    await saying(page, "line 7 of").click()
    await expect(bar.get_by_role("status")).to_have_text("4 selected")
    await expect(bar.get_by_role("button", name="Cancel")).to_be_in_viewport(ratio=1)
    assert await violations(page, ".messages") == []
    await bar.get_by_role("button", name="Delete").click()
    question = page.get_by_role("dialog", name="Delete 4 messages?")
    await question.get_by_role("button", name="Delete").click()
    await expect(page.get_by_text("4 messages deleted.")).to_be_visible()
    await expect(bar).to_have_count(0)
    left = [f"line {number} of" for number in (1, 4, 7, 8)]
    await expect(messages(page)).to_have_count(4)
    for text in left:
        await expect(saying(page, text)).to_have_count(1)
    await expect(saying(page, "line 4 of")).to_be_focused()
    await choose(page, saying(page, "line 1 of"), "Select messages")
    await page.keyboard.press("Escape")
    await expect(box).to_have_count(0)
    await expect(saying(page, "line 1 of")).to_be_focused()
    await room.noor.get(f"/channels/{room.id}/messages/{room.said[0]['id']}")
