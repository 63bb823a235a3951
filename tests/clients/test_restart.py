"""Bots outlive a clean restart of the server, each by its own means."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest

from tests.api import Api, Person
from tests.clients.conftest import Stage
from tests.clients.environments import LIBRARIES
from tests.server import LIFTED, Server, running_server

# discord.py and its forks wait a random time, up to twice as long after each vain attempt.
_PATIENCE_S: Final = 60

pytestmark = [pytest.mark.slow, pytest.mark.clients]


async def test_all_come_back_after_a_clean_restart(database: str, tmp_path: Path) -> None:
    environment = {**LIFTED, "DATABASE_URL": database}
    async with AsyncExitStack() as clients:
        async with running_server(tmp_path, environment) as server:
            port = urlsplit(server.url).port
            settings = (Stage.set(server, library, server.url) for library in LIBRARIES)
            stages = await asyncio.gather(*map(clients.enter_async_context, settings))
            for stage in stages:
                await stage.client.expect("message", id=await stage.say("before"))
            assert await server.stop() == 0
        async with running_server(tmp_path, environment, "--port", str(port)) as again:
            await asyncio.gather(*(_is_back(stage, again) for stage in stages))
            await clients.aclose()


async def _is_back(stage: Stage, server: Server) -> None:
    """It logged in anew, knows its guild, hears and answers."""
    await stage.client.expect("ready", within_s=_PATIENCE_S, user_id=stage.bot.id)
    owner = Person(Api(server.http, server.url, stage.owner.api.token), stage.owner.user)
    said = await owner.say(stage.channel_id, "after")
    await stage.client.expect("message", id=said["id"])
    world = await stage.do("world", guild_id=stage.guild_id)
    assert set(world["members"]) >= {stage.bot.id, stage.owner.id, stage.member.id}
    sent = await stage.do("reply", channel_id=stage.channel_id, message_id=said["id"], content="!")
    held = await owner.get(f"/channels/{stage.channel_id}/messages")
    assert [message["id"] for message in held][:2] == [sent["id"], said["id"]]
    stage.client.forgive_broken_connections()
    assert stage.client.complaints == [], stage.library.name
