"""Showing what a start is doing: one changing line on a terminal, plain lines in a log."""

import sys
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.status import Status


class Progress:
    """Call it with each step; leaving it clears the line."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, highlight=False)
        self._status: Status | None = None
        self._began = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._clear()

    def __call__(self, step: str) -> None:
        if not self._console.is_terminal:
            self._console.print(f"rift: {step}", markup=False, soft_wrap=True)
        elif self._status is None:
            self._status = self._console.status(step)
            self._status.start()
        else:
            self._status.update(step)

    def ready(self, url: str, owner_link: str | None = None) -> None:
        """Say where the server answers; the one line a start leaves behind."""
        self._clear()
        took = time.monotonic() - self._began
        if owner_link is not None:
            print(f"The first account made here owns this instance: {owner_link}")
        print(f"Rift is at {url} (started in {took:.1f} s)", flush=True)

    def _clear(self) -> None:
        if self._status is not None:
            self._status.stop()
            self._status = None


def complain(problem: str, remedy: str = "") -> None:
    """Tell the operator what is wrong and what to do."""
    for line in filter(None, (problem, remedy)):
        print(f"rift: {line}", file=sys.stderr)
