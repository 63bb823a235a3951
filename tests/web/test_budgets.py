"""How much has to be fetched before somebody can talk."""

import gzip
import re
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import expect

from tests.web.conftest import WEB, Open

DOOR_BYTES: Final = 60 * 1024
SCRIPT_BYTES: Final = 150 * 1024
STYLE_BYTES: Final = 35 * 1024
HIGHLIGHTER_BYTES: Final = 10 * 1024
DIST: Final = WEB / "dist"

FETCHED: Final = "performance.getEntriesByType('resource').map((it) => new URL(it.name).pathname)"


def shell() -> list[Path]:
    """What the service worker keeps is what the chat cannot open without."""
    worker = (DIST / "worker.js").read_text()
    listed = re.match(r"const SHELL=\[([^\]]*)\]", worker)
    assert listed is not None
    return [DIST / name.strip('"').lstrip("/") for name in listed[1].split(",")]


def packed(files: list[Path]) -> int:
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def test_the_chat_is_small() -> None:
    files = shell()
    # Of the languages one is fetched; the largest counts.
    words = [it for it in files if re.match(r"near-", it.name)]
    assert len(words) == 2
    scripts = [it for it in files if it.suffix == ".js" and it not in words]
    largest = max(packed([it]) for it in words)
    assert packed(scripts) + largest <= SCRIPT_BYTES
    assert packed([it for it in files if it.suffix == ".css"]) <= STYLE_BYTES


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_the_door_is_smaller(open_page: Open) -> None:
    page = await open_page()
    await page.goto("/login")
    await expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    fetched: list[str] = await page.evaluate(FETCHED)
    scripts = [DIST / it.lstrip("/") for it in fetched if it.endswith(".js")]
    assert len(scripts) > 2
    assert packed(scripts) <= DOOR_BYTES


def test_what_is_needed_seldom_is_fetched_when_it_is() -> None:
    names = " ".join(it.name for it in shell())
    assert not re.search(r"Settings|Admin|Developers|deep-|icons-|core-", names)
    (highlighter,) = DIST.glob("assets/core-*.js")
    assert packed([highlighter]) <= HIGHLIGHTER_BYTES
