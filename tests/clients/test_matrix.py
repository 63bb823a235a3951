"""What each client library is put through, which stands in docs/compat.md."""

import inspect
import re
from collections.abc import Collection, Iterator
from typing import Any, Final

from tests.clients import (
    test_convergence,
    test_counter,
    test_entrance,
    test_expressions,
    test_happenings,
    test_limits,
    test_restart,
    test_scenarios,
    test_simple_door,
    test_threads,
)
from tests.clients.environments import LACKING, LIBRARIES, ROOT, Library

PAGE: Final = ROOT / "docs" / "compat.md"
STAGED: Final = (
    test_scenarios,
    test_expressions,
    test_threads,
    test_entrance,
    test_happenings,
    test_simple_door,
)
OTHERS: Final = (
    (test_counter.test_a_person_is_served_at_the_counter, test_counter.COUNTERS),
    (test_limits.test_all_wait_when_they_are_told_to, LIBRARIES),
    (test_restart.test_all_come_back_after_a_clean_restart, LIBRARIES),
    (test_convergence.test_who_lived_through_it_knows_what_a_newcomer_knows, LIBRARIES),
)
_BOARD: Final = re.compile(r"(?<=<!-- clients -->\n).*?(?=<!-- end of clients -->)", re.DOTALL)


def scenarios() -> Iterator[tuple[str, Collection[Library]]]:
    """Every test that is put to libraries one by one, and to which."""
    for module in STAGED:
        for name, test in vars(module).items():
            if name.startswith("test_") and "stage" in inspect.signature(test).parameters:
                yield name, LIBRARIES
    for test, libraries in OTHERS:
        yield _name(test), libraries


def _name(test: Any) -> str:
    return str(test.__name__)


def board() -> Iterator[str]:
    names = [f"{library.name} {library.version}" for library in LIBRARIES]
    yield f"| | {' | '.join(names)} |"
    yield "|---" * (len(names) + 1) + "|"
    for test, libraries in scenarios():
        words = test.removeprefix("test_").replace("_", " ")
        known = {library.name for library in libraries}
        cells = [
            LACKING.get((library.name, test), "yes") if library.name in known else "not tried"
            for library in LIBRARIES
        ]
        yield f"| {words} | {' | '.join(cells)} |"


def test_the_page_says_what_libraries_are_put_through() -> None:
    """It is written anew where it is not true any more; then this fails once."""
    page = PAGE.read_text()
    written = _BOARD.sub("\n".join(board()) + "\n", page)
    if written != page:
        PAGE.write_text(written)
    assert written == page, "docs/compat.md was written anew: look at it and commit it"


def test_what_is_lacking_is_of_a_scenario_there_is() -> None:
    assert {test for _, test in LACKING} <= {test for test, _ in scenarios()}
