"""A session of one worker is resumed there, whichever worker takes the connection."""

from pathlib import Path

import pytest

from tests.gateway import Gateway
from tests.server import LIFTED, running_server

pytestmark = pytest.mark.slow


async def test_every_session_is_resumed_whichever_worker_is_met(
    database: str, tmp_path: Path
) -> None:
    environment = {**LIFTED, "DATABASE_URL": database}
    async with running_server(tmp_path, environment, "--workers", "3") as server:
        ann = await server.person()
        room = await ann.channel((await ann.guild())["id"])
        urls = set()
        for _ in range(9):
            async with server.gateway(ann) as gateway:
                session, sequence = gateway.ready["session_id"], gateway.sequence
                url = gateway.ready["resume_gateway_url"]
                urls.add(url)
                gateway.leave()
            said = await ann.say(room["id"], "while away")
            async with Gateway.connected(server.url, path=url.removeprefix("ws://")) as gateway:
                await gateway.resume(ann.api.bare_token, session, sequence)
                assert (await gateway.expect("MESSAGE_CREATE")).data["id"] == said["id"]
                await gateway.expect("RESUMED")
                await gateway.close(1000)
        assert len(urls) > 1, "all sessions were begun at one worker: nothing was shown"
