"""The documentation cannot lie: settings, links and commands in it are the real ones."""

import re
from pathlib import Path
from typing import Final

import pytest

from rift.config import all_settings, as_table

ROOT: Final = Path(__file__).resolve().parents[2]
PAGES: Final = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

LINK: Final = re.compile(r"\[[^\]]+\]\((?!https?:|#)([^)#]+)")
TARGET: Final = re.compile(r"`make ([a-z-]+)")


def test_the_settings_page_is_the_catalogue() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text()
    assert as_table() in page, "write it anew: rift config --reference"


def test_every_setting_says_what_it_means() -> None:
    for setting in all_settings().values():
        assert (setting.meta.description or "").endswith("."), setting.name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text())
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_named_make_targets_exist(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text()
    known = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert set(TARGET.findall(page.read_text())) <= known


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "decisions").glob("*.md")), ids=str)
def test_a_decision_fits_on_a_screen_and_names_its_price(page: Path) -> None:
    text = page.read_text()
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## Context",
        "## Choice",
        "## Price",
    ]
    assert len(text.splitlines()) <= 40
