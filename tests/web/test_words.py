"""Every word comes from a catalogue and has its room, also from right to left."""

import re
from typing import Final

import pytest
from playwright.async_api import Page, expect

from tests.server import Server
from tests.web.conftest import Open
from tests.web.pseudo import MARKS, pseudo, speak_pseudo

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PHONE: Final = {"viewport": {"width": 390, "height": 844}, "has_touch": True}

ROOMS: Final = (
    *(f"/settings/{it}" for it in ("profile", "account", "sessions", "privacy", "appearance")),
    *(f"/settings/{it}" for it in ("chat", "notifications", "keys", "language", "advanced")),
    *("/settings/export", "/settings", "/developers", "/developers/all"),
    *(f"/guilds/{{guild}}/{it}" for it in ("overview", "roles", "channels", "emoji", "stickers")),
    *(f"/guilds/{{guild}}/{it}" for it in ("sounds", "members", "bans", "audit", "reports")),
    *(f"/guilds/{{guild}}/{it}" for it in ("invites", "integrations", "widget", "templates")),
    *(f"/guilds/{{guild}}/{it}" for it in ("community", "door", "requests", "onboarding")),
    *("/guilds/{guild}/welcome", "/guilds/{guild}/discovery", "/discover"),
    *("/channels/@me", "/channels/{guild}/{channel}"),
)

SAME_EVERYWHERE: Final = frozenset(
    {"Alt", "Ctrl", "Shift", "Enter", "Esc", "Tab", "Page", "Down", "End", "Home", "GIF", "ALT"}
    | {"Rift", "Deutsch", "English", "AM", "PM"}
)
"""Keys, kinds of files, the product, and what languages call themselves."""

_SAID: Final = re.compile(f"{MARKS[0]}.*{MARKS[1]}", re.DOTALL)

MIRRORED: Final = """new MutationObserver(() => {
  const page = document.documentElement;
  if (page && page.dir !== 'rtl') page.dir = 'rtl';
}).observe(document, { attributes: true, childList: true, subtree: true })"""

UNSAID: Final = """() => {
  const own = 'time, kbd, code, pre, bdi, table, script, style, [dir=auto], [data-author]'
  const words = [];
  const look = (text, element) => {
    if (element.closest(own) === null && element.checkVisibility()) words.push(text.trim());
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) look(walker.currentNode.data, walker.currentNode.parentElement);
  for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
    for (const it of document.querySelectorAll(`[${name}]`)) look(it.getAttribute(name), it);
  return words;
}"""

SPILT: Final = """() => [...document.querySelectorAll('button, a, h1, h2, label')].filter(it => {
  const { display, overflowX } = getComputedStyle(it);
  const isBox = display !== 'inline' && overflowX === 'visible' && it.checkVisibility();
  const room = Math.max(it.clientWidth, it.matches('.reach') ? 44 : 0);
  return isBox && it.scrollWidth > room + 8;
}).map(it => it.outerHTML.slice(0, 160))"""


async def walk(page: Page, path: str) -> None:
    """To another room, without loading the client again."""
    await page.evaluate("path => history.pushState(null, '', path)", path)
    await page.evaluate("dispatchEvent(new PopStateEvent('popstate'))")
    await page.wait_for_load_state("networkidle")
    await page.wait_for_timeout(60)


def is_foreign(text: str) -> bool:
    """Whether it has a word that no catalogue said; ours have no plain vowels left."""
    plain = (it.strip(".,:;!?()") for it in _SAID.sub(" ", text).split())
    return any(
        len(it) > 1 and it.isascii() and it.isalpha() and it not in SAME_EVERYWHERE for it in plain
    )


async def test_ux_151_152_every_word_is_translated_and_has_room_from_right_to_left(
    server: Server, open_page: Open
) -> None:
    owner = await server.person("u_1151", global_name="Φαροφύλακας")
    guild = await owner.guild("Φάρος")
    for ready in await owner.get(f"/guilds/{guild['id']}/channels"):
        await owner.delete(f"/channels/{ready['id']}")
    channel = await owner.channel(guild["id"], "λάμπα")
    page = await open_page(owner, **PHONE)
    await page.add_init_script(MIRRORED)
    await speak_pseudo(page)
    await page.goto("/settings/profile")
    title = page.get_by_role("heading", name=pseudo("Profile"))
    await expect(title).to_be_attached()
    shown = (await owner.get("/discoverable-guilds"))["guilds"]
    given = {text for it in shown for text in (it["name"], it["description"])}
    faults: dict[str, list[str]] = {}
    for room in ROOMS:
        await walk(page, room.format(guild=guild["id"], channel=channel["id"]))
        words = [it for it in await page.evaluate(UNSAID) if it not in given]
        found = [it for it in words if is_foreign(it)]
        wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [f"{wide} px too wide"] if wide > 0 else []
        found += await page.evaluate(SPILT)
        if found:
            faults[room] = found
    assert faults == {}
