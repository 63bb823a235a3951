"""The program as a shell runs it."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

_NO_GROUPS: Final = ("--regid=nogroup", "--clear-groups")
_PATIENCE_S: Final = 60.0


class Ended:
    """A command that has run to its end."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err


async def rift(*arguments: str, typed: str = "", **environment: str) -> Ended:
    """Run a command; settings of the caller's own environment do not count."""
    async with started(*arguments, **environment) as process:
        out, err = await asyncio.wait_for(process.communicate(typed.encode()), _PATIENCE_S)
        return Ended(process.returncode or 0, out.decode(), err.decode())


@asynccontextmanager
async def started(
    *arguments: str,
    interpreter: str = sys.executable,
    user: str | None = None,
    cwd: Path | None = None,
    **environment: str,
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A command that runs meanwhile; killed at the end if it still does."""
    switch = [] if user is None else ["setpriv", f"--reuid={user}", *_NO_GROUPS]
    process = await asyncio.create_subprocess_exec(
        *switch,
        *(interpreter, "-m", "rift", *arguments),
        env={**_clean(os.environ), **environment},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=cwd,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def line_with(stream: asyncio.StreamReader | None, words: str) -> str:
    """The next line that holds these words."""
    assert stream is not None
    async with asyncio.timeout(_PATIENCE_S):
        while line := (await stream.readline()).decode():
            if words in line:
                return line.rstrip()
    raise AssertionError(f"the program ended without saying {words!r}")


def _clean(environment: Mapping[str, str]) -> dict[str, str]:
    theirs = ("DATABASE_URL", "JWT_SECRET", "LISTEN_ADDR", "UPLOAD_DIR", "MAX_UPLOAD_BYTES")
    return {
        name: value
        for name, value in environment.items()
        if not name.startswith("RIFT_") and name not in theirs
    }
