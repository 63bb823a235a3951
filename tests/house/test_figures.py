"""The sizes and manners the house keeps: short functions, whole files in one's head, no mocks."""

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
SOURCE: Final = ROOT / "src" / "rift"

MEDIAN_LINES: Final = 10
P95_LINES: Final = 35
LONGEST_FUNCTION_LINES: Final = 80
LONGEST_FILE_LINES: Final = 600

FLAT_TABLES: Final = frozenset(
    {"src/rift/errors.py", "src/rift/events.py", "web/src/wire/types.ts"}
)
"""Long because the world has much of it, not because the code is tangled."""

NAMELESS: Final = re.compile(
    r"(^|_)(utils?|helpers?|common|misc|managers?|services?|base)(_|$)", re.IGNORECASE
)
MOCKS: Final = re.compile(
    r"\b(?:Magic|Async)?Mock\b|\bmocker\b|\bpatch\.(?:object|dict)\b|"
    r"monkeypatch\.set" + r"attr|vi\.mock\("
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


def python_files(*folders: str) -> list[Path]:
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if not {".cache", "node_modules"} & set(path.parts))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions() -> Iterator[tuple[str, int]]:
    """Each function of the program with its length, docstring not counted."""
    for path in python_files("src"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, Function):
                yield f"{named(path)}:{node.lineno} {node.name}", length(node)


def length(function: Function) -> int:
    first = function.body[0]
    end = function.end_lineno or function.lineno
    has_docstring = ast.get_docstring(function, clean=False) is not None
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if has_docstring else 0
    return end - function.lineno + 1 - docstring


def test_functions_are_short() -> None:
    lengths = sorted(lines for _, lines in functions())
    assert statistics.median(lengths) < MEDIAN_LINES
    assert lengths[int(len(lengths) * 0.95)] < P95_LINES


def test_no_function_is_longer_than_a_screen_and_a_half() -> None:
    assert [name for name, lines in functions() if lines > LONGEST_FUNCTION_LINES] == []


def test_a_file_fits_into_a_head() -> None:
    web = [*(ROOT / "web" / "src").rglob("*.ts"), *(ROOT / "web" / "src").rglob("*.svelte")]
    files = [*python_files("src", "tests", "tools", "bench"), *web]
    long = [
        named(path)
        for path in files
        if len(path.read_text().splitlines()) > LONGEST_FILE_LINES
        and named(path) not in FLAT_TABLES
    ]
    assert long == []


@pytest.mark.parametrize("folder", ["src", "tests", "tools", "bench"])
def test_every_module_says_in_one_sentence_what_it_is_for(folder: str) -> None:
    assert [named(path) for path in python_files(folder) if not opens_well(path)] == []


def opens_well(path: Path) -> bool:
    text = path.read_text()
    if not text.strip():
        return False
    docstring = ast.get_docstring(ast.parse(text)) or ""
    first = " ".join(docstring.partition("\n\n")[0].split())
    return bool(re.fullmatch(r"\S.*[.?!]", first)) and not re.search(r"[.?!] [A-Z]", first)


def test_every_part_has_a_name_of_its_own() -> None:
    assert [named(path) for path in python_files("src") if NAMELESS.search(path.stem)] == []


def test_no_test_replaces_a_part_of_the_house() -> None:
    files = [*python_files("tests"), *(ROOT / "web" / "src").rglob("*.test.ts")]
    this = Path(__file__)
    assert [named(path) for path in files if path != this and MOCKS.search(path.read_text())] == []
