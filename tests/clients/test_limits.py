"""Libraries that are told to wait do so, and send again what was refused."""

import asyncio
import re
from contextlib import AsyncExitStack
from typing import Final

import pytest

from tests.clients.conftest import Stage
from tests.clients.environments import LIBRARIES
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.clients]

# On a machine that is busy discord.py also counts a heartbeat from the one before it.
_TOLD_TO_WAIT: Final = re.compile("rate ?limit|can't keep up", re.IGNORECASE)


async def test_all_wait_when_they_are_told_to(strict_server: Server) -> None:
    # Ten may register in ten seconds.
    people = await strict_server.person(), await strict_server.person()
    async with AsyncExitStack() as clients:
        url = strict_server.url
        settings = (Stage.set(strict_server, library, url, *people) for library in LIBRARIES)
        stages = await asyncio.gather(*map(clients.enter_async_context, settings))
        await asyncio.gather(*map(_waits, stages))


async def _waits(stage: Stage) -> None:
    """Somebody else with the bot's token has used up what the library believes to have."""
    path = f"/channels/{stage.channel_id}/messages"
    while (await stage.bot.call("POST", path, {"content": "mine"})).status != 429:
        pass
    sent = await stage.do("send", channel_id=stage.channel_id, content="yours")
    assert (await stage.messages())[0]["id"] == sent["id"]
    complaints = stage.client.complaints
    assert complaints, f"{stage.library.name} was not told to wait"
    assert [line for line in complaints if not _TOLD_TO_WAIT.search(line)] == []
    await stage.client.expect("message", id=sent["id"])
    await stage.client.quiet("message", content="yours")
