"""Several tabs of one person: one session of the gateway, one truth, one voice."""

import asyncio
import json

import pytest
from playwright.async_api import Page, WebSocket, expect

from tests.api import Person
from tests.patience import until
from tests.server import Server
from tests.web.conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

IDENTIFY = 2
RESUME = 6

SOCKETS = """
window.sockets = [];
window.WebSocket = class extends WebSocket {
  constructor(...at) {
    super(...at);
    window.sockets.push(this);
  }
};
"""

CUT = "window.sockets.forEach((socket) => socket.close(4900))"
"""The browser keeps the lines there are when it goes offline."""

LIFE = "name => document.dispatchEvent(new Event(name))"
"""As the browser tells a page that it is to sleep, or is awake again."""

NOTICES = """
window.shown = [];
window.Notification = class {
  static permission = 'granted';
  constructor(title) { window.shown.push(title); }
  close() {}
};
document.hasFocus = () => false;
localStorage.setItem('rift.preferences', JSON.stringify({ desktop: true }));
"""


class Tab:
    """A page, and how it came to the gateway."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.ways: list[int] = []
        page.on("websocket", self._opened)

    def _opened(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda text: self._said(json.loads(text)["op"]))

    def _said(self, op: int) -> None:
        if op in {IDENTIFY, RESUME}:
            self.ways.append(op)

    async def sees(self, content: str) -> None:
        await expect(self.page.get_by_role("log").get_by_text(content, exact=True)).to_have_count(1)

    async def crash(self) -> None:
        session = await self.page.context.new_cdp_session(self.page)
        crashed = asyncio.Event()
        self.page.once("crash", lambda _: crashed.set())
        crashing = asyncio.create_task(session.send("Page.crash"))
        await crashed.wait()
        crashing.cancel()
        await self.page.close()


class Room:
    """Somebody's channel, and somebody else who writes in it."""

    def __init__(self, owner: Person, mate: Person, channel_id: str, path: str) -> None:
        self.owner = owner
        self.mate = mate
        self.channel_id = channel_id
        self.path = path

    async def tab(self, page: Page) -> Tab:
        tab = Tab(page)
        await page.goto(self.path)
        await expect(page.get_by_role("textbox", name="Message #quay")).to_be_visible()
        return tab

    async def say(self, content: str) -> None:
        await self.mate.say(self.channel_id, content)


async def room(server: Server) -> Room:
    owner, mate = await server.person(), await server.person()
    guild = await owner.guild("Harbour")
    channel = await owner.channel(guild["id"], "quay")
    await owner.bring(mate, channel["id"])
    return Room(owner, mate, channel["id"], f"/channels/{guild['id']}/{channel['id']}")


async def sessions_of(server: Server, person: Person) -> set[str]:
    """The sessions there are beside the one that asks."""
    async with server.gateway(person, capabilities=0, guilds=False) as gateway:
        listed = {it["session_id"] for it in gateway.ready["sessions"]}
        return listed - {"all", gateway.ready["session_id"]}


async def test_several_tabs_are_one_session_whatever_becomes_of_them(
    open_page: Open, server: Server
) -> None:
    place = await room(server)
    page = await open_page(place.owner)
    context = page.context
    await context.add_init_script(SOCKETS)
    first = await place.tab(page)
    second = await place.tab(await context.new_page())
    await place.say("to both")
    for tab in (first, second):
        await tab.sees("to both")
    assert len(await sessions_of(server, place.owner)) == 1
    assert (first.ways, second.ways) == ([IDENTIFY], [])

    await first.crash()
    await place.say("after a crash")
    await second.sees("after a crash")
    # Of a page that crashed the browser says 1001, which ends its session.
    await until(lambda: second.ways == [RESUME, IDENTIFY])
    only = await sessions_of(server, place.owner)
    assert len(only) == 1

    third = await place.tab(await context.new_page())
    await second.page.close()
    await place.say("after it was closed")
    await third.sees("after it was closed")
    assert third.ways == [RESUME]
    assert await sessions_of(server, place.owner) == only

    fourth = await place.tab(await context.new_page())
    await context.set_offline(True)
    for tab in (third, fourth):
        await tab.page.evaluate(CUT)
    for tab in (third, fourth):
        await expect(tab.page.get_by_text("You are offline.")).to_be_visible()
    await place.say("while away")
    await context.set_offline(False)
    for tab in (third, fourth):
        await tab.sees("while away")
    assert await sessions_of(server, place.owner) == only

    await fourth.page.close()
    await third.page.close()
    await until(lambda: nobody(server, place.owner))


async def nobody(server: Server, person: Person) -> bool:
    return await sessions_of(server, person) == set()


async def somebody(server: Server, person: Person) -> bool:
    return not await nobody(server, person)


async def test_a_page_without_locks_has_a_line_of_its_own(open_page: Open, server: Server) -> None:
    place = await room(server)
    page = await open_page(place.owner)
    await page.context.add_init_script("delete Navigator.prototype.locks")
    tabs = [await place.tab(page), await place.tab(await page.context.new_page())]
    await page.get_by_role("textbox", name="Message #quay").fill("sent all the same")
    await page.keyboard.press("Enter")
    for tab in tabs:
        await tab.sees("sent all the same")
    assert [tab.ways for tab in tabs] == [[IDENTIFY], [IDENTIFY]]


async def told(tabs: list[Tab]) -> list[int]:
    """Of how much each tab has told."""
    return [await tab.page.evaluate("window.shown.length") for tab in tabs]


async def test_a_frozen_tab_lets_another_go_on_and_misses_nothing(
    open_page: Open, server: Server
) -> None:
    place = await room(server)
    page = await open_page(place.owner)
    first = await place.tab(page)
    second = await place.tab(await page.context.new_page())
    await page.evaluate(LIFE, "freeze")
    await place.say("while one sleeps")
    await second.sees("while one sleeps")
    assert second.ways == [RESUME]
    await page.evaluate(LIFE, "resume")
    await first.sees("while one sleeps")
    await place.say("awake again")
    for tab in (first, second):
        await tab.sees("awake again")
    assert len(await sessions_of(server, place.owner)) == 1


async def test_one_tab_tells_and_all_are_left_at_once(open_page: Open, server: Server) -> None:
    place = await room(server)
    page = await open_page(place.owner)
    await page.context.add_init_script(NOTICES)
    tabs = [await place.tab(page), await place.tab(await page.context.new_page())]
    await place.say("heed me")
    for tab in tabs:
        await tab.sees("heed me")
    assert sorted(await told(tabs)) == [0, 1]
    third = await place.tab(await page.context.new_page())
    await tabs[0].crash()
    tabs = [tabs[1], third]
    # What is said until the line is another one's is news of nobody, but there.
    await until(lambda: any(tab.ways == [RESUME, IDENTIFY] for tab in tabs))
    await until(lambda: somebody(server, place.owner))
    before = sum(await told(tabs))
    for words in ("after a crash", "and once more"):
        await place.say(words)
        for tab in tabs:
            await tab.sees(words)
    assert sum(await told(tabs)) == before + 2
    await tabs[0].page.goto("/settings")
    await tabs[0].page.get_by_role("button", name="Sign out").click()
    for tab in tabs:
        await expect(tab.page.get_by_role("button", name="Sign in")).to_be_visible()
