"""Seats in voice channels: taken and given up, and what is played and thrown there, on screen."""

from typing import Any, Final

import pytest
from playwright.async_api import Page, expect

from tests.api import Person
from tests.nouns.artwork import sound
from tests.server import Server
from tests.web.conftest import Open, violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(60),
]

_LISTEN: Final = """
() => {
    const heard = [];
    let tell = () => undefined;
    document.addEventListener("playing", ({ target: { src, volume } }) => {
        heard.push([src.split("/").at(-1), volume]);
        tell();
    }, true);
    window.hear = (count) => new Promise((done) => {
        tell = () => heard.length >= count && done(heard);
        tell();
    });
}
"""
"""From then on, `hear` waits for so many sounds, and says which they were and how loud."""


async def _at_home(page: Page, channel: dict[str, Any]) -> None:
    """The page of a voice channel, on which is noted what is played."""
    await page.goto(f"/channels/{channel['guild_id']}/{channel['id']}")
    await page.evaluate(_LISTEN)
    await expect(_round(page, channel)).to_be_visible()


def _round(page: Page, channel: dict[str, Any]) -> Any:
    return page.get_by_role("region", name=f"Seats in {channel['name']}")


def _seat(page: Page) -> Any:
    return page.get_by_role("region", name="Your seat")


async def _sit(page: Page, channel: dict[str, Any]) -> None:
    await _round(page, channel).get_by_role("button", name="Take a seat").click()
    await expect(_seat(page)).to_contain_text(channel["name"])
    await expect(page.locator(".air")).to_be_attached()  # it listens from now on


async def _order(page: Page, person: Person, deed: str) -> None:
    """Something is done about somebody by the menu of their row."""
    rows = page.get_by_role("region", name="Channels", exact=True)
    await rows.get_by_role("button", name=person.user["username"]).click(button="right")
    await page.get_by_role("menu").get_by_text(deed, exact=True).click()


async def _throw(page: Page, name: str) -> None:
    await _seat(page).get_by_role("button", name="Throw an emoji").click()
    await page.get_by_role("searchbox", name="Find an emoji").fill(name)
    await page.keyboard.press("Enter")


async def test_ux_103_109_111_what_one_plays_and_throws_reaches_who_sits_there(
    server: Server, open_page: Open
) -> None:
    owner, guest = await server.person(), await server.person()
    guild = await owner.guild("Ringers")
    tower = await owner.channel(guild["id"], "tower", type=2)
    bell = await sound(owner, guild, name="Great bell", volume=0.5, emoji_name="🔔")
    await owner.bring(guest, tower["id"])
    mine, theirs = await open_page(owner), await open_page(guest)
    await _at_home(mine, tower)
    await _at_home(theirs, tower)
    await theirs.emulate_media(reduced_motion="no-preference")
    await _sit(mine, tower)
    await expect(_seat(mine)).to_contain_text("Nobody is heard here yet.")
    await _sit(theirs, tower)
    name = guest.user["username"]
    await expect(_round(mine, tower).get_by_role("button", name=f"{name}, muted")).to_be_visible()
    assert await violations(mine, grave=True) == []

    await _seat(theirs).get_by_role("button", name="Sounds").press("Enter")
    board = theirs.get_by_role("dialog", name="Sounds")
    await expect(board.get_by_role("row").filter(has_text="Great bell")).to_be_visible()
    assert await violations(theirs, ".layers", grave=True) == []
    await theirs.keyboard.type("bel")
    await theirs.keyboard.press("Enter")
    assert await mine.evaluate("hear(1)") == [[bell["sound_id"], 0.5]]
    await expect(_seat(mine)).to_contain_text(f"{name} plays Great bell")
    await board.get_by_role("button", name="Great bell is a favourite").click()
    await theirs.keyboard.press("Escape")

    await _order(mine, guest, "Do not hear their sounds")
    path = f"/channels/{tower['id']}/send-soundboard-sound"
    await guest.post(path, {"sound_id": bell["sound_id"]})
    await _throw(theirs, "fox")
    await expect(_seat(mine)).to_contain_text(f"{name} throws 🦊")
    await expect(theirs.locator(".air")).to_contain_text("🦊")
    await expect(mine.locator(".air")).to_be_empty()
    assert len(await theirs.evaluate("hear(2)")) == 2
    assert len(await mine.evaluate("hear(0)")) == 1

    await _order(mine, guest, "Mute for the server")
    await expect(_seat(theirs)).to_contain_text("The server has muted you")
    await _round(theirs, tower).get_by_role("button", name="Sounds").click()
    await expect(board).to_contain_text("The server has muted you")
    await expect(board.get_by_role("row").filter(has_text="Favourites")).to_be_visible()
    await expect(board.get_by_role("button", name="Play Great bell").first).to_be_disabled()
    await board.get_by_role("button", name="Hear Great bell alone").first.click()
    await theirs.keyboard.press("Escape")
    await _order(mine, guest, "Put out of the channel")
    await expect(_seat(theirs)).to_have_count(0)

    tools = mine.get_by_role("button", name="Get up from tower")
    await tools.focus()
    await mine.keyboard.press("Enter")
    await expect(_seat(mine)).to_have_count(0)
    await expect(_round(mine, tower)).to_contain_text("Nobody sits here.")


async def test_ux_103_112_on_a_phone_one_sits_before_a_stage_and_asks_to_speak(
    server: Server, open_page: Open
) -> None:
    owner, guest = await server.person(), await server.person()
    guild = await owner.guild("Choir")
    podium = await owner.channel(guild["id"], "podium", type=13)
    await sound(owner, guild, name="Fork")
    await owner.bring(guest, podium["id"])
    page = await open_page(guest, viewport={"width": 390, "height": 844}, has_touch=True)
    await _at_home(page, podium)
    seats = _round(page, podium)
    await seats.get_by_role("button", name="Take a seat").tap()
    await expect(seats).to_contain_text("You are listening.")
    assert await violations(page, grave=True) == []
    await seats.get_by_role("button", name="Ask to speak").tap()
    await expect(seats.get_by_role("button", name="Ask to speak", pressed=True)).to_be_visible()
    state = f"/guilds/{guild['id']}/voice-states/{guest.id}"
    await owner.patch(state, {"channel_id": podium["id"], "suppress": False})
    await seats.get_by_role("button", name="Become a speaker").tap()
    await expect(seats.get_by_role("button", name="Back to the audience")).to_be_visible()
    await expect(seats).not_to_contain_text("You are listening.")

    await seats.get_by_role("button", name="Sounds").tap()
    board = page.get_by_role("dialog", name="Sounds")
    assert await violations(page, ".layers", grave=True) == []
    await board.get_by_role("button", name="Play Fork").tap()
    assert len(await page.evaluate("hear(1)")) == 1
    await page.keyboard.press("Escape")
    await seats.get_by_role("button", name="Hear nothing here").tap()
    name = guest.user["username"]
    await expect(seats.get_by_role("button", name=f"{name}, muted, deafened")).to_be_visible()
    async with server.gateway(guest) as elsewhere:
        place = {"guild_id": guild["id"], "channel_id": podium["id"]}
        await elsewhere.send(4, place)
        await page.get_by_role("button", name="Servers and channels").tap()
        await expect(_seat(page)).to_contain_text("You sit there with another device.")
        await _seat(page).get_by_role("button", name="Sit here instead").tap()
        await expect(_seat(page).get_by_role("button", name="Get up")).to_be_visible()
