"""The composer: what keys do, what is suggested, files, emojis, and where one may not write."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from playwright.async_api import FilePayload, Locator, Page, Route, expect

from rift.permissions import Permission
from tests.api import Person
from tests.nouns.artwork import sticker
from tests.nouns.luggage import png
from tests.patience import until
from tests.server import Server
from tests.web.conftest import Open
from tests.web.holding import Held

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NOTES: FilePayload = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"remember"}
MIB = 1024 * 1024


class Place:
    """A channel with two people in it."""

    def __init__(self, owner: Person, member: Person, channel: dict[str, Any]) -> None:
        self.owner, self.member = owner, member
        self.guild_id: str = channel["guild_id"]
        self.id: str = channel["id"]
        self.path = f"/channels/{self.guild_id}/{self.id}"

    async def said(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self.owner.get(f"/channels/{self.id}/messages")
        return found[::-1]

    async def holds(self, count: int) -> list[dict[str, Any]]:
        async def is_so() -> bool:
            return len(await self.said()) == count

        await until(is_so)
        return await self.said()


async def place(server: Server, **channel: Any) -> Place:
    owner, member = await server.person(), await server.person()
    guild = await owner.guild("Harbour")
    made = await owner.channel(guild["id"], "quay", **channel)
    await owner.bring(member, made["id"])
    return Place(owner, member, made)


async def opened(page: Page, where: Place) -> Page:
    await page.goto(where.path)
    await expect(text(page)).to_be_focused()
    return page


def text(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Message #quay")


def options(page: Page) -> Locator:
    return page.get_by_role("listbox").get_by_role("option")


async def test_ux_061_enter_sends_and_shift_enter_breaks_the_line(
    open_page: Open, server: Server
) -> None:
    where = await place(server)
    page = await opened(await open_page(where.member), where)
    await page.keyboard.type("one")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("two")
    await page.keyboard.press("Enter")
    assert [it["content"] for it in await where.holds(1)] == ["one\ntwo"]
    await expect(text(page)).to_have_value("")


async def test_ux_061_enter_while_composing_is_not_sent(open_page: Open, server: Server) -> None:
    where = await place(server)
    page = await opened(await open_page(where.member), where)
    session = await page.context.new_cdp_session(page)
    composing = {"text": "にほん", "selectionStart": 3, "selectionEnd": 3}
    await session.send("Input.imeSetComposition", composing)
    key = {"type": "rawKeyDown", "key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229}
    await session.send("Input.dispatchKeyEvent", key)
    await expect(text(page)).to_have_value("にほん")
    await session.send("Input.insertText", {"text": "日本"})
    await page.keyboard.press("Enter")
    assert [it["content"] for it in await where.holds(1)] == ["日本"]


async def test_ux_061_the_keys_can_be_swapped(open_page: Open, server: Server) -> None:
    where = await place(server)
    page = await open_page(where.member)
    keep = "localStorage.setItem('rift.preferences', '{\"sendWith\":\"ctrl-enter\"}')"
    await page.evaluate(keep)
    await opened(page, where)
    await page.keyboard.type("one")
    await page.keyboard.press("Enter")
    await page.keyboard.type("two")
    await page.keyboard.press("Control+Enter")
    assert [it["content"] for it in await where.holds(1)] == ["one\ntwo"]


async def test_ux_062_up_edits_and_shift_up_answers(open_page: Open, server: Server) -> None:
    where = await place(server)
    await where.owner.say(where.id, "the first")
    await where.member.say(where.id, "mine")
    theirs = await where.owner.say(where.id, "the last")
    page = await opened(await open_page(where.member), where)
    await expect(page.get_by_role("log").get_by_text("the last")).to_be_visible()
    await page.keyboard.press("ArrowUp")
    editing = page.get_by_role("log").get_by_role("textbox")
    await expect(editing).to_be_focused()
    await editing.press("Escape")
    await expect(editing).to_have_count(0)
    await expect(text(page)).to_be_focused()
    await page.keyboard.press("Shift+ArrowUp")
    await expect(page.get_by_text("Reply to")).to_be_visible()
    await page.get_by_role("button", name="on", exact=True).click()
    await text(page).fill("quietly")
    await page.keyboard.press("Enter")
    answer = (await where.holds(4))[-1]
    assert answer["message_reference"]["message_id"] == theirs["id"]
    assert answer["mentions"] == []
    await page.keyboard.press("Shift+ArrowUp")
    await page.keyboard.press("Escape")
    await expect(page.get_by_text("Reply to")).to_have_count(0)


async def test_ux_063_people_roles_and_channels_are_suggested(
    open_page: Open, server: Server
) -> None:
    where = await place(server)
    path = f"/guilds/{where.guild_id}/roles"
    role = await where.owner.post(path, {"name": "Night Crew", "mentionable": True})
    page = await opened(await open_page(where.owner), where)
    name = (await where.member.get("/users/@me"))["username"]
    await page.keyboard.type(f"@{name[:-1]}")
    await expect(options(page).filter(has_text=name)).to_be_visible()
    await expect(text(page)).to_have_attribute("aria-autocomplete", "list")
    await options(page).filter(has_text=name).click()
    await page.keyboard.type("@night")
    await expect(options(page)).to_have_count(1)
    await page.keyboard.press("Tab")
    await page.keyboard.type("#qu")
    await expect(options(page)).to_have_count(1)
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    [said] = await where.holds(1)
    assert said["content"] == f"<@{where.member.id}> <@&{role['id']}> <#{where.id}>"


async def test_ux_063_arrows_choose_and_escape_puts_away(open_page: Open, server: Server) -> None:
    where = await place(server)
    page = await opened(await open_page(where.owner), where)
    await page.keyboard.type(":smi")
    await expect(options(page)).to_have_count(10)
    await expect(options(page).first).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("ArrowDown")
    chosen = options(page).nth(1)
    await expect(chosen).to_have_attribute("aria-selected", "true")
    assert await text(page).get_attribute("aria-activedescendant") == await chosen.get_attribute(
        "id"
    )
    await page.keyboard.press("Escape")
    await expect(options(page)).to_have_count(0)
    await expect(text(page)).to_have_value(":smi")


async def _before_the_emojis(open_page: Open, server: Server) -> tuple[Place, Page, Held]:
    """A channel to write in, while the emojis are still to come."""
    where = await place(server)
    page = await open_page(where.member)
    emojis = await Held.on(page, "**/assets/compact-*.json")
    return where, await opened(page, where), emojis


async def test_ux_063_an_enter_waits_for_the_emojis_it_is_about(
    open_page: Open, server: Server
) -> None:
    where, page, emojis = await _before_the_emojis(open_page, server)
    await page.keyboard.type("off we go :rocket:")
    await page.keyboard.press("Enter")
    await page.keyboard.type("at once :fire")
    await page.keyboard.press("Enter")
    await emojis.came()
    await emojis.let_go()
    await expect(text(page)).to_have_value("at once 🔥 ")
    await page.keyboard.press("Enter")
    said = [it["content"] for it in await where.holds(2)]
    assert said == ["off we go :rocket:", "at once 🔥"]
    await page.keyboard.type("and :tada:")
    await page.keyboard.press("Enter")
    assert (await where.holds(3))[-1]["content"] == "and 🎉"


async def test_ux_063_an_early_enter_is_not_lost_on_who_leaves(
    open_page: Open, server: Server
) -> None:
    where, page, emojis = await _before_the_emojis(open_page, server)
    await page.keyboard.type("gone :rocket:")
    await page.keyboard.press("Enter")
    await emojis.came()
    await page.get_by_role("link", name="general", exact=True).click()
    assert (await where.holds(1))[0]["content"] == "gone :rocket:"
    await page.get_by_role("link", name="quay", exact=True).click()
    await expect(text(page)).to_have_value("")
    await emojis.let_go()


async def test_ux_065_drafts_survive_a_reload(open_page: Open, server: Server) -> None:
    where = await place(server)
    asked = await where.owner.say(where.id, "who brings the rope?")
    page = await opened(await open_page(where.member), where)
    await expect(page.get_by_role("log").get_by_text("who brings")).to_be_visible()
    await page.keyboard.press("Shift+ArrowUp")
    await page.keyboard.type("I could, if")
    await page.reload()
    await expect(text(page)).to_have_value("I could, if")
    await expect(page.get_by_text("Reply to")).to_be_visible()
    await text(page).press("Enter")
    answer = (await where.holds(2))[-1]
    assert answer["message_reference"]["message_id"] == asked["id"]
    await page.reload()
    await expect(text(page)).to_have_value("")


async def test_ux_066_files_are_named_described_hidden_and_removed(
    open_page: Open, server: Server
) -> None:
    where = await place(server)
    page = await opened(await open_page(where.member), where)
    picture: FilePayload = {"name": "cat.png", "mimeType": "image/png", "buffer": png(8, 6)}
    await page.locator("input[type=file]").set_input_files([NOTES, picture, NOTES])
    cards = page.get_by_role("list", name="Files that go with the message").get_by_role("listitem")
    await expect(cards).to_have_count(3)
    await cards.nth(2).get_by_role("button", name="Remove notes.txt").click()
    await cards.nth(1).get_by_role("button", name="Name and description of cat.png").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("File name").fill("tabby.png")
    await dialog.get_by_label("What is to be seen").fill("a cat on a wall")
    await dialog.get_by_role("button", name="Keep").click()
    await cards.nth(1).get_by_role("button", name="Hide tabby.png as a spoiler").click()
    await text(page).fill("look")
    await text(page).press("Enter")
    [said] = await where.holds(1)
    notes, cat = said["attachments"]
    assert notes["filename"] == "notes.txt"
    assert cat["filename"] == "SPOILER_tabby.png"
    assert cat["description"] == "a cat on a wall"
    await expect(cards).to_have_count(0)


async def test_ux_066_files_are_dropped_and_pasted(open_page: Open, server: Server) -> None:
    where = await place(server)
    page = await opened(await open_page(where.member), where)
    carried = await page.evaluate_handle(
        "() => { const carried = new DataTransfer();"
        " carried.items.add(new File(['x'], 'dropped.txt')); return carried; }"
    )
    log = page.get_by_role("log")
    await log.dispatch_event("dragenter", {"dataTransfer": carried})
    await expect(page.get_by_text("Drop to send to #quay")).to_be_visible()
    await log.dispatch_event("drop", {"dataTransfer": carried})
    await expect(page.get_by_text("Drop to send to #quay")).to_have_count(0)
    await expect(page.get_by_role("article", name="dropped.txt")).to_be_visible()
    await text(page).evaluate(
        "(field, carried) => field.dispatchEvent(new ClipboardEvent('paste',"
        " { clipboardData: carried, bubbles: true, cancelable: true }))",
        carried,
    )
    await expect(page.get_by_role("article", name="dropped.txt")).to_have_count(2)


async def test_ux_067_a_large_file_goes_in_pieces_and_survives_a_break(
    open_page: Open, server: Server
) -> None:
    where = await place(server)
    page = await opened(await open_page(where.member), where)
    spans: list[str] = []

    async def breaking(route: Route) -> None:
        spans.append(route.request.headers.get("content-range", ""))
        await (route.abort() if len(spans) == 2 else route.continue_())

    await page.route("**/api/uploads/**", breaking)
    film: FilePayload = {"name": "film.bin", "mimeType": "video/x-none", "buffer": bytes(12 * MIB)}
    await page.locator("input[type=file]").set_input_files([film])
    await text(page).fill("sent while it is on its way")
    await text(page).press("Enter")
    [said] = await where.holds(1)
    assert said["attachments"][0]["size"] == 12 * MIB
    assert spans[2] == f"bytes */{12 * MIB}"


async def test_ux_067_an_upload_that_failed_is_tried_again(open_page: Open, server: Server) -> None:
    where = await place(server)
    page = await opened(await open_page(where.member), where)

    async def refuse(route: Route) -> None:
        await route.fulfill(status=403, json={"message": "No.", "code": 0})

    await page.route("**/attachments", refuse)
    await page.locator("input[type=file]").set_input_files([NOTES])
    card = page.get_by_role("article", name="notes.txt")
    await expect(card.get_by_role("alert")).to_have_text("No.")
    await page.unroute("**/attachments")
    await card.get_by_role("button", name="Try notes.txt again").click()
    await expect(card.get_by_role("alert")).to_have_count(0)
    await text(page).press("Enter")
    assert (await where.holds(1))[0]["attachments"][0]["filename"] == "notes.txt"


async def test_ux_068_the_limit_is_told_before_anything_is_sent(
    open_page: Open, server: Server
) -> None:
    where = await place(server)
    everyone = f"/guilds/{where.guild_id}/roles/{where.guild_id}"
    await where.owner.patch(everyone, {"upload_bytes": 1024 * 1024})
    page = await opened(await open_page(where.member), where)
    large: FilePayload = {"name": "fence.mov", "mimeType": "video/x", "buffer": bytes(2 * MIB)}
    await page.locator("input[type=file]").set_input_files([large])
    told = page.get_by_text("fence.mov is 2 MB. This server takes 1 MB.")
    await expect(told).to_be_visible()
    await expect(page.get_by_role("article", name="fence.mov")).to_have_count(0)


async def test_ux_069_emojis_are_picked_by_keys(open_page: Open, server: Server) -> None:
    where = await place(server)
    page = await opened(await open_page(where.member), where)
    await page.keyboard.press("Control+e")
    picker = page.get_by_role("dialog", name="Emoji")
    search = picker.get_by_role("searchbox", name="Find an emoji")
    await expect(search).to_be_focused()
    await search.fill("fire")
    await expect(picker.get_by_role("gridcell", name="fire", exact=True)).to_be_visible()
    await search.press("Enter")
    await expect(text(page)).to_have_value("🔥 ")
    await expect(text(page)).to_be_focused()
    await page.get_by_role("button", name="Emoji", exact=True).click()
    await expect(picker.get_by_role("rowheader", name="Used lately")).to_be_visible()
    await picker.get_by_role("button", name="Flags").click()
    await expect(picker.get_by_role("rowheader", name="Flags")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(picker).to_have_count(0)


async def test_ux_069_who_types_faster_than_emojis_come_gets_theirs(
    open_page: Open, server: Server
) -> None:
    where = await place(server)
    page = await open_page(where.member)
    emojis = await Held.on(page, "**/assets/compact-*.json")
    await opened(page, where)
    await page.keyboard.press("Control+e")
    search = page.get_by_role("searchbox", name="Find an emoji")
    await search.fill("fir")
    await search.press("Enter")
    await search.fill("wave")
    await search.press("Enter")
    await emojis.came()
    await emojis.let_go()
    await expect(text(page)).to_have_value("👋 ")


async def test_ux_071_who_is_typing_is_told_and_forgotten(open_page: Open, server: Server) -> None:
    where = await place(server)
    page = await opened(await open_page(where.member), where)
    name = (await where.owner.get("/users/@me"))["username"]
    async with server.gateway(where.owner) as gateway:
        await page.keyboard.type("h")
        told = await gateway.expect("TYPING_START")
        assert told.data["user_id"] == where.member.id
    await where.owner.post(f"/channels/{where.id}/typing")
    await expect(page.get_by_text(f"{name} is typing")).to_be_visible()
    await where.owner.say(where.id, "done")
    await expect(page.get_by_text(f"{name} is typing")).to_have_count(0)


async def test_ux_072_slow_mode_counts_down(open_page: Open, server: Server) -> None:
    where = await place(server, rate_limit_per_user=60)
    page = await opened(await open_page(where.member), where)
    await expect(page.get_by_text("Slow mode", exact=True)).to_be_visible()
    await page.keyboard.type("first")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("timer")).to_contain_text("Next message in")
    await page.keyboard.type("second")
    await page.keyboard.press("Enter")
    await expect(text(page)).to_have_value("second")
    await page.reload()
    await expect(page.get_by_role("timer")).to_contain_text("Next message in")
    free = await opened(await open_page(where.owner), where)
    await expect(free.get_by_text("Slow mode does not hold for you")).to_be_visible()


async def test_ux_072_who_may_not_write_is_told_why(open_page: Open, server: Server) -> None:
    where = await place(server)
    overwrite = f"/channels/{where.id}/permissions"
    await where.owner.put(
        f"{overwrite}/{where.guild_id}",
        {"type": 0, "allow": "0", "deny": str(int(Permission.SEND_MESSAGES))},
    )
    role = await where.owner.post(f"/guilds/{where.guild_id}/roles", {"name": "Builders"})
    await where.owner.put(
        f"{overwrite}/{role['id']}",
        {"type": 0, "allow": str(int(Permission.SEND_MESSAGES)), "deny": "0"},
    )
    page = await open_page(where.member)
    await page.goto(where.path)
    words = page.get_by_text("You can read here. Writing needs the role Builders.")
    await expect(words).to_be_visible()
    await expect(text(page)).to_have_count(0)
    await where.owner.put(f"/guilds/{where.guild_id}/members/{where.member.id}/roles/{role['id']}")
    await expect(text(page)).to_be_visible()
    until_then = (datetime.now(UTC) + timedelta(minutes=5)).isoformat()
    member = f"/guilds/{where.guild_id}/members/{where.member.id}"
    await where.owner.patch(member, {"communication_disabled_until": until_then})
    await expect(page.get_by_text("You are timed out until")).to_be_visible()


async def test_ux_073_letters_are_counted_and_long_texts_become_files(
    open_page: Open, server: Server
) -> None:
    where = await place(server)
    page = await opened(await open_page(where.member), where)
    most = (await where.member.get("/instance"))["limits"]["message_length"]
    await text(page).fill("x" * (most - 10))
    await expect(page.get_by_role("status", name="10 letters left")).to_be_visible()
    await text(page).fill("x" * (most + 1))
    await page.keyboard.press("Enter")
    await expect(text(page)).to_have_value("x" * (most + 1))
    await page.get_by_role("button", name="Send as a file").click()
    await text(page).press("Enter")
    [said] = await where.holds(1)
    assert said["attachments"][0]["size"] == most + 1


async def test_ux_082_typing_anywhere_writes(open_page: Open, server: Server) -> None:
    where = await place(server)
    page = await opened(await open_page(where.member), where)
    await page.evaluate("document.activeElement.blur()")
    await page.keyboard.type("hello")
    await expect(text(page)).to_have_value("hello")


# Nothing is chosen here, and a browser without a screen does not always say that it was to be.
_NOTE_WHAT_IS_CLICKED: Final = """() => addEventListener("click", (event) => {
  globalThis.clicked = event.target;
  event.preventDefault();
}, { capture: true, once: true })"""


async def test_ux_074_marks_lists_and_links(open_page: Open, server: Server) -> None:
    where = await place(server)
    page = await opened(await open_page(where.member), where)
    await page.keyboard.type("bold")
    await page.keyboard.press("Control+a")
    await expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
    await page.keyboard.press("Control+b")
    await expect(text(page)).to_have_value("**bold**")
    await page.keyboard.press("Control+z")
    await expect(text(page)).to_have_value("bold")
    await page.keyboard.press("Control+i")
    await expect(text(page)).to_have_value("*bold*")
    # Where nothing is selected, these keys are the page's.
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Control+i")
    await expect(page.get_by_role("dialog", name="Inbox")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog", name="Inbox")).to_have_count(0)
    await expect(text(page)).to_be_focused()
    await page.evaluate(_NOTE_WHAT_IS_CLICKED)
    await page.keyboard.press("Control+Shift+U")
    await page.wait_for_function("() => globalThis.clicked?.type === 'file'")
    await text(page).fill("")
    await page.keyboard.type("- one")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("two")
    await expect(text(page)).to_have_value("- one\n- two")


async def test_ux_076_silent_messages_notify_nobody(open_page: Open, server: Server) -> None:
    where = await place(server)
    page = await opened(await open_page(where.member), where)
    await page.keyboard.type("@silent psst")
    await page.keyboard.press("Enter")
    [said] = await where.holds(1)
    assert (said["content"], said["flags"]) == ("psst", 1 << 12)


async def test_ux_070_a_sticker_is_found_and_sent(open_page: Open, server: Server) -> None:
    where = await place(server)
    page = await opened(await open_page(where.member), where)
    await expect(page.get_by_role("button", name="Stickers")).to_have_count(0)
    await expect(page.get_by_role("button", name="GIFs")).to_have_count(0)
    made = await sticker(where.owner, {"id": where.guild_id})
    await expect(page.get_by_role("button", name="Stickers")).to_be_visible()
    await page.keyboard.press("Control+s")
    picker = page.get_by_role("dialog", name="Stickers")
    await picker.get_by_role("searchbox").fill("hello")
    shown = picker.get_by_role("button", name="wave")
    await shown.locator("img").evaluate("img => img.decode()")
    await shown.click()
    [said] = await where.holds(1)
    assert [it["id"] for it in said["sticker_items"]] == [made["id"]]
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.get_by_role("button", name="Add files and more").click()
    await page.get_by_role("menuitem", name="Stickers").click()
    await expect(picker.get_by_role("button", name="wave")).to_be_visible()


async def test_ux_076_a_message_is_sent_later(open_page: Open, server: Server) -> None:
    where = await place(server)
    page = await opened(await open_page(where.member), where)
    await page.keyboard.type("see you then")
    more = page.get_by_role("button", name="Add files and more")
    await more.click()
    await page.get_by_role("menuitem", name="Send later").click()
    dialog = page.get_by_role("dialog", name="Send later")
    await dialog.get_by_role("button", name="Tomorrow morning").click()
    await dialog.get_by_role("button", name="Send later").click()
    await expect(dialog).to_have_count(0)
    await expect(text(page)).to_have_value("")
    path = f"/channels/{where.id}/scheduled-messages"
    assert [it["content"] for it in await where.member.get(path)] == ["see you then"]
    await more.click()
    await page.get_by_role("menuitem", name="Send later").click()
    await expect(dialog.get_by_text("see you then")).to_be_visible()
    await dialog.get_by_role("button", name="Delete").click()
    await expect(dialog.get_by_text("see you then")).to_have_count(0)
    assert await where.member.get(path) == []
