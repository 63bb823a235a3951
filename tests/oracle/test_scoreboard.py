"""What of Discord's API is served, counted from both sides and kept in docs/compat.md."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from rift.doors.discord.rest import ENDPOINTS
from rift.events import CATALOGUE
from tests.oracle.sources import from_file, shape, specification_file

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
PAGE: Final = ROOT / "docs" / "compat.md"
GATEWAY: Final = ROOT / "src" / "rift" / "doors" / "discord" / "gateway"
FILE: Final = specification_file()
SOLD: Final = re.compile(r"/(lobbies|partner-sdk|skus)|/entitlements")
"""What is about Discord's own shop and its software for games."""
SOLD_EVENTS: Final = re.compile(r"ENTITLEMENT_|SUBSCRIPTION_")
_BOARD: Final = re.compile(r"(?<=<!-- scoreboard -->\n).*?(?=<!-- end -->)", re.DOTALL)
_TOLD: Final = re.compile(r'event\(\s*"([A-Z_]+)"')

Operation = tuple[str, str]


def asked() -> set[Operation]:
    """All that is in scope: a list, since the sources of the specification differ in age."""
    lines = (HERE / "operations.txt").read_text().splitlines()
    return {(method, path) for method, path in map(str.split, lines)}


def served() -> set[Operation]:
    return {(endpoint.method, shape(endpoint.path)) for endpoint in ENDPOINTS}


def told() -> set[str]:
    """Events that are emitted, and those that a session is told of by itself."""
    directly = (_TOLD.findall(file.read_text()) for file in GATEWAY.glob("*.py"))
    return {event.about.name for event in CATALOGUE}.union(*directly)


def group(path: str) -> str:
    """The nouns an operation is found by: the first words of its path."""
    words = [word for word in path.strip("/").split("/") if word not in {"{}", "@me"}]
    return " / ".join(words[:2]) if words[0] == "guilds" else words[0]


def board() -> Iterator[str]:
    operations = asked()
    have = operations & served()
    events = {it for it in (HERE / "events.txt").read_text().split() if not SOLD_EVENTS.match(it)}
    heard = events & told()
    yield f"**{len(have)} of {len(operations)} operations, {len(heard)} of {len(events)} events.**"
    yield ""
    yield "| Operations | served |"
    yield "|---|---|"
    every, ours = Counter(group(path) for _, path in operations), Counter(group(p) for _, p in have)
    for name, count in sorted(every.items()):
        yield f"| {name} | {ours[name]} of {count} |"
    yield ""
    yield _missing("Not served", sorted(f"`{method} {path}`" for method, path in operations - have))
    yield ""
    yield _missing("Not told", sorted(f"`{name}`" for name in events - heard))


def _missing(what: str, names: list[str]) -> str:
    return f"{what}: {', '.join(names)}." if names else f"{what}: nothing."


def test_the_page_says_what_is_served() -> None:
    """It is written anew where it is not true any more; then this fails once."""
    page = PAGE.read_text()
    written = _BOARD.sub("\n".join(board()) + "\n", page)
    if written != page:
        PAGE.write_text(written)
    assert written == page, "docs/compat.md was written anew: look at it and commit it"


@pytest.mark.skipif(FILE is None, reason="the specification's own file is not beside this checkout")
def test_the_list_is_the_specifications() -> None:
    assert FILE is not None
    assert asked() == {it for it in from_file(FILE).operations if not SOLD.search(it[1])}


def test_events_are_told_of_by_their_official_names() -> None:
    assert {"MESSAGE_CREATE", "READY", "GUILD_CREATE", "THREAD_LIST_SYNC"} <= told()


def test_every_operation_is_served() -> None:
    """What each answers is held against the specification: its verbs by the scenes of the guard
    and by test_own_affairs.py, its questions by test_questions.py.
    """
    assert asked() - served() == set()
