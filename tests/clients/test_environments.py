"""What is said about client libraries is what is tested."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.clients.environments import HERE, LIBRARIES, ROOT, Library

SETTINGS: Final = (
    "Route.BASE",
    "DEFAULT_GATEWAY",
    "Asset.BASE",
    "API_BASE_URL",
    "rest_url",
    "cdn:",
    "baseURL",
    "cdn.discordapp.com",
)
MATRIX: Final = (ROOT / "docs" / "compat.md").read_text()


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library.name)
def test_the_page_names_the_version_that_runs(library: Library) -> None:
    assert f"| {library.name} {library.version} |" in MATRIX
    assert f"## {library.name} (tested)" in MATRIX


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library.name)
def test_the_bot_sets_nothing_the_page_does_not_name(library: Library) -> None:
    recipe = MATRIX.split(f"## {library.name} (tested)")[1].split("\n## ")[0]
    program = "".join(file.read_text() for file in _programs(library))
    for word in SETTINGS:
        assert (word in program) == (word in recipe), word


def _programs(library: Library) -> Iterator[Path]:
    """Its own, and what programs in the same language share."""
    if library.program.endswith(".mjs"):
        yield HERE / "js" / "rift.mjs"
        yield HERE / "js" / library.program.replace("_bot", "")
        yield HERE / "js" / library.program
    else:
        yield HERE / library.program
