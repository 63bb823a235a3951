"""What the client's work costs, as so many times the least that the same page would need for it."""

import asyncio
from statistics import median
from typing import Final

import asyncpg
import pytest
from playwright.async_api import Page, WebSocket, expect

from tests.patience import until
from tests.server import Server
from tests.web.conftest import Open
from tests.web.measuring import EAR, Meter, pair

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

BURST_TIMES: Final = 3
SWITCH_TIMES: Final = 5
START_TIMES: Final = 6
SERVERS: Final = 200
SEEN_FRAMES: Final = 2
SAID: Final = 40
READY_BYTES: Final = 1_500_000
"""Before it is packed."""

MOST_ROWS: Final = 200
MOST_ELEMENTS: Final = 8000
HEAP_TIMES: Final = 2
SCROLL_TIMES: Final = 4

FILL: Final = """
insert into messages (channel_id, id, guild_id, author_id, content)
select $1::bigint, $2::bigint + number::bigint * 4194304, $3::bigint, $4::bigint, 'line ' || number
from generate_series(1, $5) as number
"""

BURST: Final = """
const sample = JSON.parse(window.heard);
window.told ??= 0;
const tell = () => {
  window.told += 1;
  const id = String(BigInt(sample.d.id) + (BigInt(window.told) << 22n));
  const d = { ...sample.d, id, content: `news ${window.told} of **many**`, nonce: null };
  window.line.onmessage({ data: JSON.stringify({ ...sample, d }) });
};
for (let turn = 0; turn < given.frames; turn++) {
  for (let one = 0; one < given.each; one++) tell();
  await frame();
}
await frame();
"""
"""Messages of the gateway, some before each frame."""

BURST_FLOOR: Final = """
const row = rows().at(-1);
const copy = log.cloneNode(true);
const place = copy.querySelector('[data-rows]');
log.replaceWith(copy);
for (let turn = 0; turn < given.frames; turn++) {
  await frame();
  for (let one = 0; one < given.each; one++) {
    place.append(row.cloneNode(true));
    place.querySelector('article').remove();
  }
  copy.scrollTop = copy.scrollHeight;
}
await frame();
copy.replaceWith(log);
log.scrollTop = log.scrollHeight;
"""
"""As many rows that are ready, put in and taken out of a copy of the log."""

ELSEWHERE: Final = f"""
const met = [];
const watch = new MutationObserver((all) => met.push(...all));
const all = {{ attributes: true, childList: true, characterData: true, subtree: true }};
watch.observe(document.body, all);
{BURST}
watch.disconnect();
const isElsewhere = (it) => it.isConnected && it.closest('[data-rows]') === null;
const others = met.map(({{ target }}) => target.closest ? target : target.parentElement);
return others.filter((it) => it && isElsewhere(it)).map((it) => it.outerHTML.slice(0, 80));
"""
"""What changes on the page beside the rows."""

SWITCH: Final = """
const links = [...document.querySelectorAll('a')];
links.find((link) => link.textContent.includes(given.channel)).click();
const first = () => document.querySelector('[role=log] article')?.textContent;
const isThere = () => first()?.includes(given.words);
while (!isThere()) await frame();
await frame();
"""

SWITCH_FLOOR: Final = """
const main = document.querySelector('main');
const copy = main.cloneNode(true);
await frame();
main.replaceWith(copy);
await frame();
copy.replaceWith(main);
await frame();
"""
"""The conversation painted anew from what is ready."""


SEND: Final = """
const box = document.querySelector('main textarea');
box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
let frames = 0;
const isSeen = () => rows().at(-1)?.textContent.includes(given);
while (!isSeen() && frames < 60) {
  await frame();
  frames += 1;
}
return frames;
"""

PAGED: Final = """
let [most, elements] = [0, 0];
const oldest = () => rows()[0]?.dataset.message;
for (let quiet = 0; quiet < 60; ) {
  const before = oldest();
  log.scrollTop = 0;
  await frame();
  quiet = oldest() === before ? quiet + 1 : 0;
  most = Math.max(most, rows().length);
  elements = Math.max(elements, document.querySelectorAll('*').length);
}
return [rows()[0].textContent, most, elements];
"""
"""To the beginning, page by page."""

SCROLL: Final = """
for (let turn = 0; turn < 100; turn++) {
  log.scrollTop += 150;
  await frame();
}
"""

SCROLL_FLOOR: Final = """
for (let turn = 0; turn < 100; turn++) {
  log.scrollTop += turn % 2 === 0 ? -150 : 150;
  await frame();
}
"""
"""Up and down between rows that are there."""

NEWEST: Final = "return Number(/line (\\d+)/.exec(rows().at(-1).textContent)[1])"


async def test_a_burst_of_messages_costs_little_more_than_to_paint_them(
    open_page: Open, server: Server
) -> None:
    noor, junia, path, channel_id = await pair(server)
    page = await open_page(noor)
    await page.context.add_init_script(EAR)
    await page.goto(path)
    await expect(page.get_by_role("main").get_by_role("textbox")).to_be_visible()
    await junia.say(channel_id, "news 0 of many")
    await until(lambda: page.evaluate("window.heard !== undefined"))
    meter = await Meter.of(page)
    await meter.cost(BURST, {"frames": 5, "each": 50})
    # Some 200 in a second of 60 frames.
    steady = {"frames": 30, "each": 4}
    assert await meter.ratio(BURST, BURST_FLOOR, steady) <= BURST_TIMES
    # What comes while the page is busy is drawn at once.
    lump = {"frames": 1, "each": 120}
    assert await meter.cost(BURST, lump) <= await meter.cost(BURST, steady) / 2
    # How far one has read is told now and then, and nothing else is drawn anew.
    assert len(await meter.run(ELSEWHERE, steady)) < steady["frames"]
    rest = "return [rows().length, log.scrollHeight - log.clientHeight - log.scrollTop]"
    count, gap = await meter.run(rest)
    assert (count, gap <= 1) == (MOST_ROWS, True)


async def test_what_one_sends_is_seen_in_the_next_frame(open_page: Open, server: Server) -> None:
    noor, _, path, _ = await pair(server)
    page = await open_page(noor)
    await page.goto(path)
    box = page.get_by_role("main").get_by_role("textbox")
    await expect(page.get_by_role("log")).to_be_visible()
    meter = await Meter.of(page)
    for words in ("the first", "the second"):
        await box.fill(words)
        assert await meter.run(SEND, words) <= SEEN_FRAMES


async def test_another_channel_is_shown_soon_and_asked_for_once(
    open_page: Open, server: Server
) -> None:
    noor, _, path, channel_id = await pair(server)
    guild_id = path.split("/")[2]
    other = await noor.channel(guild_id, "receivers")
    for number in range(SAID):
        await noor.say(channel_id, f"line {number} of **one**")
        await noor.say(other["id"], f"word {number} of *another*")
    page = await open_page(noor)
    asked: list[str] = []
    page.on("request", lambda it: asked.append(it.url) if "/messages?" in it.url else None)
    await page.goto(path)
    await expect(page.get_by_role("article")).to_have_count(SAID)
    meter = await Meter.of(page)
    there, back = (
        {"channel": "receivers", "words": "word"},
        {"channel": "antennas", "words": "line"},
    )
    await meter.cost(SWITCH, there)
    await meter.cost(SWITCH, back)
    asked.clear()
    assert await meter.ratio(SWITCH, SWITCH_FLOOR, there, back) <= SWITCH_TIMES
    assert asked == []


async def test_two_hundred_servers_open_nearly_as_soon_as_one(
    open_page: Open, server: Server
) -> None:
    few, many = await server.person(), await server.person()
    home = await few.guild("Kiln")
    guilds = await asyncio.gather(*(many.guild(f"Club {number}") for number in range(SERVERS)))
    sizes: list[int] = []

    def heard(line: WebSocket) -> None:
        line.on("framereceived", lambda frame: sizes.append(len(frame)))

    costs: list[float] = []
    for who, guild in ((few, home), (many, guilds[0])):
        page = await open_page(who)
        page.on("websocket", heard)
        await page.goto(f"/channels/{guild['id']}")
        costs.append(median([await started(page) for _ in range(3)]))
    assert costs[1] <= costs[0] * START_TIMES
    assert 100_000 < max(sizes) <= READY_BYTES


async def started(page: Page) -> float:
    """What it costs to open the client once more."""
    meter = await Meter.of(page)
    before = await meter.spent()
    await page.reload()
    # Looking for roles would cost more than the client does.
    for part in ("nav li + li a, nav ul + hr + ul a", "main textarea", "aside button"):
        await page.locator(part).first.wait_for()
    return await meter.spent() - before


@pytest.mark.slow
@pytest.mark.timeout(180)
async def test_ten_thousand_messages_are_paged_through_in_little_memory(
    open_page: Open, own_server: Server, database: str
) -> None:
    noor = await own_server.person("noor", setup_token=own_server.setup_token)
    guild = await noor.guild("Archive")
    channel = await noor.channel(guild["id"], "long-talk")
    first = await noor.say(channel["id"], "the beginning")
    begun = int(first["id"]) - (20_000 << 22)
    connection = await asyncpg.connect(database)
    try:
        ids = (int(channel["id"]), begun, int(guild["id"]), int(noor.id), 10_000)
        await connection.execute(FILL, *ids)
    finally:
        await connection.close()
    page = await open_page(noor, url=own_server.url)
    await page.goto(f"/channels/{guild['id']}/{channel['id']}")
    await expect(page.get_by_role("article").last).to_be_in_viewport()
    meter = await Meter.of(page)
    held = await meter.heap()
    text, most_rows, most_elements = await meter.run(PAGED)
    assert "line 1" in text
    assert most_rows <= MOST_ROWS
    assert most_elements <= MOST_ELEMENTS
    assert await meter.heap() <= held * HEAP_TIMES
    assert await meter.ratio(SCROLL, SCROLL_FLOOR) <= SCROLL_TIMES
    assert await meter.run(NEWEST) > 2 * MOST_ROWS
