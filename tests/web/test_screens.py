"""Every key screen in every theme and size: accessible, never too wide, worth a picture."""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.server import Sample
from tests.web.conftest import Open, too_small_for_fingers, violations

THEMES: Final = ("dark", "light", "black", "contrast", "contrast-light")
SIZES: Final = ((1440, 900), (1024, 768), (390, 844), (320, 640))
PICTURED: Final = {(1440, 900), (1024, 768), (390, 844)}
PICTURES: Final = os.environ.get("KEEP_PICTURES")
"""Where pictures are kept: `dark` and `light`, in the sizes of a desk, a tablet and a phone."""

Act = Callable[[Page], Awaitable[None]]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(120),
]


async def nothing(_page: Page) -> None:
    """The screen as it opens."""


def press(keys: str) -> Act:
    async def act(page: Page) -> None:
        await page.keyboard.press(keys)

    return act


def click(role: Any, name: str) -> Act:
    async def act(page: Page) -> None:
        await page.get_by_role(role, name=name).first.click()

    return act


ROOM: Final = "{room}"
SCREENS: Final[dict[str, tuple[str, Act]]] = {
    "login": ("/login", nothing),
    "register": ("/register", nothing),
    "invite": ("/invite/{invite}", nothing),
    "missing": ("/nowhere", nothing),
    "chat": (ROOM, nothing),
    "private": ("/channels/@me/{private}", nothing),
    "friends": ("/channels/@me", nothing),
    "switcher": (ROOM, press("Control+k")),
    "shortcuts": (ROOM, press("Control+/")),
    "search": (ROOM, press("Control+f")),
    "inbox": (ROOM, press("Control+i")),
    "pins": (ROOM, press("Control+p")),
    "emoji": (ROOM, press("Control+e")),
    "server menu": (ROOM, click("button", "Server menu")),
    "profile": ("/settings/profile", nothing),
    "account": ("/settings/account", nothing),
    "sessions": ("/settings/sessions", nothing),
    "privacy": ("/settings/privacy", nothing),
    "appearance": ("/settings/appearance", nothing),
    "notifications": ("/settings/notifications", nothing),
    "keys": ("/settings/keyboard", nothing),
    "developers": ("/developers", nothing),
    "admin": ("/admin", nothing),
    "admin registration": ("/admin/registration", nothing),
    "admin reports": ("/admin/reports", nothing),
}
GUESTS: Final = frozenset({"login", "register"})


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def places(sample: Sample) -> dict[str, str]:
    club = sample.community.guilds["longwave"]
    robin = await sample.person()
    room = next(iter(club.rooms.values()))
    private = next(it for it in await robin.get("/users/@me/channels") if it["type"] == 1)
    invite = await robin.post(f"/channels/{room}/invites", {})
    return {
        "room": f"/channels/{club.id}/{club.rooms.get('antennas', room)}",
        "private": private["id"],
        "guild": club.id,
        "invite": invite["code"],
    }


@pytest.mark.parametrize("screen", SCREENS)
async def test_ux_147_a_screen_is_for_everybody(
    sample: Sample, open_page: Open, places: dict[str, str], screen: str
) -> None:
    path, act = SCREENS[screen]
    person = None if screen in GUESTS else await sample.person()
    page = await open_page(person, url=sample.server.url)
    await page.goto(path.format(**places))
    await expect(page.get_by_role("heading").first).to_be_visible(timeout=20_000)
    await page.wait_for_load_state("networkidle")
    await act(page)
    await page.wait_for_timeout(300)
    for theme in THEMES:
        await page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
        # Only colours differ between themes.
        only = () if theme == THEMES[0] else ("color-contrast", "link-in-text-block")
        found = await violations(page, grave=True, only=only)
        assert found == [], f"{screen} in {theme}"
        await keep_pictures(page, screen, theme)
    for width, height in SIZES:
        await page.set_viewport_size({"width": width, "height": height})
        wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{screen} is {wide} px too wide at {width}"
    assert await too_small_for_fingers(page) == [], screen


async def keep_pictures(page: Page, screen: str, theme: str) -> None:
    if PICTURES is None or theme not in {"dark", "light"}:
        return
    for width, height in SIZES:
        if (width, height) not in PICTURED:
            continue
        await page.set_viewport_size({"width": width, "height": height})
        await page.wait_for_timeout(250)
        name = f"{screen.replace(' ', '-')}-{width}x{height}-{theme}.png"
        await page.screenshot(path=Path(PICTURES) / name)
    await page.set_viewport_size({"width": 1440, "height": 900})
