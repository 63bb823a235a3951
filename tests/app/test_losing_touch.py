"""When the bus has lost something, whoever was there starts afresh, at whatever moment it was."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import msgspec
import pytest

from rift.app.process import Workplan, serving
from rift.app.sockets import Stop, listen
from rift.bus import UnixBus
from rift.config.settings import Data
from rift.config.settings import Server as ServerSettings
from tests.api import Api, Person
from tests.core.houses import SETTINGS
from tests.gateway import Gateway

MOMENTS = 40


class Alone:
    """A serving process in this one, on a bus that nobody else is on."""

    def __init__(self, url: str, bus: UnixBus, http: aiohttp.ClientSession) -> None:
        self.url = url
        self.http = http
        self._bus = bus

    def lose_touch(self) -> None:
        assert self._bus._resync is not None
        self._bus._resync()

    async def person(self, name: str) -> Person:
        body = {"username": name, "password": "correct horse battery"}
        made = await Api(self.http, self.url).post("/auth/register", body)
        return await Person.behind(Api(self.http, self.url, made["token"]))


@asynccontextmanager
async def alone(dsn: str, directory: Path) -> AsyncIterator[Alone]:
    settings = msgspec.structs.replace(
        SETTINGS,
        server=ServerSettings(rate_limits=False),
        data=Data(directory=str(directory)),
    )
    with listen("127.0.0.1", 0, shared=False) as listening:
        host, port = listening.getsockname()
        bus = f"unix:{directory}/bus"
        plan = Workplan(settings=settings, dsn=dsn, host=host, port=port, bus_url=bus, index=1)
        async with serving(plan, listening, Stop()) as house, aiohttp.ClientSession() as http:
            assert isinstance(house.bus, UnixBus)
            yield Alone(f"http://{host}:{port}", house.bus, http)


@pytest.fixture
async def server(database: str, tmp_path: Path) -> AsyncIterator[Alone]:
    async with alone(database, tmp_path) as made:
        yield made


async def test_a_session_that_was_just_beginning_is_no_ghost(server: Alone) -> None:
    ann = await server.person("ann")
    room = await ann.channel((await ann.guild())["id"])
    interrupted = 0
    for moment in range(MOMENTS):
        async with Gateway.connected(server.url) as gateway:
            await gateway.send(2, {"token": ann.api.bare_token, "properties": {}, "intents": 513})
            for _ in range(moment):
                await asyncio.sleep(0)
            server.lose_touch()
            try:
                async with asyncio.timeout(0.2):
                    await gateway.heard(9)
            except TimeoutError:
                await gateway.expect("GUILD_CREATE")  # it had not begun: nothing was lost to it
            else:
                interrupted += "GUILD_CREATE" not in {event.name for event in gateway.events}
                heard = len(gateway.history)
                await asyncio.sleep(0.03)
                assert len(gateway.history) == heard, "a session that is over was told something"
                gateway.events.clear()
                await gateway.identify(ann.api.bare_token, intents=513)
            said = await ann.say(room["id"], f"at {moment}")
            assert (await gateway.expect("MESSAGE_CREATE")).data["id"] == said["id"]
            await gateway.quiet("MESSAGE_CREATE", 0.02)
            await gateway.close()
    assert interrupted, "no session was interrupted: nothing was shown"
