"""The checklist of the web client cannot lie: what it calls proven has tests, and they exist."""

import re
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = ROOT / "docs" / "client-checklist.md"
TESTS: Final = ROOT / "tests"

ROW: Final = re.compile(r"\| (\d+) \| ([^|]+) \| (P[012]) \| ([^|]+) \| (.*) \|")
PROOF: Final = re.compile(r"`([\w/.]+)::(\w+)`")
NUMBERED: Final = re.compile(r"def test_ux((?:_\d{3})+)_")
STATES: Final = {"done", "part", "open", "voice", "issue 6"}
PROVEN: Final = {"done", "part"}
ITEMS: Final = 155


class Item(NamedTuple):
    number: int
    name: str
    priority: str
    state: str
    cell: str

    @property
    def proofs(self) -> list[tuple[str, str]]:
        return PROOF.findall(self.cell)

    @property
    def reason(self) -> str:
        return PROOF.sub("", self.cell).strip(" ,.")


@cache
def items() -> list[Item]:
    rows = ROW.findall(PAGE.read_text())
    return [Item(int(number), *rest) for number, *rest in rows]


def test_every_item_stands_there_once() -> None:
    assert [it.number for it in items()] == list(range(1, ITEMS + 1))
    assert {it.state for it in items()} <= STATES
    assert len({it.name for it in items()}) == ITEMS


@pytest.mark.parametrize(("file", "test"), sorted(set(PROOF.findall(PAGE.read_text()))))
def test_what_is_named_as_proof_exists(file: str, test: str) -> None:
    assert f"def {test}(" in (TESTS / file).read_text(), f"{file}::{test}"


@pytest.mark.parametrize("item", items(), ids=lambda it: str(it.number))
def test_what_is_needed_is_proven_or_it_is_said_why_not(item: Item) -> None:
    if item.state in PROVEN:
        assert item.proofs != [], f"{item.name} is said to be there"
    elif item.priority == "P0":
        assert item.reason != "" or item.state == "voice", (
            f"{item.name} has neither test nor reason"
        )
    if item.state == "part":
        assert item.reason != "", f"{item.name}: what is missing?"


def test_what_is_tested_by_number_is_not_called_missing() -> None:
    found = {
        int(number)
        for file in (TESTS / "web").glob("test_*.py")
        for numbers in NUMBERED.findall(file.read_text())
        for number in numbers.strip("_").split("_")
    }
    missing = {it.number for it in items() if it.state not in PROVEN}
    assert found & missing == set(), "docs/client-checklist.md says that these are not there"
