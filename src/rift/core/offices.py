"""Work that one process of the instance does for all of them, for ever."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

_log = logging.getLogger(__name__)
_RETRY_S: Final = 5.0

Office = Callable[[str], Awaitable[bool]]
"""Whether this process is the one of the instance that does what the name says."""


async def work(
    office: Office, name: str, step: Callable[[], Awaitable[bool]], idle_s: float
) -> None:
    """Do one step after the other while the office is ours; pause where there was nothing to do."""
    while True:
        try:
            busy = await office(name) and await step()
        except Exception:  # noqa: BLE001  # the edge of a task
            _log.exception("the office of %s stumbled and goes on", name)
            await asyncio.sleep(_RETRY_S)
        else:
            if not busy:
                await asyncio.sleep(idle_s)
