"""Waiting for what happens elsewhere."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable


async def until(condition: Callable[[], bool | Awaitable[bool]], within_s: float = 10.0) -> None:
    """Return as soon as the condition holds; a test that waits in vain fails."""
    async with asyncio.timeout(within_s):
        while not await _holds(condition):  # noqa: ASYNC110  # nobody tells us
            await asyncio.sleep(0.005)


async def _holds(condition: Callable[[], bool | Awaitable[bool]]) -> bool:
    found = condition()
    return await found if inspect.isawaitable(found) else found
