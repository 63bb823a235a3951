"""Fail when a function, method, property or class of Rift is used nowhere in Rift."""

import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from vulture import Vulture
from vulture.core import Item

ROOT: Final = Path(__file__).resolve().parent.parent

KINDS: Final = frozenset({"function", "method", "property", "class", "unreachable_code"})
"""Fields and variables are left out: structs are read by msgspec, events by their clients."""

CALLED_FROM_OUTSIDE: Final = {
    "connection_made": "asyncio and uvicorn call protocols",
    "connection_lost": "asyncio and uvicorn call protocols",
    "data_received": "asyncio and uvicorn call protocols",
    "eof_received": "asyncio and uvicorn call protocols",
    "pause_writing": "asyncio and uvicorn call protocols",
    "resume_writing": "asyncio and uvicorn call protocols",
    "files_directory": "the seeds' UPLOAD_DIR is accepted before there are uploads",
    "wait_ready": "what starts beside a running database waits for it",
    "send_400_response": "uvicorn's protocol is overridden",
    "__*__": "Python calls it",
    "on_*": "httptools calls its parser's target",
    "isEnabledFor": "picows asks the log it is given",
    "on_ws_*": "picows calls listeners",
    "enc_hook": "msgspec calls it",
    "dec_hook": "msgspec calls it",
}

CATALOGUES: Final = ("rift/wire/*", "rift/errors.py", "rift/events.py", "rift/permissions.py")
"""Complete on purpose: what Discord has is named there, before and after we use it."""


def main() -> int:
    vulture = Vulture()
    vulture.scavenge([ROOT / "src"])
    found = list(_dead(vulture))
    for item in found:
        path = Path(item.filename).relative_to(ROOT)
        print(f"{path}:{item.first_lineno}: {item.message}")
    return 1 if found else 0


def _dead(vulture: Vulture) -> Iterator[Item]:
    for item in vulture.get_unused_code(min_confidence=60):
        path = Path(item.filename).relative_to(ROOT / "src").as_posix()
        listed = any(fnmatchcase(path, pattern) for pattern in CATALOGUES)
        called = any(fnmatchcase(item.name, pattern) for pattern in CALLED_FROM_OUTSIDE)
        if item.typ in KINDS and not listed and not called:
            yield item


if __name__ == "__main__":
    sys.exit(main())
